"""F19: an older copy brought back, and a record of the first version in the new program."""

import datetime as dt
import sqlite3
from contextlib import closing

import sqlalchemy as sa

from pipeline.folders.continuity import continue_numbers, unknown
from pipeline.store.check import damaged, look_over
from tests.faults.copies import NOW, copied, elsewhere, judged, lent
from tests.faults.record.office import DROPS, Office, findings, paper, told


def test_after_an_older_copy_no_number_is_given_twice(received, sandbox, tmp_path, report):
    """Nothing is taken in until numbers go on after the last one that the folders show."""
    office = received.copied(tmp_path / "office")
    copy = copied(office, "copia.tar")
    with office.open() as store:
        office.drop("cuarta.pdf", paper("cuarta"))
        office.look(store)
        office.work(store, sandbox)

    other = elsewhere(office, copy, tmp_path / "other")
    with other.open() as store:
        assert unknown(store, other.place) == ("CEU01-2026-000004",)
        other.drop("quinta.pdf", paper("quinta"))
        other.look(store)
        assert other.files("1_ENTRADA") == ["quinta.pdf"]
        assert "más antigua que las carpetas" in (other.share / "ESTADO.html").read_text("utf-8")
        assert continue_numbers(store, other.home / "share", NOW) == ("CEU01-2026-000004",)
        other.look(store)
        other.work(store, sandbox)

    report("F19", trials=1, note="copia más antigua que las carpetas")
    assert "CEU01-2026-000005/ACUSE_CEU01-2026-000005.zip" in other.files("3_ACEPTADO")


TABLES = ("numbers", "cases", "submissions", "originals", "events", "outbox")


ONLY_OLD = {"state": "'accepted'"}
"""A column that only the first version had, with what stood in it."""


def aged(office: Office) -> None:
    """Turn the record into one of the first version, with the same rows."""
    from alembic import command
    from alembic.config import Config

    from pipeline.store.database import MIGRATIONS

    new = office.database.rename(office.home / "new.db")
    engine = sa.create_engine(f"sqlite:///{office.database}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(office.database)) as raw:
        raw.execute("ATTACH ? AS new", [str(new)])
        for table in TABLES:
            names = [row[1] for row in raw.execute(f"PRAGMA main.table_info({table})")]
            chosen = ", ".join(ONLY_OLD.get(name, name) for name in names)
            raw.execute(f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {chosen} FROM new.{table}")
        raw.commit()
    new.unlink()


def owed_as_before(office: Office) -> str:
    """Let the judged case owe what the first version owed, its receipt given; return its number."""
    with closing(sqlite3.connect(office.database)) as raw:
        case, number = raw.execute("SELECT id, number FROM cases WHERE stage != 'accepted'").fetchone()
        raw.execute("DELETE FROM outbox")
        for effect, at in (("receipt", "x"), ("wanted", None), ("clear", None)):
            row = (case, "publish", effect, "0" * 64, "", NOW.isoformat(), at and NOW.isoformat())
            raw.execute("INSERT INTO outbox VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)
        raw.commit()
    receipt = office.share / "3_ACEPTADO" / number / f"ACUSE_{number}.zip"
    receipt.parent.mkdir(parents=True)
    receipt.write_bytes(b"el acuse de la primera version")
    return number


def test_work_in_flight_of_the_first_version_goes_on_in_this_one(received, sandbox, tmp_path, report):
    """One case judged and half published, one lent, one not begun: each ends in its place, once."""
    office = received.copied(tmp_path / "office")
    with office.open() as store:
        judged(office, store, sandbox)
        lent(office, store, sandbox)
    aged(office)
    number = owed_as_before(office)

    with office.open() as store:
        office.look(store)
        office.work(store, sandbox)
        wrong = [one.what for one in look_over(store, dt.datetime.now(dt.UTC)) if one.damage]
    wrong += findings(office, DROPS) + list(damaged(office.database))
    receipt = office.share / "3_ACEPTADO" / number / f"ACUSE_{number}.zip"

    report("F19", trials=1, lost=len(wrong), note="base de la primera versión con trabajo a medias")
    assert wrong == []
    assert receipt.read_bytes() == b"el acuse de la primera version"
    assert told(office) == told(received)
