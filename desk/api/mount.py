"""The interface as a part of the desk. Reviewers go on where it cannot be loaded: programs are told so."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.api.problems import Problem, answer
from desk.web.room import Room

PLACE = "/api/v1"
log = logging.getLogger(__name__)


def mounted(room: Room) -> Iterator[Mount]:
    """Yield the interface, under its address."""
    yield Mount(PLACE, _loaded(room), name="api")


def _loaded(room: Room) -> ASGIApp:
    """Return the interface, or what says that it is not there."""
    try:
        from desk.api.app import interface  # noqa: PLC0415 - reviewers need nothing of FastAPI
    except ImportError as error:
        log.error("the interface for programs is not there: %s", error.name)  # noqa: TRY400 - no trace wanted
        return _away
    return interface(room)


async def _away(scope: Scope, receive: Receive, send: Send) -> None:
    """Say that the interface is not there."""
    headers = dict(scope["headers"])
    accepted = headers.get(b"accept-language", b"").decode("latin-1")
    response: Response = answer(Problem("unavailable"), accepted)
    await response(scope, receive, send)
