"""Whether the desk answers."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from desk.web.doors import OPEN, Door
from desk.web.visit import Visit
from pipeline.store.counts import counts


def health(visit: Visit) -> Response:
    """Answer if the record can be read."""
    counts(visit.room.store)
    return PlainTextResponse("ok")


DOORS = (Door("/healthz", health, OPEN),)
