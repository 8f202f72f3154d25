"""The doors of the desk: an address, what answers there, and the right that it takes to come in.

    DOORS = (Door("/bandejas", trays, Right.TRAYS), Door("/entrar", enter, OPEN, methods=("POST",)))

There is no other way to make an address of the desk, so none can lack its right. What changes something takes
the token of the session, from a page of this desk. Endpoints are plain functions; they run in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from desk.people.rights import Right
from desk.people.sessions import Session, current
from desk.web.room import Room
from desk.web.visit import Refused, Visit
from pipeline.acts import Stale

OPEN: Final = "open"
"""What a door takes that everybody may pass."""
COOKIE = "ventanilla"
SAFE = frozenset({"GET", "HEAD"})
MOST_FILES, MOST_FIELDS, LARGEST_FIELD = 50, 400, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `takes` is the right, or OPEN."""

    path: str
    answer: Callable[[Visit], Response]
    takes: Right | Literal["open"]
    methods: tuple[str, ...] = ("GET",)

    def route(self, room: Room) -> Route:
        """Return the address as the server knows it."""

        async def endpoint(request: Request) -> Response:
            session = await run_in_threadpool(_session, room, request)
            form = FormData() if request.method in SAFE else await _form(request)
            visit = Visit(request=request, room=room, session=session, form=form, at=room.now())
            return await run_in_threadpool(self._answered, visit)

        # a name of its own for each, by which the matrix of rights knows it
        return Route(
            self.path, endpoint, methods=list(self.methods), name=f"{'/'.join(self.methods)} {self.path}"
        )

    def _answered(self, visit: Visit) -> Response:
        """Answer, or say why not."""
        try:
            self._refuse(visit)
            return self.answer(visit)
        except Refused as refused:
            return wrong(visit, refused)
        except Stale as stale:
            return wrong(visit, Refused(409, stale.why, whose=stale.whose))

    def _refuse(self, visit: Visit) -> None:
        """Let nobody through who has not the right, and no form that no page of the desk sent."""
        if self.takes != OPEN:
            if visit.session is None:
                raise Refused(401, "come_in")
            if not visit.account.may(self.takes):
                raise Refused(403, "no_right")
        if visit.request.method not in SAFE:
            _own_page(visit)


def _session(room: Room, request: Request) -> Session | None:
    """Return who has come in."""
    token = request.cookies.get(COOKIE)
    return current(room.store, token, room.now()) if token else None


async def _form(request: Request) -> FormData:
    """Return what was sent, within limits."""
    return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)


def _own_page(visit: Visit) -> None:
    """Refuse what comes from another site, or without the token of the session."""
    origin = visit.request.headers.get("Origin")
    own = str(visit.request.base_url).rstrip("/")
    if origin is not None and origin != own:
        raise Refused(403, "other_site")
    if visit.session is None:
        return
    sent = visit.request.headers.get("X-CSRF") or visit.field("csrf")
    if not compare_digest(sent.encode(), visit.session.csrf.encode()):
        raise Refused(403, "other_site")


def wrong(visit: Visit, refused: Refused) -> Response:
    """Return the page that says why not, and what to do."""
    if refused.status == 401 and visit.request.method in SAFE and not visit.in_part:
        return visit.to("/entrar")
    return visit.page("wrong.html", refused.status, why=refused.why, values=refused.values)


def routes(room: Room, doors: tuple[Door, ...]) -> Iterator[Route]:
    """Yield the addresses of *doors*."""
    yield from (door.route(room) for door in doors)


def nowhere(room: Room, request: Request) -> Response:
    """Answer where there is no door."""
    visit = Visit(request=request, room=room, session=_session(room, request), form=FormData(), at=room.now())
    found = wrong(visit, Refused(404, "not_here"))
    return HTMLResponse(found.body, status_code=404)
