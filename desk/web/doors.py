"""The doors of the desk: an address, what answers there, and the right that it takes to come in.

    DOORS = (Door("/bandejas", trays, Right.TRAYS), Door("/entrar", enter, OPEN, methods=("POST",)))

There is no other way to make an address of the desk, so none can lack its right. What changes something takes
the token of the session, from a page of this desk. Endpoints are plain functions; they run in a thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from desk.people.rights import Right
from desk.people.sessions import Session
from desk.web import entrance
from desk.web.came import Came, came
from desk.web.forms import form, has_token, same_site
from desk.web.heard import DOOR
from desk.web.room import Room
from desk.web.typed import kept, of_form, secret
from desk.web.visit import Refused, Visit
from pipeline.acts import Stale
from pipeline.errors import EnvironmentFault
from pipeline.logs.plainly import told_plainly

OPEN: Final = "open"
"""What a door takes that everybody may pass."""
SAFE = frozenset({"GET", "HEAD"})
log = logging.getLogger("ventanilla.desk")


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `takes` is the right, or OPEN; through a door for *papers* a whole package may come."""

    path: str
    answer: Callable[[Visit], Response]
    takes: Right | Literal["open"]
    methods: tuple[str, ...] = ("GET",)
    papers: bool = False

    @property
    def name(self) -> str:
        """Return a name of its own, by which the matrix of rights knows it."""
        return f"{'/'.join(self.methods)} {self.path}"

    def route(self, room: Room) -> DoorRoute:
        """Return the address as the server knows it."""

        async def endpoint(request: Request) -> Response:
            request.scope[DOOR] = self.path
            seen = await run_in_threadpool(self._at_door, room, request)
            if request.method not in SAFE and (seen.refused is None or seen.late is not None):
                try:
                    sent = await form(request, room, papers=self.papers)
                    seen = seen._replace(visit=replace(seen.visit, form=sent))
                except Refused as refused:
                    seen = seen._replace(refused=refused)
            answer = await run_in_threadpool(self._answered, seen)
            await seen.visit.form.close()
            return answer

        made = DoorRoute(self.path, endpoint, methods=list(self.methods), name=self.name)
        made.door = self
        return made

    def again(self, visit: Visit) -> Response:
        """Answer what is sent once more for who has come in now: the desk itself vouches for the form."""
        return _told(visit, lambda: self._let_through(visit))

    def _at_door(self, room: Room, request: Request) -> _Seen:
        """Look who comes, and whether they may; nothing of what was sent is read yet."""
        visit = Visit(request=request, room=room, session=None, form=FormData(), at=room.now())
        try:
            who = came(room, request)
        except EnvironmentFault as fault:
            return _Seen(visit, _unavailable(fault))
        visit = replace(visit, session=who.session, half=who.half)
        try:
            self._refuse(visit)
        except Refused as refused:
            return _Seen(visit, refused, who.ended if refused.status == 401 else None)
        return _Seen(visit)

    def _answered(self, seen: _Seen) -> Response:
        """Answer, or say why not."""
        visit = seen.visit

        def answer() -> Response:
            if seen.refused is not None:
                raise seen.refused
            if visit.request.method not in SAFE and not self._from_own_page(visit):
                return _ask_again(visit)
            return self.answer(visit)

        late = seen.late if seen.late is not None and _typed_here(visit, seen.late) else None
        return _told(visit, answer, late)

    def _let_through(self, visit: Visit) -> Response:
        """Answer who has the right."""
        self._refuse(visit)
        return self.answer(visit)

    def _refuse(self, visit: Visit) -> None:
        """Let nobody through who has not the right, and nothing that a page of another site sent."""
        if self.takes != OPEN:
            if visit.session is None:
                raise Refused(401, "come_in")
            if not visit.account.may(self.takes):
                raise Refused(403, "no_right")
        if visit.request.method not in SAFE and same_site(visit) is False:
            raise Refused(403, "other_site")

    def _from_own_page(self, visit: Visit) -> bool:
        """Whether a page of this session sent the form; behind open doors, of this desk."""
        if self.takes == OPEN and same_site(visit):
            return True
        return not visit.csrf or has_token(visit, visit.csrf)


class DoorRoute(Route):
    """The address of a door, as the server knows it."""

    door: Door


class _Seen(NamedTuple):
    """A request at its door: why it goes no further, and whose session ended before it came."""

    visit: Visit
    refused: Refused | None = None
    late: Session | None = None


def _told(visit: Visit, answer: Callable[[], Response], late: Session | None = None) -> Response:
    """Return the *answer*, or the page that says why there is none."""
    try:
        return answer()
    except Refused as refused:
        return wrong(visit, refused, late)
    except Stale as stale:
        return wrong(visit, Refused(409, stale.why, whose=stale.whose))
    except EnvironmentFault as fault:
        return wrong(visit, _unavailable(fault))
    except Exception as error:  # noqa: BLE001 - the last seam before a person, who is told without its words
        log.error("%s", told_plainly(error))  # noqa: TRY400 - a traceback shows the text of the error
        return broken(visit)


def _typed_here(visit: Visit, late: Session) -> bool:
    """Whether somebody typed a form on a page of this desk: no other page has one sent after the entrance."""
    here = same_site(visit)
    return has_token(visit, late.csrf) if here is None else here


def _unavailable(fault: EnvironmentFault) -> Refused:
    """Say that something is missing that is expected to come back."""
    log.error("%s", fault.what)
    return Refused(503, "unavailable")


def _ask_again(visit: Visit) -> Response:
    """Show once more what came with the token of an earlier session, for its person to send it now.

    Raises:
        Refused: the browser does not say that a page of this desk sent it, or it holds a password.
    """
    texts, files = of_form(visit)
    if not same_site(visit) or secret(texts):
        raise Refused(403, "other_site")
    return visit.page("again.html", 403, why="entry.again_token", **entrance.again(visit, texts, files))


def wrong(visit: Visit, refused: Refused, late: Session | None = None) -> Response:
    """Return the page that says why not, and what to do; what was typed *late* is kept in it."""
    if refused.status != 401:
        return visit.page("wrong.html", refused.status, why=refused.why, values=refused.values)
    if visit.request.method in SAFE and not visit.in_part:
        return visit.to(entrance.way_in(visit))
    sealed = kept(visit, late) if late is not None else None
    told = {
        "kept": sealed or "",
        "lost": sealed is None and late is not None,
        "files": bool(of_form(visit)[1]),
        "wanted": entrance.page_of_part(visit),
    }
    return entrance.shown(visit, 401, why="ended", **told)


def broken(visit: Visit) -> Response:
    """Return the page that says that the program failed."""
    try:
        return visit.page("wrong.html", 500, why="broken", values={})
    except Exception as error:  # noqa: BLE001 - the page itself is broken
        log.error("%s", told_plainly(error))  # noqa: TRY400 - a traceback shows the text of the error
        return PlainTextResponse(visit.say("wrong.broken"), 500)


def routes(room: Room, doors: tuple[Door, ...]) -> Iterator[DoorRoute]:
    """Yield the addresses of *doors*."""
    yield from (door.route(room) for door in doors)


def nowhere(room: Room, request: Request, status: int = 404) -> Response:
    """Answer where there is no door, or not by this method."""
    try:
        who = came(room, request)
    except EnvironmentFault:
        who = Came()
    visit = Visit(
        request=request, room=room, session=who.session, form=FormData(), at=room.now(), half=who.half
    )
    why = {404: "not_here", 405: "no_method", 408: "slow", 413: "too_much"}.get(status, "bad_form")
    return _told(visit, lambda: wrong(visit, Refused(status, why)))
