"""Whether the desk answers, and whether all that this machine needs is there: for whoever watches machines.

    /healthz    200 "ok" while the desk answers and reads its record; else start it again
    /readyz     a line for each thing, `record: ok`; 503 while any of them is not

Everybody may ask, so answers say nothing of offices, addresses or cases, and cost the same however often.
"""

from __future__ import annotations

import sqlalchemy as sa
from starlette.responses import PlainTextResponse, Response

from desk.web.doors import OPEN, Door
from desk.web.visit import Visit
from pipeline.store.schema import cases


def health(visit: Visit) -> Response:
    """Answer if the record can be read: one row at most, since everybody may ask."""
    with visit.room.store.read() as connection:
        connection.execute(sa.select(cases.c.id).limit(1)).all()
    return PlainTextResponse("ok")


def ready(visit: Visit) -> Response:
    """Say how each thing is that this machine needs; the words for what is wrong are those of the checks."""
    found = visit.room.ready()
    lines = (f"{one.name}: {'ok' if one.well else one.why}\n" for one in found)
    return PlainTextResponse("".join(lines), 200 if all(one.well for one in found) else 503)


DOORS = (Door("/healthz", health, OPEN), Door("/readyz", ready, OPEN))
