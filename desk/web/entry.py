"""The way in by password and the way out."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from desk.people.accounts import Account, by_login, checked
from desk.people.codes import required
from desk.people.rights import Right
from desk.people.sessions import Coming, Owed, Way, begin, current, end
from desk.people.tries import begun, counted, succeeded
from desk.web import entrance
from desk.web.came import address, cookie, vouched
from desk.web.doors import OPEN, Door, DoorRoute
from desk.web.entrance import NOTHING, Carried, carried
from desk.web.telephone import asked_for
from desk.web.typed import Typed, opened, taken
from desk.web.visit import Refused, Visit
from pipeline.audit.chain import note

_KNOWN = "conocido"
_KNOWN_SECONDS = 180 * 24 * 3600


def ask(visit: Visit) -> Response:
    """Show the page that asks who comes, or the step that is left; who is in goes on."""
    wanted = visit.asked("a") if entrance.own(visit.asked("a")) else ""
    if visit.session is not None:
        return visit.to(wanted or "/")
    if visit.half is not None:
        return step(visit, carried=Carried(wanted=wanted))
    login = vouched(visit.room, visit.request)
    account = None if login is None else by_login(visit.room.store, login)
    if account is not None and not account.locked:
        return let_in(visit, account, "proxy", Carried(wanted=wanted))
    return entrance.shown(
        visit, 200 if login is None else 403, why="" if login is None else "nobody", wanted=wanted
    )


def enter(visit: Visit) -> Response:
    """Let in who gives the password of an account; others wait longer each time."""
    if not visit.room.settings.desk.passwords:
        raise Refused(404, "not_here")
    store, login = visit.room.store, visit.field("login")
    with_them = carried(visit)
    told = {"login": login, **with_them._asdict()}
    by = counted(login, address(visit.request), _browser(visit, login))
    pause = begun(store, by, visit.at)
    if pause is not None:
        return entrance.shown(visit, 429, why="wait", seconds=math.ceil(pause.total_seconds()), **told)
    account = checked(store, login, visit.field("password"))
    if account is None:
        _note_failure(visit, login)
        return entrance.shown(visit, 403, why="wrong", **told)
    succeeded(store, by, visit.at)
    return let_in(visit, account, "password", with_them)


def let_in(
    visit: Visit, account: Account, way: Way, carried: Carried = NOTHING, *, passed: bool = False
) -> Response:
    """Let somebody in, or one step further; *passed*: the code of their telephone was right.

    Whatever session the browser had is over: nobody who knew its token comes in with this one.
    """
    store, before = visit.room.store, visit.session or visit.half
    if before is not None:
        end(store, before)
    owes = _owed(visit, account, way, passed=passed)
    agent = visit.request.headers.get("User-Agent", "")
    coming = Coming(at=visit.at, way=way, owes=owes, address=address(visit.request), agent=agent)
    token = begin(store, account, coming)
    session = current(store, token, visit.at, visit.room.ends)
    assert session is not None
    if owes:
        half = replace(visit, session=None, half=session)
        return _with_cookies(visit, step(half, carried=carried), token)
    now = replace(visit, session=session, half=None)
    now.audit("came-in", way=way)
    return _with_cookies(visit, arrive(now, carried), token, account)


def arrive(visit: Visit, carried: Carried) -> Response:
    """Send who has come in to where they were going, with what they had typed there."""
    assert visit.session is not None
    typed = opened(visit, carried.kept)
    if typed is None:
        return visit.to(carried.wanted if entrance.own(carried.wanted) else "/")
    if not taken(visit, typed, visit.session):
        return visit.page("wrong.html", 409, why="not_sent", values={})
    door, again = _door(visit, typed)
    if typed.files:
        return again.page(
            "again.html", why="entry.again_files", **entrance.again(again, typed.texts, typed.files)
        )
    return door.again(again)


def step(
    visit: Visit, status: int = 200, *, error: str = "", carried: Carried = NOTHING, seconds: int = 0
) -> Response:
    """Show the step that is left before somebody is in."""
    assert visit.half is not None
    values: dict[str, object] = {"error": error, "seconds": seconds, **carried._asdict()}
    if visit.half.owes == "totp":
        values |= asked_for(visit, visit.half.account, visit.field("secret"))
    return visit.page(f"entry_{visit.half.owes}.html", status, **values)


def leave(visit: Visit) -> Response:
    """Let somebody out."""
    assert visit.session is not None
    visit.audit("went-out")
    end(visit.room.store, visit.session)
    answer = visit.to("/entrar")
    answer.delete_cookie(
        cookie(visit.request), path="/", secure=_secure(visit), httponly=True, samesite="lax"
    )
    # pictures of pages stay with the browser for a while: the next person at it is to find none
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _owed(visit: Visit, account: Account, way: Way, *, passed: bool) -> Owed:
    """Return the step that is left; who is vouched for by somebody else has none."""
    chosen = visit.room.settings.desk
    if way != "password":
        return ""
    if account.totp and chosen.totp != "off" and not passed:
        return "code"
    if account.must_change:
        return "password"
    return "totp" if required(chosen, account) and not account.totp else ""


def _door(visit: Visit, typed: Typed) -> tuple[Door, Visit]:
    """Return the door that a form was sent to, and the visit to it with that form."""
    scope = {
        **visit.request.scope,
        "method": "POST",
        "path": typed.path,
        "raw_path": typed.path.encode(),
        "query_string": typed.query.encode(),
    }
    for route in visit.request.app.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, DoorRoute):
            request = Request({**scope, **found})
            return route.door, replace(visit, request=request, form=FormData(list(typed.texts)))
    raise Refused(404, "not_here")


def _browser(visit: Visit, login: str) -> str | None:
    """Return a name for a browser in which this login came in before, None for another."""
    sealed = visit.request.cookies.get(_KNOWN, "")
    words = visit.room.seals.opened("browser", sealed)
    if words is None or words.decode().partition("\n")[0] != login.strip().casefold():
        return None
    return hashlib.sha256(words).hexdigest()


def _note_failure(visit: Visit, login: str) -> None:
    """Keep that somebody did not come in; what was typed is kept only if it is an account's name."""
    account = by_login(visit.room.store, login)
    with visit.room.store.writing() as transaction:
        note(transaction, account.login if account else "-", "entry-refused", visit.at)


def _with_cookies(visit: Visit, answer: Response, token: str, account: Account | None = None) -> Response:
    """Put the cookie of the session on an answer, and of the browser of who is in."""
    secure = _secure(visit)
    answer.set_cookie(cookie(visit.request), token, httponly=True, samesite="lax", secure=secure, path="/")
    if account is not None and _browser(visit, account.login) is None:
        words = f"{account.login}\n{secrets.token_hex(16)}".encode()
        sealed = visit.room.seals.seal("browser", words)
        # the entrance speaks to this person as the pages do
        answer.set_cookie(
            "lengua", account.language, _KNOWN_SECONDS, httponly=True, samesite="lax", secure=secure, path="/"
        )
        answer.set_cookie(
            _KNOWN, sealed, _KNOWN_SECONDS, httponly=True, samesite="lax", secure=secure, path="/"
        )
    return answer


def _secure(visit: Visit) -> bool:
    """Whether the browser reached the desk by https."""
    return visit.request.url.scheme == "https"


DOORS = (
    Door("/entrar", ask, OPEN),
    Door("/entrar", enter, OPEN, methods=("POST",)),
    Door("/salir", leave, Right.OWN, methods=("POST",)),
)
