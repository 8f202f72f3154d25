"""A drain: a warm process that claims the next case from the journal, runs it, and goes on."""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event

from extractors.reading.sandbox import Sandbox
from flows import board
from flows.case import End, quiet_heartbeat
from flows.engine import Engine
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.store.claims import Claimed, claim, fail, give_back
from pipeline.store.counts import counts
from pipeline.work import acknowledge_unread, work
from validators.calendar import Calendars

IDLE_SECONDS = 0.5
BOARD_SECONDS = 15.0
RETRY_SECONDS = 5.0


def drain(settings: Settings, stop: Event, *, until_idle: bool = False) -> int:
    """Work on cases until *stop* is set (with *until_idle*: until nothing waits); return how many."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    done = 0
    with (
        open_store(settings.storage.database, settings.storage.blobs) as store,
        Sandbox(settings.bounds) as sandbox,
        quiet_heartbeat(),
    ):
        engine, calendars, tell = Engine(store), Calendars.shipped(), _every(BOARD_SECONDS)
        while not stop.is_set():
            engine.lost(give_back(store, _now(), attempts=settings.work.attempts))
            claimed = claim(store, name, settings.work.lease_seconds, _now())
            if claimed is not None:
                _one(claimed, settings, store, sandbox, calendars, engine)
                done += 1
            elif until_idle:
                break
            else:
                engine.catch_up()
                stop.wait(IDLE_SECONDS)
            if tell() and engine.there():
                # A board that cannot be written is no reason to leave a case unread.
                with suppress(Exception):
                    board.publish(counts(store))
    return done


def _one(
    claimed: Claimed, settings: Settings, store: Store, sandbox: Sandbox, calendars: Calendars, engine: Engine
) -> None:
    """Run one case under the engine; what fails is tried again later, then held for a person."""

    def steps(case_id: str) -> End:
        del case_id
        end = work(claimed, settings, store, sandbox, calendars)
        return End(end.outcome, end.procedure)

    end = engine.run(claimed.case.id, claimed.case.office, steps)
    if end.failure is not None:
        fail(store, claimed, end.failure, _now(), attempts=settings.work.attempts, wait=RETRY_SECONDS)
        with suppress(Exception):
            acknowledge_unread(claimed, settings, store)


def _now() -> dt.datetime:
    """Return the moment, for leases and records."""
    return dt.datetime.now(dt.UTC)


def _every(seconds: float) -> Callable[[], bool]:
    """Return a question that is true at first and then once every *seconds*."""
    last = [-seconds]

    def due() -> bool:
        if time.monotonic() - last[0] < seconds:
            return False
        last[0] = time.monotonic()
        return True

    return due
