"""The record is brought up to date by a newer program while this one works: it ends its case and stops."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.errors import EnvironmentFault
from pipeline.journal.version import OutdatedError
from pipeline.store import open_store
from pipeline.store.cases import lines
from pipeline.store.claims import claim, renew
from pipeline.store.outbox import Effect, once
from pipeline.store.results import Result, finish, release

ROOT = Path(__file__).parents[3]
NEXT = (
    "ALTER TABLE cases ADD COLUMN later VARCHAR(8) DEFAULT 'x' NOT NULL",
    "CREATE TABLE later (id INTEGER PRIMARY KEY)",
    "CREATE INDEX ix_cases_later ON cases (later)",
    "UPDATE alembic_version SET version_num = '9999'",
)
"""What a migration of the next version may do: it adds."""


def upgrade(store):
    """Bring the record up to date as the next version of the program would."""
    with store.write() as connection:
        for statement in NEXT:
            connection.execute(sa.text(statement))


@pytest.fixture
def half_done(office, pdf):
    """Return an office with a case in a worker's hands, one that waits, and a record made newer."""
    for name in ("a.pdf", "b.pdf"):
        office.drop(name, pdf + name.encode())
        office.take()
    office.claimed = claim(office.store, "old", 60, office.now())
    upgrade(office.store)
    return office


def test_the_case_in_hand_is_ended_by_the_old_program(half_done):
    """Its result, what it owes and the end of its loan are written into the newer record."""
    office, claimed = half_done, half_done.claimed
    effect = Effect(claimed.case.id, "publish", "told", claimed.came[0])
    done = Result(stage="routed", queue="review", effects=(effect,))

    assert renew(office.store, claimed, 60, office.now())
    assert finish(office.store, claimed, done, office.now())
    assert once(office.store, effect, lambda: None, office.now())
    release(office.store, claimed, office.now())
    assert [line.stage for line in lines(office.store)] == ["routed", "accepted"]


def test_the_old_program_begins_nothing_more(half_done, pdf):
    """Neither a case nor a drop: both wait for the newer one."""
    half_done.drop("c.pdf", pdf + b"c")

    with pytest.raises(OutdatedError, match="posterior"):
        claim(half_done.store, "old", 60, half_done.now())
    with pytest.raises(OutdatedError):
        half_done.take()
    assert half_done.names("1_ENTRADA") == ["c.pdf"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_counter_that_runs_stops_with_a_sentence_and_the_code_of_its_surroundings(office, pdf):
    """Whoever keeps it alive sees why, and starts the newer one."""
    storage, share = office.settings.storage, office.settings.folders.root
    line = [sys.executable, "-m", "pipeline.intake", "--root", str(share), "--database", storage.database]
    line += ["--blobs", str(storage.blobs), "--scan", "0.05", "--stability", "0", "--reserve", "0"]
    office.drop("a.pdf", pdf)
    with subprocess.Popen(line, cwd=ROOT, stderr=subprocess.PIPE, text=True) as counter:
        while office.names("1_ENTRADA"):
            time.sleep(0.05)
        upgrade(office.store)
        said = counter.communicate(timeout=60)[1]

    assert counter.returncode == 5
    assert "versión posterior (9999)" in said


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_newer_program_that_may_not_migrate_says_which_command_does(office):
    """A record that is behind is not read by statements that it does not know."""
    with office.store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0012'"))
    storage = office.settings.storage

    with pytest.raises(EnvironmentFault, match="db upgrade"):
        open_store(storage.database, storage.blobs, migrate=False)
