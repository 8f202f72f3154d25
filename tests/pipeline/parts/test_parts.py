"""Which processes live, and whether what a machine needs is there."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from pipeline.parts.pulse import EVERY_SECONDS, SILENT_SECONDS, Pulse, seen
from pipeline.parts.readiness import FRESH_SECONDS, Readiness, questions
from pipeline.parts.tables import pulses
from pipeline.store.claims import claim

ELSEWHERE = "otra-maquina:0123456789ab-1:77:5"
DEAD_HERE = 4_000_000
"""A number that no process bears: the system gives none above 2^22."""


def told(office, **changes):
    """Put the sign of a process into the record."""
    now = dt.datetime.now(dt.UTC)
    row = {"name": ELSEWHERE, "part": "worker", "machine": "otra-maquina", "release": "0.1.0"}
    with office.store.write() as connection:
        connection.execute(sa.insert(pulses).values({**row, "started_at": now, "seen_at": now, **changes}))


def test_a_process_gives_signs_and_takes_them_away(office):
    """As long as it works it is told of, with what it holds; an end in order leaves nothing behind."""
    with Pulse(office.store, "worker") as pulse:
        office.drop("una.pdf", b"%PDF-1.7\n%%EOF")
        office.take(after=700)
        claim(office.store, pulse._name, 60, office.now())
        (one,) = seen(office.store, dt.datetime.now(dt.UTC))

    assert (one.part, one.lives, one.holds) == ("worker", True, 1)
    assert seen(office.store, dt.datetime.now(dt.UTC)) == ()


def test_signs_are_written_at_most_every_half_minute(office):
    """The work calls at every turn; the record is written to seldom."""
    seconds = [0.0]
    pulse = Pulse(office.store, "watch", clock=lambda: seconds[0])
    pulse()
    with office.store.write() as connection:
        connection.execute(sa.delete(pulses))

    pulse()
    quiet = seen(office.store, dt.datetime.now(dt.UTC))
    seconds[0] = EVERY_SECONDS
    pulse()

    assert quiet == ()
    assert len(seen(office.store, dt.datetime.now(dt.UTC))) == 1


@pytest.mark.parametrize(("ago", "lives"), [(SILENT_SECONDS, True), (SILENT_SECONDS + 1, False)])
def test_a_process_elsewhere_lives_for_two_minutes_after_its_sign(office, ago, lives):
    """Nobody here can ask its machine."""
    now = dt.datetime.now(dt.UTC)
    told(office, seen_at=now - dt.timedelta(seconds=ago))

    assert [one.lives for one in seen(office.store, now)] == [lives]


def test_who_starts_forgets_the_dead_of_its_own_machine(office):
    """A worker that was killed and started again is one worker, not one that lives and one that is silent."""
    mine = Pulse(office.store, "worker")._name
    machine, space, *_ = mine.rsplit(":", 3)
    told(office, name=f"{machine}:{space}:{DEAD_HERE}:1")
    told(office)

    with Pulse(office.store, "worker"):
        names = {one.name for one in seen(office.store, dt.datetime.now(dt.UTC))}

    assert names == {mine, ELSEWHERE}


def test_a_record_that_is_away_keeps_nobody_from_working(office):
    """A sign that cannot be written is one less."""
    office.stop()
    office.settings.storage.blobs.parent.joinpath("v.db").unlink(missing_ok=True)

    with Pulse(office.store, "worker") as pulse:
        pulse()


def named(office, **settings):
    """Return what is wrong with each thing that the office's machine needs."""
    chosen = replace(office.settings, **settings)
    return {one.name: one.why for one in Readiness(questions(office.store, chosen), 5.0)()}


def test_a_machine_in_order_is_ready(office):
    """Each thing is named, and well."""
    assert named(office) == {"record": "", "papers": "", "room": "", "folders": ""}


def test_each_thing_that_is_wrong_is_named(office):
    """A share that is away, a full disk, papers that are gone, a record of another program."""
    full = replace(office.settings.storage, reserve=1 << 62)
    office.drop("una.pdf", b"%PDF-1.7\n%%EOF")
    office.take()
    office.home.joinpath("1_ENTRADA").rmdir()
    office.settings.storage.blobs.rename(office.settings.storage.blobs.with_name("away"))
    with office.store.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))

    assert named(office, storage=full) == {
        "record": "older",
        "papers": "missing",
        "room": "full",
        "folders": "ENOENT",
    }


def test_a_share_that_hangs_is_silent_and_asked_once():
    """Whoever asks is answered in time, and threads do not pile up behind it."""
    asked, go_on, seconds = [], threading.Event(), [0.0]

    def hangs():
        asked.append(1)
        go_on.wait()

    ready = Readiness({"folders": hangs, "record": lambda: None}, 0.05, clock=lambda: seconds[0])
    first = ready()
    seconds[0] = 2 * FRESH_SECONDS
    second = ready()
    go_on.set()

    assert [one.why for one in first] == [one.why for one in second] == ["silent", ""]
    assert len(asked) == 1


def test_an_answer_is_told_again_while_it_is_fresh():
    """Strangers may ask as often as they like."""
    asked, seconds = [], [0.0]
    ready = Readiness({"record": lambda: asked.append(1)}, 1.0, clock=lambda: seconds[0])

    ready()
    seconds[0] = FRESH_SECONDS
    ready()

    assert len(asked) == 1
