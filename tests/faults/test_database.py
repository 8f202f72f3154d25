"""F12: a database that is locked, damaged, cut from its log or gone: it waits or stops, never in silence."""

import datetime as dt
import json
import random
import shutil
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from extractors.bounds import Bounds
from extractors.reading.apart.sandbox import Sandbox
from pipeline.errors import EnvironmentFault
from pipeline.folders.continuity import continue_numbers, unknown
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.cases import report as kept_report
from pipeline.store.check import damaged, look_over
from pipeline.store.events import record
from pipeline.store.schema import metadata
from tests.faults.record.office import DROPS, Office, made, paper

NEXT = "siguiente.pdf"
PARTS = ("", "-wal", "-shm")
FLIPS = 30
AT_NIGHT = 500


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Return an office with three cases done; it is copied, never changed."""
    office = made(tmp_path_factory.mktemp("worked") / "office")
    for name, data in DROPS.items():
        office.drop(name, data)
    with office.open() as store, Sandbox(Bounds()) as sandbox:
        office.look(store)
        office.work(store, sandbox)
    return office


@pytest.fixture
def office(worked, tmp_path):
    """Return a copy of the office in which all is done."""
    return worked.copied(tmp_path / "office")


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


def cut(office: Office, parts: tuple[str, ...], home: Path) -> Office:
    """Return the office as a cut left it, then without some of the database's files."""
    left = office.copied(home)
    for part in parts:
        Path(f"{left.database}{part}").unlink()
    return left


HELD = (3, ("CEU01-2026-000004",), 3)
WHOLE_OR_HELD = {("-wal",): HELD, ("-shm",): (4, (), 5), ("-wal", "-shm"): HELD}


@pytest.mark.parametrize("parts", WHOLE_OR_HELD)
def test_a_database_without_its_log_gives_no_number_twice(office, tmp_path, report, parts):
    """With the log the last rows are gone: the folders tell. Without the index alone nothing is."""
    with office.open() as store:
        assert len(lines(store)) == 3
        office.drop(NEXT, paper("siguiente"))
        office.look(store)
        left = cut(office, parts, tmp_path / "cut")

    with left.open() as store:
        known, lost = len(lines(store)), unknown(store, left.place)
        left.drop("otra.pdf", paper("otra"))
        left.look(store)
        numbers = [line.number for line in lines(store)]
    report("F12", trials=1, doubled=len(numbers) - len(set(numbers)), note=f"sin {' ni '.join(parts)}")
    assert (known, lost, len(numbers)) == WHOLE_OR_HELD[parts]


def flipped(worked: Office, home: Path, seed: int) -> Office:
    """Return a copy of the office with one bit of its database turned, in a byte that says something."""
    home.mkdir()
    with closing(sqlite3.connect(worked.database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data, chance = bytearray(worked.database.read_bytes()), random.Random(seed)
    data[chance.choice([at for at, byte in enumerate(data) if byte])] ^= 1 << chance.randrange(8)
    (home / "v.db").write_bytes(data)
    return Office(home=home)


def seen(office: Office, worked: Office) -> str:
    """Return who notices: the program that opens the record and lists it, `db check`, or nobody."""
    blobs = worked.settings.storage.blobs
    try:
        with open_store(f"sqlite:///{office.database}", blobs, migrate=False) as store:
            for line in lines(store):
                kept_report(store, line.id)
    except EnvironmentFault:
        return "al abrir"
    if checked(office, blobs):
        return "db check"
    return "nada cambia" if same(office, worked) else "nadie"


def checked(office: Office, blobs: Path) -> bool:
    """Tell whether `db check` finds something, or stops and says why."""
    if list(damaged(office.database)):
        return True
    try:
        with open_store(f"sqlite:///{office.database}", blobs, migrate=False) as store:
            return any(one.damage for one in look_over(store, dt.datetime.now(dt.UTC)))
    except EnvironmentFault:
        return True


HOUSEKEEPING = {"stamp", "placed_at", "cleared_at", "updated_at", "attempts", "waits_for"}
"""Columns that tell of the work and decide nothing on a case: a letter that changed there may go unseen."""


def same(office: Office, worked: Office) -> bool:
    """Tell whether all that the law, a person or the next step stands on reads as before."""
    return decisive(office) == decisive(worked)


def decisive(office: Office) -> list[list[tuple[object, ...]]]:
    """Return what stands in the columns that decide."""
    found = []
    with closing(sqlite3.connect(office.database)) as raw:
        for table in ("numbers", "cases", "submissions", "originals", "quarantine"):
            names = [one.name for one in metadata.tables[table].columns if one.name not in HOUSEKEEPING]
            rows = raw.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2").fetchall()
            found.append([tuple(map(meant, names, row)) for row in rows])
    return found


def meant(name: str, value: object) -> object:
    """Return what a column says: another way to write the same JSON says the same."""
    return json.loads(value) if isinstance(value, str) and name in {"report", "said"} else value


def flips(worked, tmp_path, seeds):
    """Turn a bit in many copies and count who notices."""
    found = Counter()
    for seed in seeds:
        home = tmp_path / str(seed)
        found[seen(flipped(worked, home, seed), worked)] += 1
        shutil.rmtree(home)
    return found


@pytest.mark.parametrize(
    "seeds", [range(FLIPS), pytest.param(range(FLIPS, FLIPS + AT_NIGHT), marks=pytest.mark.nightly)]
)
def test_a_bit_that_turns_is_seen_before_a_decision_stands_on_it(worked, tmp_path, report, seeds):
    """When the record is opened, or by `db check`: no case reads otherwise in silence."""
    found = flips(worked, tmp_path, seeds)

    told = ", ".join(f"{who}: {count}" for who, count in sorted(found.items()))
    report("F12", trials=len(seeds), lost=found["nadie"], note=f"un bit cambiado: {told}")
    assert found["nadie"] == 0
    assert found["al abrir"] + found["db check"] > 0


def test_without_the_question_for_the_file_a_drop_is_lost(office, report, monkeypatch):
    """The control: SQLite accepts into a deleted file, and the original leaves the drop folder."""
    monkeypatch.setattr("pipeline.store.engines.check_same", lambda *_: None)
    office.drop(NEXT, paper("siguiente"))
    away = office.home / "away"
    with office.open() as store:
        assert len(lines(store)) == 3
        shutil.copy(office.database, away)
        for part in PARTS:
            Path(f"{office.database}{part}").unlink()
        office.look(store)
    away.rename(office.database)
    with office.open() as store:
        taken = [line.source_name for line in lines(store)]

    lost = NEXT not in taken and office.files("1_ENTRADA") == []
    report("F12", trials=1, lost=lost, note="sin preguntar por el archivo", control=True)
    assert lost


def test_without_seals_a_changed_letter_goes_unseen(worked, tmp_path, report, monkeypatch):
    """The control: SQLite's own check sees broken pages only."""
    monkeypatch.setattr("pipeline.store.check._entries", lambda *_: iter(()))
    monkeypatch.setattr("pipeline.store.check._as_sealed", lambda *_: True)

    found = flips(worked, tmp_path, range(FLIPS))
    report("F12", trials=FLIPS, lost=found["nadie"], note="sin sellos en las filas", control=True)
    assert found["nadie"] > 0
