"""The flow `autocontrol`: record, papers and audit looked over once a night; faults show as a failed run."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.client.schemas import State
from prefect.states import Completed, Failed

from flows.scheduled.shell import at_home, bare, options
from pipeline.self_check import checked


@flow(**options("autocontrol", 3 * 3600.0, retries=0))
def autocontrol() -> State:
    """Comprueba la base de datos, los papeles y la cadena de auditoría."""
    faults = bare(_faults)
    if faults:
        return Failed(name="con defectos", message=f"{faults} defectos: `ventanilla db check`")
    return Completed(message="sin defectos")


def _faults() -> int:
    """Return how many things are damaged."""
    return sum(one.damage for one in checked(at_home(), dt.datetime.now(dt.UTC)))
