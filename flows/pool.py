"""One machine of the pool: a Prefect worker kept alive, drains asked for while cases wait, dead ones swept.

    with PoolMachine(settings, store, clients(settings)) as machine:
        machine.run(stop)

What the record and the law need is done here whatever Prefect does: the reconciler looks every two seconds,
and when the engine is away and nobody works, this machine works by itself until it is back.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Self

import sqlalchemy as sa
from prefect.exceptions import ObjectNotFound

from flows.asking import ask, wanted
from flows.children import end_children
from flows.deploying import deployed
from flows.engine import Engine, answers
from flows.every import every
from flows.machine import Part
from flows.parent import close, marked
from flows.pool_worker import STOP_SECONDS
from flows.restarts import Restarts
from flows.scheduled.orders import URGENT
from flows.scheduled.shell import HERE
from flows.sweeping import Sweeping
from pipeline.desk_chosen import public_address
from pipeline.parts.pulse import Pulse
from pipeline.reconcile import Reconciler
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.awaiting import awaiting
from pipeline.store.schema import cases

LOOK_SECONDS = 2.0
ASK_SECONDS = 4.0
SWEEP_SECONDS = 20.0
AWAY_SECONDS = 60.0
"""How long the engine must be away, and cases wait untouched, before this machine works without it."""
STOPPING_SECONDS = 15.0
"""What Prefect's worker may need to end once it has no runs."""
SPARE = 1
"""Runs beyond drains that this machine takes at once, so that flows by the clock do not wait for an hour."""


def environment(engine: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a worker and its runs need beside the way to the engine: this folder, this Python."""
    return {
        **engine,
        HERE: str(Path.cwd()),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PREFECT_WORKER_QUERY_SECONDS": "3",
    }


class PoolMachine:
    """The worker of this machine and what looks after it."""

    def __init__(self, settings: Settings, store: Store, engine: Mapping[str, str]) -> None:
        self._settings, self._store = settings, store
        self._engine = environment(engine)
        self._reconcile = Reconciler(settings, store)
        self._sweeping = Sweeping(store)
        self._told = Engine(store, public_address(settings.desk))
        self._worker: subprocess.Popen[bytes] | None = None
        self._restarts = Restarts()
        self._plain = [Part(("worker", "--until-idle"), self._engine) for _ in range(settings.work.workers)]
        self._ask_due, self._sweep_due = every(ASK_SECONDS), every(SWEEP_SECONDS)
        self._untouched_since: float | None = None

    def __enter__(self) -> Self:
        """Start the worker."""
        self._tend()
        return self

    def __exit__(self, *_: object) -> None:
        """Ask the worker and its runs to stop, each drain after the case in hand; then make them."""
        for part in self._plain:
            part.end()
        worker, self._worker = self._worker, None
        if worker is not None and worker.poll() is None:
            end_children(worker.pid, STOP_SECONDS)
            worker.send_signal(signal.SIGTERM)
            try:
                worker.wait(STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
        if worker is not None:
            close(worker)
        for part in self._plain:
            part.gone(STOP_SECONDS)

    def run(self, stop: Event) -> None:
        """Look after everything until *stop* is set.

        Between two drains nobody reads here, and nothing is wrong: the machine itself signs as a worker.
        """
        with Pulse(self._store, "worker") as pulse:
            while not stop.is_set():
                pulse()
                self._tend()
                self._reconcile()
                if self._ask_due():
                    self._see_to_drains(dt.datetime.now(dt.UTC))
                stop.wait(LOOK_SECONDS)

    def _tend(self) -> None:
        """Start the worker, or start it again a little after it died."""
        if self._worker is not None and self._worker.poll() is not None:
            close(self._worker)
            self._worker = None
            self._restarts.died()
        if self._worker is None and self._restarts.may():
            self._restarts.started()
            limit = str(self._settings.work.workers + SPARE)
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "flows.pool_worker", socket.gethostname(), limit],
                env=marked({**os.environ, **self._engine}),
                stdin=subprocess.PIPE,
                start_new_session=True,
            )

    def _see_to_drains(self, now: dt.datetime) -> None:
        """Ask the engine for the drains that are needed; do without it where it is away for long."""
        pool, days = self._settings.pool, self._settings.work.urgent_days
        waiting = awaiting(self._store, now, pool.drains * pool.cases, days)
        if answers(self._engine["PREFECT_API_URL"]):
            self._untouched_since = None
            # an engine that fails is asked again in a moment: no case depends on it
            with suppress(Exception):
                self._ask(waiting, now)
        elif waiting and not self._somebody_works():
            self._untouched_since = self._untouched_since or time.monotonic()
            if time.monotonic() - self._untouched_since > AWAY_SECONDS:
                for part in self._plain:
                    part.tend()
        else:
            self._untouched_since = None

    def _ask(self, waiting: int, now: dt.datetime) -> None:
        """Ask for drains and sweep dead ones; a server that lost its deployments gets them again."""
        sweep = self._sweep_due()
        try:
            if waiting and awaiting(self._store, now, 1, self._settings.work.urgent_days, only_urgent=True):
                ask(1, now, URGENT)
            if waiting or sweep:
                ask(wanted(waiting, self._settings.pool), now)
        except ObjectNotFound:
            deployed(self._settings)
        if sweep:
            self._sweeping(now)
            # busy drains have no time for it: runs that the engine missed, runs whose case went to another
            self._told.catch_up()

    def _somebody_works(self) -> bool:
        """Tell whether any case is in somebody's hands."""
        with self._store.read() as connection:
            held = sa.select(cases.c.id).where(cases.c.lease_owner.is_not(None)).limit(1)
            return connection.execute(held).first() is not None
