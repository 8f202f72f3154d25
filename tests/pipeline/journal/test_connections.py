"""The journal read and written by the standard library, by SQLAlchemy and on PostgreSQL: one and the same."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.files import Files
from pipeline.handed import Presentation, Source
from pipeline.journal.connect import open_journal, sqlite_file
from pipeline.journal.entry import enter
from pipeline.journal.events import note
from pipeline.journal.records import Drop, Part
from pipeline.journal.rows import mark_placed, of_case, parts, unplaced
from pipeline.journal.sqlite import Sqlite
from pipeline.store import open_store
from pipeline.store.claims import claim
from pipeline.store.events import history

AT = dt.datetime(2026, 3, 16, 9, 30, 0, 5, tzinfo=ZoneInfo("Europe/Madrid"))
DROP = Drop(
    office="CEU01",
    found_in="1_ENTRADA",
    folder=True,
    stamp="1:2:3:4",
    source=Source("Íñigo ñ", "ab" * 32, 8),
    parts=(Part("a ñ.pdf", "cd" * 32, 3), Part("b.pdf", "ef" * 32, 5)),
    said=(Presentation(said_by="office", filed_on=dt.date(2026, 3, 13), remarks="así"),),
)


@pytest.fixture
def journal(database, tmp_path):
    """Return the journal as the counter opens it."""
    opened = open_journal(database, tmp_path / "blobs", Files())
    yield opened
    opened.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_what_the_counter_writes_the_rest_of_the_program_reads(journal, database, tmp_path):
    """Moments with their offset, names with accents, words as JSON, true and false."""
    entered = enter(journal, DROP, AT, lambda: True)

    with open_store(database, tmp_path / "blobs") as store:
        assert of_case(store, entered.case) == (entered,)
        assert parts(store, entered.id) == DROP.parts
        case = claim(store, "w", 60, AT).case
        assert (case.received_at, case.received_at.utcoffset()) == (AT, AT.utcoffset())
        assert case.said == DROP.said
        (event,) = history(store, entered.case)
        assert (event.at, event.kind, event.detail["submission"]) == (AT, "received-new", entered.id)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_what_the_rest_of_the_program_writes_the_counter_reads(journal, database, tmp_path):
    """The same rows, whoever wrote them."""
    with open_store(database, tmp_path / "blobs") as store:
        entered = enter(store, DROP, AT, lambda: True)
    assert unplaced(journal) == (entered,)

    mark_placed(journal, entered, AT, found=True)
    assert unplaced(journal) == ()


def broken(transaction):
    note(transaction, None, AT, "half")
    raise ZeroDivisionError


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_transaction_that_fails_leaves_nothing(journal):
    """And the next one works."""
    with pytest.raises(ZeroDivisionError), journal.writing() as transaction:
        broken(transaction)

    with journal.reading() as transaction:
        assert transaction.all("SELECT kind FROM events") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_commit_of_the_counter_is_on_the_disk(journal):
    """WAL without `synchronous = FULL` may lose what was accepted when the power goes."""
    with journal.writing() as transaction:
        told = {name: transaction.all(f"PRAGMA {name}")[0] for name in ("journal_mode", "synchronous")}

    assert told == {"journal_mode": {"journal_mode": "wal"}, "synchronous": {"synchronous": 2}}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_locked_database_is_told_as_such(journal, database):
    """The drop stays where it is, and is asked for again."""
    other = Sqlite(sqlite_file(database), busy_seconds=0.01)
    with (
        journal.writing(),
        pytest.raises(EnvironmentFault, match="ocupada"),
        other.writing(),
    ):
        pass


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_taken_away_while_it_is_open_is_noticed(journal, database):
    """Its rows would go to a file that nobody finds again."""
    with journal.writing():
        pass
    file = sqlite_file(database)
    file.rename(file.with_suffix(".away"))

    with pytest.raises(EnvironmentFault, match="desaparecido"), journal.writing():
        pass


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////srv/v.db", "/srv/v.db"),
        ("sqlite+pysqlite:////srv/a%20b.db?timeout=3", "/srv/a b.db"),
        ("sqlite:///v.db", str(Path.cwd() / "v.db")),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql+psycopg://u@/v", None),
    ],
)
def test_the_file_of_an_address_is_the_one_that_sqlalchemy_opens(url, file):
    """Else the counter and the rest of the program would keep two records."""
    assert sqlite_file(url) == (Path(file) if file else None)
