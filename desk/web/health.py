"""Whether the desk answers."""

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


DOORS = (Door("/healthz", health, OPEN),)
