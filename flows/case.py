"""One flow run per case, so that a manager sees each case; the steps inside are plain functions.

Only opaque ids reach Prefect: the case's id as name and parameter, tags for office, procedure and queue,
a final state named after the queue, and for a failure the kind of exception, never its text.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
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

from pipeline.store.counts import NAMES

NAME = "caso"
QUIET_OUTCOMES = frozenset({"approve", "waiting", "superseded"})
"""Ends that ask nobody to look at the paper before the proposal is decided."""
STAGES = {"returned": "returned", "failed": "failed", "waiting": "waiting", "superseded": "accepted"}
"""The stage of a case after an end that is no queue; after a queue it is routed."""


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


def visible(work: Work, desk: str = "") -> Flow[[str], State]:
    """Return *work* as a flow whose runs a manager can read; they lead to the *desk*, if told where it is."""

    @flow(name=NAME, persist_result=False, log_prints=False, retries=0)
    def case(case_id: str) -> State:
        end = guarded(work, case_id)
        _tell_more(case_id, end, desk)
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


def tags_of(office: str | None, end: End) -> list[str]:
    """Return what managers filter runs by."""
    stage = STAGES.get(end.outcome, "routed")
    found = (f"office:{office or 'none'}", f"procedure:{end.procedure}", f"queue:{end.outcome}")
    return [*found, f"stage:{stage}"]


def _tell_more(case_id: str, end: End, desk: str) -> None:
    """Add what is known only now: tags, and the line that leads to the desk.

    A server that fails here costs two tags and a line, no case.
    """
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    known = [tag for tag in context.flow_run.tags if not tag.startswith("office:")]
    office = next((tag[7:] for tag in context.flow_run.tags if tag.startswith("office:")), None)
    # A connection that breaks is no kind of OSError, and what leaves a flow is printed by the engine whole.
    with suppress(Exception), _client() as client:
        run_id = UUID(str(context.flow_run.id))
        client.update_flow_run(run_id, tags=[*known, *tags_of(office, end)])
        say(client, run_id, case_id, end, desk)


def say(client: SyncPrefectClient, run_id: UUID, case_id: str, end: End, desk: str) -> None:
    """Leave the one line of a run's log: how it ended, and the address at the desk, which its page links."""
    line = {
        "name": "ventanilla",
        "level": _level(end),
        "message": _line(case_id, end, desk),
        "timestamp": dt.datetime.now(dt.UTC).isoformat(),
        "flow_run_id": str(run_id),
    }
    client.request("POST", "/logs/", json=[line])


def _level(end: End) -> int:
    """Return how loud the line is: what a person has to look at must not look like plain success."""
    if end.outcome == "failed":
        return logging.ERROR
    return logging.INFO if end.outcome in QUIET_OUTCOMES else logging.WARNING


def _line(case_id: str, end: End, desk: str) -> str:
    """Say how a case ended in the words of its queue, and where it is to be seen."""
    ended = f"Falló: {end.failure}" if end.failure else NAMES.get(end.outcome, end.outcome)
    return f"{ended}. {desk}/caso/{case_id}" if desk else f"{ended}."


def _client() -> SyncPrefectClient:
    """Return a client of the server named by the environment."""
    return get_client(sync_client=True)


def report_afterwards(
    case_id: str, office: str | None, end: End, key: str | None = None, desk: str = ""
) -> None:
    """Tell the server of a case that ended while it was away; with the same *key* again it is one run."""
    with _client() as client:
        tell(client, case_id, office, end, key, desk)


def tell(
    client: SyncPrefectClient,
    case_id: str,
    office: str | None,
    end: End,
    key: str | None = None,
    desk: str = "",
) -> None:
    """Make a run that has ended already."""
    made = FlowRunCreate(
        flow_id=client.create_flow_from_name(NAME),
        name=case_id,
        parameters={"case_id": case_id},
        tags=tags_of(office, end),
        state=to_state_create(state(end)),
        idempotency_key=key,
    )
    answer = client.request("POST", "/flow_runs/", json=made.model_dump(mode="json", exclude_unset=True))
    if answer.status_code == HTTPStatus.CREATED:
        say(client, UUID(answer.json()["id"]), case_id, end, desk)


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
