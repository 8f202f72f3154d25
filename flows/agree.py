"""What the engine shows is brought in line with the record: runs it does not know, runs that nobody works on.

The record decides. An engine that was away, or whose database was deleted, is told of the last day's cases,
some at each look; older ones stay where they always were, in the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas import FlowRun, State, StateType
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterName,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.states import Crashed

from flows.case import NAME, End, state, tell
from pipeline.store import Store
from pipeline.store.schema import cases, events

GRACE = dt.timedelta(seconds=60)
"""How long a run may seem to go on after its case is done: the worker is just telling of its end."""
MEMORY = dt.timedelta(days=1)
_MOST = 200
"""Runs that the engine gives at most at one question."""
PAGE = 100
"""Cases compared at each look: fewer than runs are given, for a case that was answered has more than one."""
_OURS = FlowFilter(name=FlowFilterName(any_=[NAME]))
_OPEN = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.SCHEDULED])
)


class _Ended(NamedTuple):
    """A case that ended: where, and the event that says so, which is the run's key."""

    case: str
    office: str
    end: End
    event: int


class Agreement:
    """Record and engine compared, a page of the last day's cases at each look, round and round."""

    def __init__(self, store: Store, desk: str = "") -> None:
        self._store, self._desk = store, desk
        self._after = 0

    def __call__(self, now: dt.datetime) -> int:
        """Tell the engine what it does not know, close what it believes to go on; return how many runs."""
        with get_client(sync_client=True) as client:
            return sum(_closed(client, self._store, now)) + sum(self._told(client, now))

    def _told(self, client: SyncPrefectClient, now: dt.datetime) -> Iterator[int]:
        """Tell of the cases on the next page that have no run."""
        ended = _ended(self._store, now - MEMORY, self._after)
        known = _known(client, ended)
        for one in ended:
            if one.case not in known:
                tell(client, one.case, one.office, one.end, f"{one.case}:{one.event}", self._desk)
                yield 1
        self._after = ended[-1].event if len(ended) == PAGE else 0


def _known(client: SyncPrefectClient, ended: Sequence[_Ended]) -> set[str]:
    """Return which of the cases have a run."""
    if not ended:
        return set()
    names = FlowRunFilter(name=FlowRunFilterName(any_=[one.case for one in ended]))
    return {run.name for run in client.read_flow_runs(flow_filter=_OURS, flow_run_filter=names, limit=_MOST)}


def _ended(store: Store, since: dt.datetime, after: int) -> Sequence[_Ended]:
    """Return the next cases that ended since then, by events *after* that one; nobody has them in hand."""
    last = (
        sa.select(events.c.case_id, sa.func.max(events.c.seq).label("event"))
        .where(events.c.kind.in_(("routed", "returned")), events.c.at >= since)
        .group_by(events.c.case_id)
        .subquery()
    )
    query = (
        sa.select(cases.c.id, cases.c.office, cases.c.queue, cases.c.procedure, last.c.event)
        .join(last, last.c.case_id == cases.c.id)
        .where(cases.c.lease_owner.is_(None), cases.c.stage.in_(("routed", "returned")), last.c.event > after)
        .order_by(last.c.event)
        .limit(PAGE)
    )
    with store.read() as connection:
        return [
            _Ended(row.id, row.office, End(row.queue or "returned", row.procedure or "unknown"), row.event)
            for row in connection.execute(query)
        ]


def _closed(client: SyncPrefectClient, store: Store, now: dt.datetime) -> Iterator[int]:
    """Close the runs that seem to go on though nobody has their case, or somebody has it in another run."""
    found = client.read_flow_runs(flow_filter=_OURS, flow_run_filter=FlowRunFilter(state=_OPEN), limit=_MOST)
    runs = [run for run in found if run.state and now - run.state.timestamp > GRACE]
    if not runs:
        return
    ends, newest = _ends(store, {run.name for run in runs}), _newest(found)
    for run in runs:
        end = ends.get(run.name)
        if end is not None or newest[run.name] != run.id:
            closing: State = state(end) if end else Crashed(message="the worker was lost")
            client.set_flow_run_state(run.id, closing, force=True)
            yield 1


def _newest(runs: Sequence[FlowRun]) -> Mapping[str, object]:
    """Return the id of the newest of the open runs of each case."""
    return {run.name: run.id for run in sorted(runs, key=lambda run: str(run.created))}


def _ends(store: Store, names: set[str]) -> Mapping[str, End]:
    """Return the ends of those cases that nobody has in hand."""
    query = sa.select(cases).where(cases.c.id.in_(names), cases.c.lease_owner.is_(None))
    with store.read() as connection:
        return {row.id: _end(row.stage, row.queue, row.procedure) for row in connection.execute(query)}


def _end(stage: str, queue: str | None, procedure: str | None) -> End:
    """Return how a run of a case that stands so has ended."""
    if stage in {"routed", "returned", "resolved", "closed", "blocked"}:
        return End(queue or "returned", procedure or "unknown")
    return End("failed", failure="worker-lost")
