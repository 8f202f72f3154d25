"""One's own page: language, shortcuts, password, telephone, and where one has come in."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from desk.people.accounts import by_id, checked
from desk.people.changing import By, WeakPasswordError, choose_password, prefer, without_codes
from desk.people.codes import required
from desk.people.rights import Right
from desk.people.sessions import Session, end, end_all, open_ones
from desk.people.tries import begun, for_code, succeeded
from desk.web import telephone
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from desk.web.words import LANGUAGES

_SHOWN = 16
"""Letters of a session's id by which its form names it: enough to tell them."""


def own(visit: Visit) -> Response:
    """Show the page."""
    return _page(visit)


def like(visit: Visit) -> Response:
    """Keep language and shortcuts."""
    language = visit.field("language")
    if language not in LANGUAGES:
        raise Refused(400, "bad_form")
    prefer(visit.room.store, visit.account, language=language, shortcuts=visit.field("shortcuts") == "yes")
    return visit.to("/cuenta?hecho=liked")


def password(visit: Visit) -> Response:
    """Change the password, knowing the old one; whoever else came in with it is out."""
    account, store = visit.account, visit.room.store
    if not account.password:
        raise Refused(404, "not_here")
    if not _knows_password(visit):
        return _page(visit, 422, error="wrong_password")
    new = visit.field("new_password")
    if new != visit.field("again_password"):
        return _page(visit, 422, error="not_twice")
    try:
        choose_password(store, _self(visit), account, new)
    except WeakPasswordError as weak:
        return _page(visit, 422, error=f"weak_{weak.why}")
    end_all(store, account.id, but=_session(visit).id)
    return visit.to("/cuenta?hecho=password")


def set_up(visit: Visit) -> Response:
    """Show a new secret for the telephone."""
    _codes_are_asked_for(visit)
    return visit.page("own_telephone.html", error="", **telephone.asked_for(visit, visit.account))


def confirm(visit: Visit) -> Response:
    """Take the first code of the telephone; show the spare codes once.

    The password is asked for: a desk that was left open is not enough to take somebody's way in over.
    """
    _codes_are_asked_for(visit)
    error = "wrong_code" if _knows_password(visit) else "wrong_password"
    spare = telephone.confirmed(visit, visit.account) if error == "wrong_code" else None
    if spare is None:
        told = telephone.asked_for(visit, visit.account, visit.field("secret"))
        return visit.page("own_telephone.html", 422, error=error, **told)
    visit.audit("codes-set-up")
    return visit.page("entry_spare.html", spare=spare, way_back="/cuenta", kept="", wanted="")


def give_up(visit: Visit) -> Response:
    """Ask for no codes any more, where they are one's own choice."""
    if required(visit.room.settings.desk, visit.account):
        raise Refused(403, "codes_required")
    if not _knows_password(visit):
        return _page(visit, 422, error="wrong_password_here")
    without_codes(visit.room.store, _self(visit), visit.account)
    return visit.to("/cuenta?hecho=no_codes")


def end_one(visit: Visit) -> Response:
    """End one of one's own sessions, or all but this one."""
    this, store, wanted = _session(visit), visit.room.store, visit.field("session")
    if wanted == "others":
        end_all(store, visit.account.id, but=this.id)
    else:
        for one in open_ones(store, visit.account, visit.at, visit.room.ends):
            if one.id[:_SHOWN] == wanted and one.id != this.id:
                end(store, one)
    visit.audit("sessions-ended")
    return visit.to("/cuenta?hecho=sessions")


def _page(visit: Visit, status: int = 200, *, error: str = "") -> Response:
    """Return the page, with what was wrong in it."""
    account = by_id(visit.room.store, visit.account.id)
    chosen = visit.room.settings.desk
    told: dict[str, Any] = {
        "account": account,
        "error": error,
        "done": visit.asked("hecho"),
        "sessions": open_ones(visit.room.store, visit.account, visit.at, visit.room.ends),
        "shown": _SHOWN,
        "codes": chosen.totp != "off" and visit.account.password,
        "codes_required": required(chosen, visit.account),
    }
    return visit.page("own.html", status, **told)


def _codes_are_asked_for(visit: Visit) -> None:
    """Refuse to set up what is not asked for, or could not be kept."""
    if visit.room.settings.desk.totp == "off" or not visit.account.password:
        raise Refused(404, "not_here")
    if not visit.room.seals.lasting:
        raise Refused(409, "no_secret")


def _knows_password(visit: Visit) -> bool:
    """Whether the form holds its person's password; raise Refused (429) after too many that were not."""
    store, by = visit.room.store, for_code(visit.account.id)
    if begun(store, by, visit.at) is not None:
        raise Refused(429, "too_often")
    if checked(store, visit.account.login, visit.field("password")) is None:
        return False
    succeeded(store, by, visit.at)
    return True


def _session(visit: Visit) -> Session:
    """Return the session of this browser."""
    assert visit.session is not None
    return visit.session


def _self(visit: Visit) -> By:
    """Say that somebody changes their own account."""
    return By(who=visit.account.login, at=visit.at)


DOORS = (
    Door("/cuenta", own, Right.OWN),
    Door("/cuenta", like, Right.OWN, methods=("POST",)),
    Door("/cuenta/contrasena", password, Right.OWN, methods=("POST",)),
    Door("/cuenta/telefono", set_up, Right.OWN),
    Door("/cuenta/telefono", confirm, Right.OWN, methods=("POST",)),
    Door("/cuenta/telefono/quitar", give_up, Right.OWN, methods=("POST",)),
    Door("/cuenta/sesiones", end_one, Right.OWN, methods=("POST",)),
)
