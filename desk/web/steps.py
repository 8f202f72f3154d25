"""The steps between the password and being in: a code, a password of one's own, a telephone."""

from __future__ import annotations

import math

from starlette.responses import Response

from desk.people.accounts import by_id, checked
from desk.people.changing import By, WeakPasswordError, choose_password
from desk.people.codes import used
from desk.people.sessions import Owed, Session
from desk.people.tries import begun, for_code, succeeded
from desk.web import telephone
from desk.web.doors import OPEN, Door
from desk.web.entrance import carried
from desk.web.entry import arrive, let_in, step
from desk.web.visit import Refused, Visit


def code(visit: Visit) -> Response:
    """Take the code of a telephone, or a spare one."""
    half, told = _owing(visit, "code"), carried(visit)
    store, by = visit.room.store, for_code(half.account.id)
    pause = begun(store, by, visit.at)
    if pause is not None:
        return step(visit, 429, error="wait", seconds=math.ceil(pause.total_seconds()), carried=told)
    if not used(store, visit.room.seals, half.account, visit.field("code"), visit.at):
        return step(visit, 403, error="wrong_code", carried=told)
    succeeded(store, by, visit.at)
    return let_in(visit, half.account, half.way, told, passed=True)


def password(visit: Visit) -> Response:
    """Take the password that somebody chooses in place of the one that was given to them."""
    half, told = _owing(visit, "password"), carried(visit)
    new = visit.field("new_password")
    if new != visit.field("again_password"):
        return step(visit, 422, error="not_twice", carried=told)
    if checked(visit.room.store, half.account.login, new) is not None:
        return step(visit, 422, error="same_password", carried=told)
    try:
        choose_password(visit.room.store, By(who=half.account.login, at=visit.at), half.account, new)
    except WeakPasswordError as weak:
        return step(visit, 422, error=f"weak_{weak.why}", carried=told)
    account = by_id(visit.room.store, half.account.id)
    assert account is not None
    return let_in(visit, account, half.way, told, passed=True)


def totp(visit: Visit) -> Response:
    """Take the first code of a new telephone; show the spare codes once."""
    half, told = _owing(visit, "totp"), carried(visit)
    spare = telephone.confirmed(visit, half.account)
    if spare is None:
        return step(visit, 403, error="wrong_code", carried=told)
    account = by_id(visit.room.store, half.account.id)
    assert account is not None
    answer = let_in(visit, account, half.way, passed=True)
    page = visit.page("entry_spare.html", spare=spare, way_on="/entrar/enviar", **told._asdict())
    # the cookies of who has come in, on the page that must be seen first
    page.raw_headers.extend(pair for pair in answer.raw_headers if pair[0] == b"set-cookie")
    return page


def send(visit: Visit) -> Response:
    """Send what was typed before, for who came in by another way or on another page meanwhile."""
    if visit.session is None:
        raise Refused(401, "come_in")
    return arrive(visit, carried(visit))


def _owing(visit: Visit, owed: Owed) -> Session:
    """Return who has this step left."""
    if visit.half is None or visit.half.owes != owed:
        raise Refused(401, "come_in")
    return visit.half


DOORS = (
    Door("/entrar/codigo", code, OPEN, methods=("POST",)),
    Door("/entrar/contrasena", password, OPEN, methods=("POST",)),
    Door("/entrar/telefono", totp, OPEN, methods=("POST",)),
    Door("/entrar/enviar", send, OPEN, methods=("POST",)),
)
