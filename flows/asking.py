"""Drains are asked for when cases wait, and only as many as the waiting need: none starts to find nothing.

Every machine of the pool looks; the key of what is asked names the run that ended last and which of the
drains since then it is. So two machines that look at the same moment, or one while the other asks, ask for
the same runs, and the server makes each once.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import takewhile

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas import FlowRun, StateType
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES
from prefect.client.schemas.sorting import FlowRunSort

from flows.scheduled.drain import NAME
from flows.scheduled.orders import CASES
from flows.scheduled.shell import stamped
from flows.sweeping import LOST
from pipeline.pool_chosen import Pool

OPEN = FlowRunFilter(
    state=FlowRunFilterState(
        type=FlowRunFilterStateType(
            any_=[StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
        )
    )
)
_ENDED = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[*TERMINAL_STATES])))
FIRST_SECONDS, LONGEST_SECONDS = 5.0, 300.0
"""The pause after a drain that failed, twice as long after each further one: a machine that cannot work (no
database, no disk) must not fill the list of runs."""
_MOST = 200
"""Runs that Prefect's server gives to one question, its own limit."""
_LOOKED_BACK = 10
"""Newest runs that tell whether drains fail, and how long not to ask."""
_ILL = frozenset({StateType.CRASHED, StateType.FAILED})


def wanted(waiting: int, pool: Pool) -> int:
    """Return how many drains so many waiting cases need."""
    return min(pool.drains, math.ceil(waiting / pool.cases))


def ask(many: int, now: dt.datetime, deployment: str = CASES) -> int:
    """See to it that *many* drains of *deployment* are there or on their way; return how many were asked for.

    Where the last ones failed nothing is asked for a while, longer each time. Raise ObjectNotFound where the
    server knows no such deployment: it was never deployed, or was wiped.
    """
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(f"{NAME}/{deployment}")
        of_it = DeploymentFilter(id=DeploymentFilterId(any_=[found.id]))
        there = len(_runs(client, of_it, OPEN, _MOST))
        if there >= many:
            return 0
        newest = _runs(client, of_it, None, _LOOKED_BACK)
        if now < _not_before(newest):
            return 0
        lead = _ended_last(client, of_it)
        for n in range(there, many):
            client.create_flow_run_from_deployment(
                found.id,
                name=f"{stamped(deployment)}-{n + 1}",
                idempotency_key=f"{lead}:{n}",
            )
        return many - there


def _not_before(newest: Sequence[FlowRun]) -> dt.datetime:
    """Return when the next drain may be asked for: later for each of the last that failed in a row.

    One whose machine died says nothing against the next.
    """
    tried = [run for run in newest if not (run.state and run.state.message == LOST)]
    failed = list(takewhile(lambda run: run.state_type in _ILL, tried))
    ends = [run.end_time for run in failed if run.end_time]
    if not ends:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return max(ends) + dt.timedelta(seconds=min(FIRST_SECONDS * 2 ** (len(failed) - 1), LONGEST_SECONDS))


def _ended_last(client: SyncPrefectClient, of_it: DeploymentFilter) -> str:
    """Return the number of the run of a deployment that ended last, "first" before any has."""
    last = FlowRunSort.END_TIME_DESC
    found = client.read_flow_runs(deployment_filter=of_it, flow_run_filter=_ENDED, sort=last, limit=1)
    return str(found[0].id) if found else "first"


def _runs(
    client: SyncPrefectClient, of_it: DeploymentFilter, which: FlowRunFilter | None, most: int
) -> Sequence[FlowRun]:
    """Return runs of a deployment, the newest first."""
    newest = FlowRunSort.EXPECTED_START_TIME_DESC
    return client.read_flow_runs(deployment_filter=of_it, flow_run_filter=which, sort=newest, limit=most)
