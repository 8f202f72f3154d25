"""What is done when a run failed or its process died. Prefect calls hooks by keyword."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from prefect import Flow
from prefect.client.schemas import FlowRun, State

from flows.case import mark_crashed
from pipeline.settings import load
from pipeline.store import open_store
from pipeline.store.lost import Lookout, give_back

_LOG = logging.getLogger("ventanilla")


def note_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State) -> None:
    """Note in the machine's log that a run failed, by its kind and id."""
    _LOG.error("run of %s failed: %s (%s)", flow.name, flow_run.id, state.name)


def note_crash(flow: Flow[..., Any], flow_run: FlowRun, state: State) -> None:
    """Note in the machine's log that a run's process died."""
    _LOG.error("run of %s crashed: %s (%s)", flow.name, flow_run.id, state.name)


def free_cases(flow: Flow[..., Any], flow_run: FlowRun, state: State) -> None:
    """Give back at once what a drain that died held here, and close the runs of its cases.

    It is called in the process of the pool's worker, whose folder is the machine's.
    """
    note_crash(flow, flow_run, state)
    settings = load()
    with open_store(settings.storage.database, settings.storage.blobs) as store:
        owners = Lookout(lease_seconds=settings.work.lease_seconds).look(store)
        lost = give_back(store, dt.datetime.now(dt.UTC), losses=settings.work.losses, owners=owners)
    if lost:
        mark_crashed(lost)
