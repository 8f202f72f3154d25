"""One flow run per case, so that a manager sees each case; the steps inside are plain functions.

Only opaque ids reach Prefect: the case's id as name and parameter, tags for office, procedure and queue,
a final state named after the queue, and for a failure the kind of exception, never its text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from uuid import UUID

from prefect import Flow, flow, tags
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas import State, StateType
from prefect.client.schemas.actions import FlowRunCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterName,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.context import FlowRunContext
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Crashed, Failed, to_state_create

NAME = "caso"


class End(NamedTuple):
    """How a case ended: its queue, or `returned`, or `failed` with the kind of failure."""

    outcome: str
    procedure: str = "unknown"
    failure: str | None = None


Work = Callable[[str], End]
"""Takes a case's id, runs its steps, keeps the result in our store, and says how it ended."""


@contextmanager
def quiet_heartbeat() -> Iterator[None]:
    """Switch the heartbeat of runs off: with it each run ends up to a second late; our lease tells life."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def visible(work: Work) -> Flow[[str], State]:
    """Return *work* as a flow whose runs a manager can read."""

    @flow(name=NAME, persist_result=False, log_prints=False, retries=0)
    def case(case_id: str) -> State:
        end = guarded(work, case_id)
        _tag(end)
        return state(end)

    return case


def guarded(work: Work, case_id: str) -> End:
    """Return how *work* ended. An exception's text may hold what a paper says: only its kind goes on."""
    try:
        return work(case_id)
    except Exception as error:  # noqa: BLE001 - the seam to an engine that would store the text
        return End("failed", failure=type(error).__name__)


def run(case: Flow[[str], State], case_id: str, office: str | None) -> State:
    """Run one case as a flow run named by its id."""
    with tags(f"office:{office or 'none'}"):
        return case.with_options(flow_run_name=case_id)(case_id, return_state=True)


def state(end: End) -> State:
    """Return Prefect's final state for *end*: completed under the queue's name, or failed with a code."""
    if end.outcome == "failed":
        return Failed(name="failed", message=f"kind of failure: {end.failure}")
    return Completed(name=end.outcome, message=f"queue: {end.outcome}")


def _tag(end: End) -> None:
    """Add what is known only now: procedure and queue. A server that fails here costs two tags, no case."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    added = [*context.flow_run.tags, f"procedure:{end.procedure}", f"queue:{end.outcome}"]
    # A connection that breaks is no kind of OSError, and what leaves a flow is printed by the engine whole.
    with suppress(Exception), _client() as client:
        client.update_flow_run(UUID(str(context.flow_run.id)), tags=added)


def _client() -> SyncPrefectClient:
    """Return a client of the server named by the environment."""
    return get_client(sync_client=True)


def report_afterwards(case_id: str, office: str | None, end: End, key: str | None = None) -> None:
    """Tell the server of a case that ended while it was away; with the same *key* again it is one run."""
    with _client() as client:
        tell(client, case_id, office, end, key)


def tell(
    client: SyncPrefectClient, case_id: str, office: str | None, end: End, key: str | None = None
) -> None:
    """Make a run that has ended already."""
    made = FlowRunCreate(
        flow_id=client.create_flow_from_name(NAME),
        name=case_id,
        parameters={"case_id": case_id},
        tags=[f"office:{office or 'none'}", f"procedure:{end.procedure}", f"queue:{end.outcome}"],
        state=to_state_create(state(end)),
        idempotency_key=key,
    )
    client.request("POST", "/flow_runs/", json=made.model_dump(mode="json", exclude_unset=True))


def mark_crashed(case_ids: Collection[str]) -> int:
    """Close the runs of cases whose worker died: nobody else will. Return how many were open."""
    wanted = FlowRunFilter(
        name=FlowRunFilterName(any_=list(case_ids)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING])),
    )
    with _client() as client:
        lost = client.read_flow_runs(flow_run_filter=wanted)
        for run_ in lost:
            client.set_flow_run_state(run_.id, Crashed(message="the worker was lost"), force=True)
        return len(lost)
