"""Runs of the pool that nobody will end: drains whose process died, and hours that passed with no machine up.

A drain's run bears the name of its process. One of this machine is asked for; one of another counts as dead
when its sign of life in the record has not changed for two minutes, by this observer's own clock.
"""

from __future__ import annotations

import datetime as dt
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import sqlalchemy as sa
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas import FlowRun, StateType
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.states import Crashed

from flows.scheduled.drain import WORKER
from flows.scheduled.orders import POOL
from pipeline.parts.pulse import SILENT_SECONDS
from pipeline.parts.tables import pulses
from pipeline.store import Store
from pipeline.workers import alive

LOST = "the worker was lost"
STARTING = dt.timedelta(minutes=5)
"""How long a run may take from its worker's hands to its first line: a process starts in 8 s, at worst 60."""
SETTLING = dt.timedelta(seconds=20)
"""How long a worker of Prefect's may take to say itself how the process that it started has ended."""
_MOST = 200
_OURS = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL]))
_BEGUN = FlowRunFilter(
    state=FlowRunFilterState(
        type=FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING, StateType.CANCELLING])
    )
)
_LATE = FlowRunFilter(state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Late"])))


class Sweeping:
    """What one machine of the pool has seen of the drains of all; `clock` gives seconds that never jump."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._signs: dict[str, tuple[str, float]] = {}

    def __call__(self, now: dt.datetime) -> int:
        """Close the runs of dead drains and drop hours that were missed; return how many runs."""
        with get_client(sync_client=True) as client:
            begun = client.read_flow_runs(work_pool_filter=_OURS, flow_run_filter=_BEGUN, limit=_MOST)
            seen = self._seen()
            dead = [run for run in begun if self._dead(run, seen, now)]
            for run in dead:
                client.set_flow_run_state(run.id, Crashed(message=LOST), force=True)
            return len(dead) + _dropped(client)

    def _seen(self) -> Mapping[str, str]:
        """Return the last sign of life of every process."""
        with self._store.read() as connection:
            rows = connection.execute(sa.select(pulses.c.name, pulses.c.seen_at)).all()
        return {row.name: str(row.seen_at) for row in rows}

    def _dead(self, run: FlowRun, seen: Mapping[str, str], now: dt.datetime) -> bool:
        """Tell whether nobody works on a run."""
        worker = run.labels.get(WORKER)
        if worker is None:
            since = now - run.state.timestamp if run.state else dt.timedelta(0)
            pending = run.state_type is StateType.PENDING and since > STARTING
            return pending or (since > SETTLING and _ended_here(run))
        here = alive(str(worker))
        return not self._stirs(str(worker), seen) if here is None else not here

    def _stirs(self, worker: str, seen: Mapping[str, str]) -> bool:
        """Tell whether a process elsewhere gave a sign of life lately."""
        sign = seen.get(worker, "")
        if worker not in self._signs or self._signs[worker][0] != sign:
            self._signs[worker] = (sign, self._clock())
        return self._clock() - self._signs[worker][1] <= SILENT_SECONDS


def _ended_here(run: FlowRun) -> bool:
    """Tell whether the process that this machine started for a run has ended."""
    started = run.labels.get("prefect.worker.name") == socket.gethostname()
    pid = run.infrastructure_pid or ""
    return started and pid.isdecimal() and not Path("/proc", pid).exists()


def _dropped(client: SyncPrefectClient) -> int:
    """Remove all but the last of the hours of each flow that passed while no machine was up."""
    late: dict[object, list[FlowRun]] = defaultdict(list)
    for run in client.read_flow_runs(work_pool_filter=_OURS, flow_run_filter=_LATE, limit=_MOST):
        if run.auto_scheduled:
            late[run.deployment_id].append(run)
    surplus = [
        run
        for runs in late.values()
        for run in sorted(runs, key=lambda one: str(one.expected_start_time))[:-1]
    ]
    for run in surplus:
        client.delete_flow_run(run.id)
    return len(surplus)
