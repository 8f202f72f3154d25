"""The first page and the trays."""

from __future__ import annotations

import datetime as dt

from starlette.responses import Response

from desk.people.accounts import EVERY
from desk.people.rights import Right
from desk.web.doors import Door
from desk.web.visit import Visit
from pipeline.store.cases import lines


def first(visit: Visit) -> Response:
    """Send each to where their work is."""
    if visit.account.may(Right.TRAYS):
        return visit.to("/bandejas")
    return visit.page("first.html")


def trays(visit: Visit) -> Response:
    """Show the cases that somebody may see, those that expire first before the others."""
    offices = visit.account.offices
    found = [one for one in lines(visit.room.store) if EVERY in offices or one.office in offices]
    found.sort(key=lambda one: (one.resolve_by or dt.date.max, one.received_at))
    return visit.page("trays/list.html", cases=found)


DOORS = (Door("/", first, Right.OWN), Door("/bandejas", trays, Right.TRAYS))
