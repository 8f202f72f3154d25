"""Who has come in to make a request: by the cookie of a session, or in the word of the proxy in front."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from desk.people.sessions import Session, current, known
from desk.web.fence import TRUSTED
from desk.web.room import Room

COOKIE = "ventanilla"
QUIET = "X-Quiet"
"""What a page says when it asks by itself, to show new figures: nobody need be there."""


class Came(NamedTuple):
    """`session`: somebody who is in; `half`: who has a step left; `ended`: whose session ended by time."""

    session: Session | None = None
    half: Session | None = None
    ended: Session | None = None


def cookie(request: Request) -> str:
    """Return the name of the cookie: under https one that no other host may set."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def came(room: Room, request: Request) -> Came:
    """Return who makes a request."""
    token = request.cookies.get(cookie(request))
    if not token:
        return Came()
    found = current(room.store, token, room.now(), room.ends, alive=QUIET not in request.headers)
    if found is None:
        return Came(ended=_ended(room, token))
    told = vouched(room, request)
    # the proxy lets another person through, or nobody any more, where it once vouched for this one
    if (told is not None or found.way == "proxy") and told != found.account.login:
        return Came()
    return Came(half=found) if found.owes else Came(session=found)


def vouched(room: Room, request: Request) -> str | None:
    """Return the login that the proxy in front says, None where there is none that is to be believed."""
    header = room.settings.desk.proxy_header
    if not header or not request.scope.get(TRUSTED):
        return None
    return request.headers.get(header, "").strip().casefold() or None


def address(request: Request) -> str:
    """Return from where a request comes, as far as is known."""
    return request.client.host if request.client else ""


def _ended(room: Room, token: str) -> Session | None:
    """Return the session that a cookie was of before it ended by time."""
    found = known(room.store, token)
    return None if found is None or found.owes or found.account.locked else found
