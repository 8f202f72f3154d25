"""A table or view of a database, asked about one person: SQLite and PostgreSQL."""

import datetime as dt
import sqlite3
import time

import pytest
import sqlalchemy as sa

from pipeline.register.source import SilentSource
from pipeline.register.table import Table

ROWS = (
    {
        "cpro": "51",
        "cmun": "1",
        "nif": "X-1234567-L",
        "nomb": "Nadia",
        "ape1": "Benali",
        "ape2": "Haddad",
        "fnac": "1985-04-03",
        "falta": "2019-05-10",
        "fbaja": None,
        "nvia": "Real",
    },
    {
        "cpro": "51",
        "cmun": "1",
        "nif": "12345678Z",
        "nomb": "Luis",
        "ape1": "Peña",
        "ape2": "Núñez",
        "fnac": "1970-01-05",
        "falta": "1999-12-31",
        "fbaja": None,
        "nvia": "España",
    },
)


@pytest.fixture(params=["sqlite", "postgresql"])
def table_of(request, tmp_path, make):
    """Return a function that opens the register of one of the two databases, and its address."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/padron.db"
        kinds = "text"
    else:
        address = request.getfixturevalue("postgres_url")
        kinds = "date"
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        columns = (
            f"cpro text, cmun text, nif text, nomb text, ape1 text, ape2 text, fnac {kinds}, falta {kinds}"
        )
        connection.execute(sa.text(f"CREATE TABLE habitantes ({columns}, fbaja {kinds}, nvia text)"))
        connection.execute(sa.text("CREATE VIEW padron AS SELECT * FROM habitantes"))
        names = ", ".join(ROWS[0])
        values = ", ".join(f":{name}" for name in ROWS[0])
        connection.execute(sa.text(f"INSERT INTO habitantes ({names}) VALUES ({values})"), ROWS)
    engine.dispose()

    def made(**changes):
        said = {"kind": "sql", "table": "padron", "as_of": "live"}
        return Table(make.source(address, **(said | changes)))

    made.address = address
    return made


def test_a_person_is_found_by_number_and_by_name(table_of, make):
    """A number with hyphens in the table, a name without accents in the question."""
    source = table_of()
    by_number = source.ask(make.by_number("X1234567L"))
    by_name = source.ask(make.by_name("luis pena nunez", "1970-01-05"))
    assert (by_number.answer, by_name.answer) == ("found", "found")
    assert by_number.entries[0].since == dt.date(2019, 5, 10)
    assert source.look().as_of == dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize(
    "hostile", ["' OR '1'='1", "%", "X1234567L'; DROP TABLE habitantes;--", "\\", "é" * 5000]
)
def test_a_hostile_number_or_name_finds_nobody(table_of, make, hostile):
    """What is asked is a parameter, never part of the statement."""
    source = table_of()
    assert source.ask(make.by_number(hostile, hostile)).answer == "not_found"
    assert source.ask(make.by_name(hostile, "1970-01-05")).answer == "not_found"
    assert source.ask(make.by_number("X1234567L")).answer == "found"


def test_a_row_of_the_person_that_cannot_be_read_is_no_answer(table_of, make):
    """Another of their rows is readable; this one may hold the baja."""
    source = table_of()
    engine = sa.create_engine(table_of.address)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO habitantes (cpro, cmun, nif, nomb, ape1, fnac)"
                " VALUES ('51', '1', 'X1234567L', 'Nadia', 'Benali', '1985-04-03')"
            )
        )
    engine.dispose()
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_number("X1234567L"))
    assert silent.value.why == "wrong"


def test_nothing_is_ever_written(table_of):
    """The connection itself refuses to write."""
    source = table_of()
    with pytest.raises(SilentSource), source._asking() as connection:
        connection.execute(sa.text("DELETE FROM habitantes"))
    assert source.look().bad == 0


@pytest.mark.parametrize(
    "changes", [{"table": "nada"}, {"columns": ("fecha_alta=nada",)}, {"as_of": "column"}], ids=str
)
def test_a_table_that_is_not_as_set_up_is_wrong(table_of, changes):
    """No such table, no such column, no day of the data."""
    with pytest.raises(SilentSource) as silent:
        table_of(**changes).look()
    assert silent.value.why == "wrong"


def test_no_error_tells_what_was_asked(table_of, make):
    """Neither the number nor the name stands in the text of an error."""
    source = table_of()
    source.look()
    engine = sa.create_engine(table_of.address)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP VIEW padron"))
    engine.dispose()
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_number("X1234567L"))
    assert "X1234567L" not in f"{silent.value!r} {silent.value.__cause__!r}"


def test_a_sqlite_file_that_is_not_there_is_down_and_not_made(tmp_path, make):
    """Asking makes no empty database."""
    place = tmp_path / "no.db"
    source = Table(make.source(f"sqlite:///{place}", kind="sql", table="padron", as_of="live"))
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_number("X1234567L"))
    assert (silent.value.why, place.exists()) == ("down", False)


def test_a_server_that_does_not_answer_is_down(make):
    """Nobody listens at the port."""
    address = "postgresql+psycopg://padron@127.0.0.1:1/padron"
    source = Table(make.source(address, kind="sql", table="padron", as_of="live", seconds=2))
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_number("X1234567L"))
    assert silent.value.why == "down"


def test_a_slow_sqlite_view_is_given_up(tmp_path, make):
    """A view that counts without end is stopped in time."""
    place = tmp_path / "lento.db"
    with sqlite3.connect(place) as raw:
        raw.execute("CREATE TABLE t (x)")
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        columns = "'51' cpro, '1' cmun, 'n' nif, 'n' nomb, 'a' ape1, '1970-01-05' fnac, '2000-01-01' falta"
        raw.execute(f"CREATE VIEW padron AS SELECT {columns}, ({endless}) planta")
    raw.close()
    source = Table(make.source(f"sqlite:///{place}", kind="sql", table="padron", as_of="live", seconds=0.3))
    began = time.monotonic()
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_number("N"))
    assert silent.value.why == "slow"
    assert time.monotonic() - began < 5


def test_a_slow_postgresql_view_is_given_up(postgres_url, make):
    """The server itself ends the statement."""
    engine = sa.create_engine(postgres_url)
    columns = (
        "'51' cpro, '1' cmun, 'n' nif, 'n' nomb, 'a' ape1, date '1970-01-05' fnac, date '2000-01-01' falta"
    )
    with engine.begin() as connection:
        connection.execute(
            sa.text(f"CREATE VIEW padron AS SELECT {columns}, pg_sleep(30)::text planta FROM pg_class")
        )
    engine.dispose()
    source = Table(make.source(postgres_url, kind="sql", table="padron", as_of="live", seconds=0.5))
    with pytest.raises(SilentSource) as silent:
        source.ask(make.by_name("a", "1970-01-05"))
    assert silent.value.why == "slow"
