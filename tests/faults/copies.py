"""Offices copied and brought back elsewhere."""

import datetime as dt
import shutil
from pathlib import Path

from pipeline.store.backup import back_up
from pipeline.store.blobs import Blobs
from pipeline.store.claims import claim
from pipeline.store.restore import restore
from pipeline.store.results import finish
from pipeline.work import result
from tests.faults.record.office import Office

NOW = dt.datetime(2026, 3, 16, 12, tzinfo=dt.UTC)


def elsewhere(office: Office, copy: Path, home: Path) -> Office:
    """Bring *copy* back to another machine, which sees the same share."""
    other = Office(home=home)
    (home / "work").mkdir(parents=True)
    shutil.copytree(office.home / "share", home / "share")
    with office.open() as store:
        files = store.files
    restore(copy, other.database, Blobs(root=other.home / "blobs", files=files))
    return other


def copied(office: Office, name: str) -> Path:
    """Copy the record to a file."""
    with office.open() as store:
        copy = office.home / name
        back_up(office.database, store.blobs, copy, NOW)
    return copy


def lent(office, store, sandbox):
    """A worker has a case in its hands."""
    assert claim(store, "lost", 60, dt.datetime.now(dt.UTC)) is not None


def judged(office, store, sandbox):
    """A result is written and nothing published."""
    from pipeline.limits import Limits
    from pipeline.screen import Screen
    from pipeline.steps import run
    from validators.calendar import Calendars
    from validators.policy import Policy

    claimed = claim(store, "lost", 60, dt.datetime.now(dt.UTC))
    room = office.home / "work" / "room"
    room.mkdir()
    screen = Screen(office.settings.antivirus)
    case = run(claimed.case, room, sandbox, Limits(), Policy(), Calendars.shipped(), screen)
    shutil.rmtree(room)
    assert finish(store, claimed, result(case, claimed.came), dt.datetime.now(dt.UTC))
