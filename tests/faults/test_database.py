"""F12: a database that is locked, put elsewhere or gone: it waits or stops, never in silence."""

import datetime as dt
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.folders.continuity import continue_numbers
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.events import record
from tests.faults.databases import NEXT, PARTS
from tests.faults.record.office import DROPS, Office, paper


def locked(office: Office) -> sqlite3.Connection:
    """Return a connection of another program that keeps the database to itself."""
    other = sqlite3.connect(office.database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    return other


def test_a_locked_database_is_waited_for(office):
    """Who comes while another program writes gets his turn."""
    other = locked(office)
    with office.open(busy_seconds=30) as store:
        threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
        with store.write() as connection:
            record(connection, None, dt.datetime.now(dt.UTC), "in-its-turn")
    other.close()


def test_a_database_that_stays_locked_is_told_and_the_drop_stays(office, report):
    """It is taken in, once, when the lock goes; what only reads goes on meanwhile."""
    office.drop(NEXT, paper("siguiente"))
    with office.open(busy_seconds=0.1) as store:
        with closing(locked(office)) as other:
            with pytest.raises(EnvironmentFault, match="ocupada"), store.write():
                pass
            assert len(lines(store)) == 3
            watch_in_trouble(office, store)
            assert office.files("1_ENTRADA") == [NEXT]
            other.execute("COMMIT")
        office.look(store)
        taken = [line.source_name for line in lines(store)]

    report("F12", trials=1, lost=NEXT not in taken, doubled=taken.count(NEXT) - 1, note="base ocupada")
    assert sorted(taken) == sorted([*DROPS, NEXT])


def watch_in_trouble(office, store):
    """Look while the record cannot be written: whatever a look says, the next one may come."""
    try:
        office.look(store)
    except EnvironmentFault:
        return


def test_in_a_storm_of_writers_every_write_is_there_once(office, report):
    """Eight programs write at the same time, each with a record of its own open."""

    def write(worker):
        with office.open(busy_seconds=60) as store:
            for n in range(25):
                with store.write() as connection:
                    record(connection, None, dt.datetime.now(dt.UTC), "storm", worker=worker, n=n)

    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    kept = [row[3:] for row in office.content()["events"] if row[3] == "storm"]

    report("F12", trials=200, lost=200 - len(set(kept)), doubled=len(kept) - len(set(kept)), note="a la vez")
    assert len(kept) == len(set(kept)) == 200


@pytest.mark.parametrize("part", PARTS)
def test_a_file_of_the_database_taken_away_while_it_is_open_stops_intake(office, report, part):
    """No row goes into a file that is no longer there; put back, the drop is taken in, once."""
    office.drop(NEXT, paper("siguiente"))
    away = office.home / "away"
    with office.open() as store:
        assert len(lines(store)) == 3
        Path(f"{office.database}{part}").rename(away)
        with pytest.raises(EnvironmentFault, match="ha desaparecido"), store.write() as connection:
            record(connection, None, dt.datetime.now(dt.UTC), "lost")
        watch_in_trouble(office, store)
    assert office.files("1_ENTRADA") == [NEXT]

    if part == "":
        away.rename(office.database)
    with office.open() as store:
        office.look(store)
        taken = [line.source_name for line in lines(store)]
    report("F12", trials=1, lost=NEXT not in taken, doubled=taken.count(NEXT) - 1, note=f"sin archivo {part}")
    assert sorted(taken) == sorted([*DROPS, NEXT])


def test_a_database_put_in_its_place_while_it_is_open_is_not_written_to(office, worked):
    """A copy was restored under the running program: it must be started anew."""
    with office.open() as store:
        assert len(lines(store)) == 3
        shutil.copy(worked.database, office.home / "other.db")
        (office.home / "other.db").rename(office.database)

        with (
            pytest.raises(EnvironmentFault, match="ha desaparecido o se ha cambiado"),
            store.write() as connection,
        ):
            record(connection, None, dt.datetime.now(dt.UTC), "lost")


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_no_new_database_is_made_in_place_of_a_lost_one(office, report, left):
    """Papers are kept, so there was one: it would number from 1 and take everything in again."""
    office.drop(NEXT, paper("siguiente"))
    for part in PARTS:
        Path(f"{office.database}{part}").unlink(missing_ok=True)
    if left != "nothing":
        office.database.touch()

    with pytest.raises(EnvironmentFault, match="no se crea otra"):
        office.open()
    report("F12", trials=1, note="base desaparecida: no se hace otra")
    assert office.files("1_ENTRADA") == [NEXT]
    assert office.database.exists() == (left != "nothing")
    assert not Path(f"{office.database}-wal").exists()


def test_a_database_begun_anew_on_purpose_repeats_no_number(office, report):
    """The folders say how far the numbers had come; papers that no row knows are kept."""
    before = sorted(office.open().blobs.all())
    office.database.unlink()
    storage = office.settings.storage
    with open_store(storage.database, storage.blobs, anew=True) as store:
        office.drop(NEXT, paper("siguiente"))
        office.look(store)
        assert office.files("1_ENTRADA") == [NEXT]
        assert len(continue_numbers(store, office.home / "share", dt.datetime.now(dt.UTC))) == 3
        office.look(store)
        (line,) = lines(store)

        report("F12", trials=1, note="otra base a propósito: los números siguen")
        assert line.number == "CEU01-2026-000004"
        assert set(before) <= set(store.blobs.all())
