"""The flow `tanda`: one drain as a run that any machine of the pool executes.

Its cases are runs of their own beside it, tagged with its name: as sub-runs each would cost a task run more.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import UUID

from prefect import flow, tags
from prefect.client.orchestration import get_client
from prefect.client.schemas import State
from prefect.context import FlowRunContext
from prefect.states import Completed

from flows.beside import beside
from flows.drain import drain
from flows.scheduled.hooks import free_cases
from flows.scheduled.shell import at_home, bare, options
from flows.turn import LONGEST_SECONDS, Turn
from pipeline.workers import me

NAME = "tanda"
WORKER = "ventanilla.worker"
"""The label of a drain's run that names its process: so the run of a dead one is found."""
PATIENCE_SECONDS = 300.0
"""How long a drain may take to end after its longest time before its process is made to."""


@flow(**options(NAME, LONGEST_SECONDS, on_crashed=free_cases, named=False))
def tanda(urgent: bool = False) -> State:
    """Trabaja los expedientes que esperan, uno tras otro, hasta que no queda ninguno o acaba su hora."""
    name = _signed()
    done = bare(lambda: _worked(name, urgent=urgent))
    return Completed(message=f"{done} expedientes")


def _worked(name: str, *, urgent: bool) -> int:
    """Work for one turn and return how many cases; SIGTERM ends it after the case in hand."""
    settings = at_home()
    turn = Turn(seconds=settings.pool.seconds, idle_seconds=settings.pool.idle_seconds, urgent=urgent)

    def tagged() -> int:
        with tags(f"tanda:{name}"):
            return drain(settings, stop, turn=turn)

    with _stopped_by_signal() as stop, _ended_by_force():
        return beside(tagged)


def _signed() -> str:
    """Put the name of this process on the run, for who looks for dead ones; return the run's name."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return "sin-motor"
    with get_client(sync_client=True) as client:
        client.update_flow_run_labels(UUID(str(context.flow_run.id)), {WORKER: me()})
    return context.flow_run.name


@contextmanager
def _stopped_by_signal() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM sets: the engine's own handler would break off the case in hand."""
    stop = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    before = signal.signal(signal.SIGTERM, tell)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _ended_by_force() -> Iterator[None]:
    """Kill this process when it hangs past all its time: its case goes to another worker at once."""
    after = LONGEST_SECONDS + PATIENCE_SECONDS
    timer = threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
