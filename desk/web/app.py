"""The desk as one application: its doors, its words, and the headers on every answer."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from desk.web import entry, frame, health
from desk.web import help as help_pages
from desk.web.case import page as case_page
from desk.web.doors import Door, nowhere, routes
from desk.web.room import Room
from desk.web.trays import lists
from desk.web.words import sentences

DOORS: tuple[Door, ...] = (
    *entry.DOORS,
    *frame.DOORS,
    *help_pages.DOORS,
    *health.DOORS,
    *lists.DOORS,
    *case_page.DOORS,
)
STATIC = "/recursos"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # nothing to other sites; with `no-referrer` browsers also say `Origin: null` of the desk's own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def application(room: Room) -> Starlette:
    """Return the desk."""
    sentences()
    room.pages.globals["frame"] = frame.frame(room.settings.desk, DOORS)

    async def not_here(request: Request, error: Exception) -> Response:
        del error
        return await run_in_threadpool(nowhere, room, request)

    files = StaticFiles(packages=[("desk.web", "static")])
    return Starlette(
        routes=[*routes(room, DOORS), Mount(STATIC, files, name="static")],
        exception_handlers={404: not_here},
        middleware=[
            # A page of another site must not reach this one under a name of its own.
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(BaseHTTPMiddleware, dispatch=_headers),
        ],
    )


async def _headers(request: Request, proceed: RequestResponseEndpoint) -> Response:
    """Put the security headers on every answer."""
    answer = await proceed(request)
    answer.headers.update(HEADERS)
    if not request.url.path.startswith(f"{STATIC}/"):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer
