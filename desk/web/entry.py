"""The way in and the way out."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.accounts import checked
from desk.people.rights import Right
from desk.people.sessions import Coming, begin, end
from desk.web.doors import COOKIE, OPEN, Door
from desk.web.visit import Visit
from pipeline.audit.chain import note


def ask(visit: Visit) -> Response:
    """Show the page that asks who comes."""
    return visit.to("/") if visit.session else visit.page("entry.html", wrong=False, login="")


def enter(visit: Visit) -> Response:
    """Let somebody in."""
    account = checked(visit.room.store, visit.field("login"), visit.field("password"))
    if account is None:
        return visit.page("entry.html", 403, wrong=True, login=visit.field("login"))
    if visit.session is not None:
        end(visit.room.store, visit.session)
    token = begin(visit.room.store, account, Coming(at=visit.at))
    with visit.room.store.writing() as transaction:
        note(transaction, account.login, "came-in", visit.at)
    answer = visit.to("/")
    secure = visit.request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


def leave(visit: Visit) -> Response:
    """Let somebody out."""
    assert visit.session is not None
    visit.audit("went-out")
    end(visit.room.store, visit.session)
    answer = visit.to("/entrar")
    answer.delete_cookie(COOKIE, path="/")
    return answer


DOORS = (
    Door("/entrar", ask, OPEN),
    Door("/entrar", enter, OPEN, methods=("POST",)),
    Door("/salir", leave, Right.OWN, methods=("POST",)),
)
