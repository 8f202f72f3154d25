"""The list of cases as a page: numbers, queues and deadlines, no person's data, nothing from outside."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline.store import Store
from pipeline.store.cases import Line, lines
from pipeline.store.counts import NAMES, counts
from pipeline.waiting import sentence

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
MOST = 500


def application(store: Store, engine: str, zone: ZoneInfo) -> Starlette:
    """Return the pages over *store*; *engine* is the address of Prefect's pages, *zone* that of its hours."""
    pages = Environment(loader=PackageLoader("desk.web"), autoescape=select_autoescape())

    def listing(request: Request) -> Response:
        del request
        found = lines(store, limit=MOST)
        tally = counts(store)
        totals = {place: sum(n for (_, p), n in tally.items() if p == place) for place in NAMES}
        page = pages.get_template("cases.html").render(
            cases=sorted(found, key=lambda one: (one.resolve_by or dt.date.max, one.received_at)),
            totals=totals,
            standing=_standing,
            names=NAMES,
            engine=engine,
            now=dt.datetime.now(zone),
            most=MOST,
        )
        return HTMLResponse(page)

    def style(request: Request) -> Response:
        del request
        return PlainTextResponse(pages.get_template("plain.css").render(), media_type="text/css")

    def health(request: Request) -> Response:
        del request
        counts(store)
        return PlainTextResponse("ok")

    return Starlette(
        routes=[Route("/", listing), Route("/plain.css", style), Route("/healthz", health)],
        middleware=[
            # A page of another site must not reach this one under a name of its own.
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(BaseHTTPMiddleware, dispatch=_headers),
        ],
    )


def _standing(line: Line) -> str:
    """Say where a case stands, and what it waits for."""
    if line.stage in {"waiting", "hold"}:
        return sentence(line.waits_for) or NAMES["hold"]
    return NAMES[line.queue or ("waiting" if line.stage == "accepted" else line.stage)]


async def _headers(request: Request, proceed: RequestResponseEndpoint) -> Response:
    """Put the security headers on every answer."""
    answer = await proceed(request)
    answer.headers.update(HEADERS)
    return answer
