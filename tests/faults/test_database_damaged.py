"""F12: a database cut from its log, or with a bit that turned: seen before a decision stands on it."""

import datetime as dt
import json
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import EnvironmentFault
from pipeline.folders.continuity import unknown
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.cases import report as kept_report
from pipeline.store.check import damaged, look_over
from pipeline.store.schema import metadata
from tests.faults.databases import NEXT, PARTS
from tests.faults.record.office import Office, paper

FLIPS = 30


AT_NIGHT = 500


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
