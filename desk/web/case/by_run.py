"""The way between a case and its runs in Prefect: by the id of the case, which is opaque."""

from __future__ import annotations

import re

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import Found, within_reach
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.engine_chosen import run_address
from pipeline.store.cases import number_of

_ID = re.compile(r"[0-9A-Z]{26}")


def of_run(visit: Visit) -> Response:
    """Send who comes from a run to its case; the page of the case keeps that it was looked at."""
    named = visit.path("id")
    number = number_of(visit.room.store, named) if _ID.fullmatch(named) else None
    if number is None or not within_reach(visit, number):
        raise Refused(404, "no_case")
    return visit.to(f"/expedientes/{number}")


def runs(visit: Visit, case: Found) -> str:
    """Return where Prefect shows the runs of a case, empty for who does not watch over the machines."""
    return run_address(visit.room.settings.engine, case.id) if visit.account.may(Right.FIGURES) else ""


DOORS = (Door("/caso/{id}", of_run, Right.CASES),)
