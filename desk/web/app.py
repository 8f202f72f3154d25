"""The desk as one application: its doors, its words, and the headers on every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles

from desk.api.mount import mounted
from desk.web import audited, entry, frame, health, own, people, programs, steps, vouched
from desk.web import help as help_pages
from desk.web.case import by_run, decide, hand, handover, letter, mend, papers_shape, reread, tell
from desk.web.case import page as case_page
from desk.web.doors import Door, nowhere, routes
from desk.web.fence import STATIC, Fence
from desk.web.gestion import exports
from desk.web.gestion import pages as gestion_pages
from desk.web.heard import Heard
from desk.web.lasting import lasting, measured
from desk.web.office import after, hand_in
from desk.web.office import entry as followed
from desk.web.room import Room
from desk.web.state import page as state_page
from desk.web.trays import ahead, lists, searching
from desk.web.words import sentences

DOORS: tuple[Door, ...] = (
    *entry.DOORS,
    *steps.DOORS,
    *own.DOORS,
    *people.DOORS,
    *vouched.DOORS,
    *frame.DOORS,
    *help_pages.DOORS,
    *health.DOORS,
    *audited.DOORS,
    *programs.DOORS,
    *lists.DOORS,
    *gestion_pages.DOORS,
    *exports.DOORS,
    *state_page.DOORS,
    *searching.DOORS,
    *ahead.DOORS,
    *case_page.DOORS,
    *by_run.DOORS,
    *hand.DOORS,
    *decide.DOORS,
    *letter.DOORS,
    *handover.DOORS,
    *tell.DOORS,
    *mend.DOORS,
    *papers_shape.DOORS,
    *hand_in.DOORS,
    *followed.DOORS,
    *after.DOORS,
    *reread.DOORS,
)


def application(room: Room) -> Starlette:
    """Return the desk."""
    sentences()
    room.pages.globals["frame"] = frame.frame(room.settings.desk, DOORS)

    async def not_here(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        answer = await run_in_threadpool(nowhere, room, request, status)
        if status == 405:
            answer.headers["Allow"] = ", ".join(sorted(_methods(request)))
        return answer

    files = StaticFiles(packages=[("desk.web", "static")])
    desk = room.settings.desk
    return Starlette(
        routes=[*routes(room, DOORS), *mounted(room), Mount(STATIC, files, name="static")],
        exception_handlers={HTTPException: not_here},
        middleware=[Middleware(Fence, chosen=desk, package=room.settings.limits.package), Middleware(Heard)],
        lifespan=lambda _: _awake(room),
    )


@asynccontextmanager
async def _awake(room: Room) -> AsyncIterator[None]:
    """Have the drawer of pages ready before somebody asks, and give signs of life; end them with the desk."""
    warming = Thread(target=room.pictures.warm, daemon=True)
    warming.start()
    async with lasting(room), measured(room):
        yield
    await run_in_threadpool(warming.join)
    await run_in_threadpool(room.pictures.close)


def _methods(request: Request) -> set[str]:
    """Return the methods that the doors of an address take."""
    scope = {**request.scope, "method": "-"}
    found = [route for route in request.app.routes if route.matches(scope)[0] is not Match.NONE]
    return {method for route in found for method in getattr(route, "methods", None) or ()}
