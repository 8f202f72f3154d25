"""What every scheduled flow has in common: the settings of its machine, the record, an end that names nobody.

Only counts and kinds of failure reach the engine: an exception's text may hold what a paper says.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from typing import Any, TypedDict, TypeVar
from zoneinfo import ZoneInfo

from prefect.client.schemas import State
from prefect.flows import FlowStateHook
from prefect.states import Completed

from flows.scheduled.hooks import note_crash, note_failure
from pipeline.logs.begin import begin
from pipeline.settings import Settings, load
from pipeline.store import Store, open_store

HERE = "VENTANILLA_HERE"
"""Set by `worker --pool`: the folder whose settings and relative paths hold on this machine."""
RUN = "PREFECT__FLOW_RUN_ID"
"""Set by Prefect in a process that it started for one run: it logs as all do."""
RETRIES = 2
PAUSE_SECONDS, JITTER_SECONDS = 30, 60
"""The pause before a second try, and what is added at random, so that drains that failed together (the
database was restarted) do not all come back in the same second. The server takes whole seconds only."""
ZONE = ZoneInfo("Europe/Madrid")
T = TypeVar("T")
Hook = FlowStateHook[..., Any]


class RunFailed(Exception):  # noqa: N818 - it reads as what the engine shows
    """A run failed; the message is the kind of failure and nothing else."""


class Options(TypedDict):
    """What `prefect.flow` is given for every scheduled flow."""

    name: str
    retries: int
    retry_delay_seconds: int
    timeout_seconds: float
    persist_result: bool
    log_prints: bool
    flow_run_name: Callable[[], str] | None
    on_failure: list[Hook]
    on_crashed: list[Hook]


def options(
    name: str,
    timeout_seconds: float,
    *,
    retries: int = RETRIES,
    on_crashed: Hook = note_crash,
    named: bool = True,
) -> Options:
    """Return the options of the flow *name*: few retries, each process with a pause of its own.

    Runs are named by flow and hour, unless who asks for them has *named* them: then False.
    """
    return Options(
        name=name,
        retries=retries,
        retry_delay_seconds=PAUSE_SECONDS + random.randint(0, JITTER_SECONDS),  # noqa: S311 - spreads load, guards nothing
        timeout_seconds=timeout_seconds,
        persist_result=False,
        log_prints=False,
        flow_run_name=(lambda: stamped(name)) if named else None,
        on_failure=[note_failure],
        on_crashed=[on_crashed],
    )


def stamped(name: str) -> str:
    """Return the name of a run that begins now."""
    return f"{name}-{dt.datetime.now(ZONE):%Y%m%d-%H%M}"


def at_home() -> Settings:
    """Return the settings of this machine; Prefect starts a run in a folder of its own."""
    if HERE in os.environ:
        os.chdir(os.environ[HERE])
    settings = load()
    if RUN in os.environ:
        begin(settings.log, "flow")
    return settings


def bare(act: Callable[[], T]) -> T:
    """Return what *act* returns; of what it raises only the kind goes on."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - the seam to an engine that would store the text
        kind = type(error).__name__
    raise RunFailed(kind)


def on_the_record(act: Callable[[Settings, Store, dt.datetime], str]) -> State:
    """Do *act* with settings, record and the office's moment; it says in counts what it did."""

    def opened() -> str:
        settings = at_home()
        with open_store(settings.storage.database, settings.storage.blobs) as store:
            return act(settings, store, dt.datetime.now(ZoneInfo(settings.letters.zone)))

    return Completed(message=bare(opened))
