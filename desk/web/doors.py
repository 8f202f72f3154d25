"""The doors of the desk: an address, what answers there, and the right that it takes to come in.

    DOORS = (Door("/bandejas", trays, Right.TRAYS), Door("/entrar", enter, OPEN, methods=("POST",)))

There is no other way to make an address of the desk, so none can lack its right. What changes something takes
the token of the session, from a page of this desk. Endpoints are plain functions; they run in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import Final, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

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
LARGEST_FORM = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `takes` is the right, or OPEN; through a door for *papers* a whole package may come."""

    path: str
    answer: Callable[[Visit], Response]
    takes: Right | Literal["open"]
    methods: tuple[str, ...] = ("GET",)
    papers: bool = False

    def route(self, room: Room) -> Route:
        """Return the address as the server knows it."""

        async def endpoint(request: Request) -> Response:
            session = await run_in_threadpool(_session, room, request)
            visit = Visit(request=request, room=room, session=session, form=FormData(), at=room.now())
            if request.method not in SAFE and self._lets_in(session):
                try:
                    visit = replace(visit, form=await _form(request, room, papers=self.papers))
                except Refused as refused:
                    return await run_in_threadpool(wrong, visit, refused)
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

    def _lets_in(self, session: Session | None) -> bool:
        """Tell whether what is sent is read at all."""
        return self.takes == OPEN or (session is not None and session.account.may(self.takes))

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


async def _form(request: Request, room: Room, *, papers: bool) -> FormData:
    """Return what was sent, within limits; files go to the disk as they come.

    Raises:
        Refused: more is sent than may be, or it is no form.
    """
    limits = room.settings.limits
    most = MOST_FIELDS * 1024 + (limits.package if papers else LARGEST_FORM)
    # one file more than a package may have is refused by whoever takes it in, with the words for it
    files = limits.members + 1 if papers else MOST_FILES
    counted = Request(request.scope, _counted(request.receive, most))
    try:
        return await counted.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    except HTTPException:
        raise Refused(400, "bad_form") from None


def _counted(receive: Receive, most: int) -> Receive:
    """Return *receive*, until it has given *most* bytes."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise Refused(413, "too_much")
        return message

    return counted


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
