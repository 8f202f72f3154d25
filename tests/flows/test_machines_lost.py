"""A worker's machine is lost in the middle of a case, or hangs and comes back: another ends the case."""

import datetime as dt
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk.demo.cases import STORIES

pytestmark = [pytest.mark.flows, pytest.mark.timeout(240)]
ROOT = Path(__file__).parents[2]
LEASE = 3.0
"""Seconds; 90 as it comes. The takeover takes as long, and the two or three in which a drain looks around."""


@pytest.fixture
def scene(postgres_store_url, tmp_path):
    """Return the settings of a machine, with one case accepted and its record on PostgreSQL."""
    from pipeline.settings import load
    from pipeline.store import open_store
    from pipeline.watch import Watcher

    given = {
        "folders.root": tmp_path / "oficinas",
        "folders.offices": "CEU01",
        "folders.stability_seconds": 0.0,
        "storage.database": postgres_store_url,
        "storage.blobs": tmp_path / "blobs",
        "storage.reserve": 0,
        "work.lease_seconds": LEASE,
    }
    settings = load(given, environ={}, folder=tmp_path)
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        watcher = Watcher(settings, store)
        watcher.scan_once()
        STORIES[0].write(settings.folders.root / "CEU01" / "1_ENTRADA")
        watcher.scan_once()
        watcher.scan_once()
        yield settings, store


@contextmanager
def elsewhere(settings, minutes):
    """Have a worker of another machine take the case, its clock so many minutes off."""
    storage = settings.storage
    line = [sys.executable, "-m", "tests.faults.rig.elsewhere", str(storage.blobs), storage.database]
    line += [str(LEASE), str(minutes)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(line, cwd=ROOT, text=True, **pipes) as process:
        assert process.stdout.readline().startswith("CEU01-")
        yield process
        process.kill()


def taken_over(settings, store):
    """Drain until the case is in its queue; return what the record says of it."""
    from flows.drain import drain
    from pipeline.store.cases import lines
    from pipeline.store.events import history

    stop = threading.Event()
    draining = threading.Thread(target=drain, args=(settings, stop))
    draining.start()
    end = time.monotonic() + 120
    while (line := lines(store)[0]).working or line.stage != "routed":
        assert time.monotonic() < end, f"the case stays {line.stage}"
        time.sleep(0.1)
    stop.set()
    draining.join()
    return line, [event.kind for event in history(store, line.id)]


def test_a_case_is_left_alone_while_its_machine_lives_and_taken_over_when_it_is_lost(scene):
    """Its clock is ten minutes behind: by the hour its loan ran out long ago, yet it is nobody else's."""
    from flows.drain import drain

    settings, store = scene
    with elsewhere(settings, minutes=-10) as process:
        while_alive = drain(settings, threading.Event(), until_idle=True)
        process.send_signal(signal.SIGKILL)
        process.wait()
        line, kinds = taken_over(settings, store)

    assert while_alive == 0
    assert line.queue == STORIES[0].queue
    assert kinds.count("given-back") == kinds.count("routed") == 1


def test_a_machine_that_hangs_and_comes_back_writes_nothing_over_what_was_found_meanwhile(scene):
    """Its clock is ten minutes ahead, and its result comes when the case is another's: it is refused."""
    from pipeline.reconcile import Reconciler
    from pipeline.store.cases import lines
    from pipeline.store.claims import claim
    from pipeline.store.results import Result, finish, release
    from pipeline.workers import me

    settings, store = scene
    now = dt.datetime.now(dt.UTC)
    reconcile = Reconciler(settings, store)
    with elsewhere(settings, minutes=10) as process:
        process.send_signal(signal.SIGSTOP)
        while not (claimed := claim(store, me(), LEASE, now, reconcile.owners.living)):
            reconcile()
            time.sleep(0.1)
        assert finish(store, claimed, Result(stage="routed", queue="approve"), now)
        release(store, claimed, now)
        process.send_signal(signal.SIGCONT)
        said, _ = process.communicate("go on\n", timeout=60)

    assert said.split() == ["False"]
    assert [(line.queue, line.working) for line in lines(store)] == [("approve", False)]
