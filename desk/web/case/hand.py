"""Whose a case is: taken, let go, given to somebody, put aside, sent to the other level, read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy.engine import Connection
from starlette.responses import Response

from desk.people.accounts import everybody
from desk.people.rights import Right
from desk.web.case.found import Found, found
from desk.web.case.spoken import hour, naming, page_of, tray, typed_day
from desk.web.doors import Door
from desk.web.visit import Refused, Values, Visit
from pipeline.acts import Stale
from pipeline.decisions import hand
from pipeline.decisions.handling import handled
from pipeline.decisions.kept import Decision, recent
from pipeline.decisions.reasons import ON_HOLD


def build(visit: Visit, case: Found) -> Values:
    """Return whose the case is, and what this person may do about it; who holds it keeps it by looking."""
    who, minutes = visit.account.login, visit.room.settings.desk.hold_minutes
    hand.renew(visit.room.store, case.id, who, visit.at, minutes)
    with visit.room.store.read() as connection:
        stands = handled(connection, case.id)
    return {
        "stands": stands,
        "holder": stands.holder(visit.at),
        "name": naming(visit),
        "until": hour(visit, stands.held_until),
        "since": hour(visit, stands.held_since),
        "aside": stands.on_hold_until is not None and stands.on_hold_until > visit.at.date(),
        "reasons": [(one, visit.say(f"hand.why_{one}")) for one in ON_HOLD],
        "people": _people(visit, case),
        "recent": lately(visit, but=case.id),
        "open": case.stage in {"routed", "resolved"} and not case.working,
        "tray": tray(visit),
    }


def lately(visit: Visit, but: str = "") -> list[tuple[Decision, str, str]]:
    """Return what this person decided and can still undo, but for one case: it, the number, until when."""
    with visit.room.store.read() as connection:
        found = recent(connection, visit.account.login, visit.at, but=but)
    return [(one, number, _until(visit, one)) for one, number in found]


def _until(visit: Visit, one: Decision) -> str:
    """Return until when a decision can be undone, empty while it waits for a second person."""
    return hour(visit, one.final_from(visit.room.settings.desk.undo_seconds))


def _people(visit: Visit, case: Found) -> list[tuple[str, str]]:
    """Return who may be given this case: anybody by who assigns, oneself by every other."""
    all_ = everybody(visit.room.store) if visit.account.may(Right.ASSIGN) else (visit.account,)
    may = (one for one in all_ if one.may(Right.DECIDE) and not one.locked)
    return [(one.login, one.name) for one in may if one.sees(case.office, case.queue, case.procedure)]


def take(visit: Visit) -> Response:
    """Take the case in hand, or let it go."""
    case, who = found(visit, look=None), visit.account.login
    letting_go = visit.field("act") == "let_go"
    with visit.acting(case.id, "let-go" if letting_go else "taken-in-hand") as connection:
        if letting_go:
            hand.let_go(connection, case.id)
        else:
            hand.take(connection, case.id, who, visit.at, visit.room.settings.desk.hold_minutes)
    return visit.to(page_of(visit, case))


def assign(visit: Visit) -> Response:
    """Give the case to somebody; a reviewer only to oneself, or back from oneself."""
    case, to = found(visit, look=None), visit.field("to")
    people = {login for login, _ in _people(visit, case)}
    if to and to not in people:
        return _wrong(visit, case, "bad_person")
    with visit.acting(case.id, "assigned", to=to) as connection:
        has = handled(connection, case.id).assigned_to
        if not visit.account.may(Right.ASSIGN) and has not in {None, visit.account.login}:
            raise Refused(403, "no_right")
        hand.assign(connection, case.id, to or None, visit.account.login)
    return visit.to(page_of(visit, case))


def aside(visit: Visit) -> Response:
    """Put the case aside until a day, or bring it back."""
    case = found(visit, look=None)
    if visit.field("act") == "back":
        with visit.acting(case.id, "brought-back") as connection:
            hand.bring_back(connection, case.id)
        return visit.to(page_of(visit, case))
    until, why = typed_day(visit.field("until")), visit.field("why")
    if until is None or until <= visit.at.date():
        return _wrong(visit, case, "bad_day")
    if why not in ON_HOLD:
        return _wrong(visit, case, "bad_why")
    try:
        with visit.acting(case.id, "put-aside", why=why, until=until.isoformat()) as connection:
            note, who = visit.field("note"), visit.account.login
            hand.put_aside(connection, case.id, until, why, note, who)
    except Stale as stale:
        return _wrong(visit, found(visit, look=None), f"stale_{stale.why}", 409)
    return visit.to(page_of(visit, case))


_LEVELS: Mapping[str, tuple[str, Callable[[Connection, str, str, str], None]]] = MappingProxyType(
    {"up": ("sent-up", hand.send_up), "down": ("sent-down", hand.send_down)}
)


def level(visit: Visit) -> Response:
    """Send the case to the second level, or back; a note says why."""
    case, act = found(visit, look=None), visit.field("act")
    if act not in _LEVELS:
        raise Refused(400, "not_here")
    if act == "down" and not visit.account.may(Right.ASSIGN):
        raise Refused(403, "no_right")
    if not visit.field("note").strip():
        return _wrong(visit, case, "missing_note")
    did, send = _LEVELS[act]
    try:
        with visit.acting(case.id, did) as connection:
            send(connection, case.id, visit.field("note"), visit.account.login)
    except Stale as stale:
        return _wrong(visit, found(visit, look=None), f"stale_{stale.why}", 409)
    return visit.to(page_of(visit, case))


def _wrong(visit: Visit, case: Found, what: str, status: int = 422) -> Response:
    """Show what is wrong with the form, which keeps what was typed."""
    values = {**build(visit, case), "wrong": what, "typed": visit.field}
    return visit.page("case/hand_page.html", status, case=case, p=values)


_AT = "/expedientes/{number}"
DOORS = (
    Door(f"{_AT}/mano", take, Right.WORK, methods=("POST",)),
    Door(f"{_AT}/asignar", assign, Right.WORK, methods=("POST",)),
    Door(f"{_AT}/aparcar", aside, Right.WORK, methods=("POST",)),
    Door(f"{_AT}/nivel", level, Right.WORK, methods=("POST",)),
)
