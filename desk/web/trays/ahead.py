"""Let a case go ahead of its turn by a reasoned written order, and take it back (Ley 39/2015, 71.2)."""

from __future__ import annotations

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import found
from desk.web.doors import Door
from desk.web.trays.shown import people
from desk.web.visit import Visit
from pipeline.trays.turns import Ahead, let_go_ahead, orders, take_back

_LONGEST = 4000


def ask(visit: Visit) -> Response:
    """Show the orders of a case, and the form for another."""
    case = found(visit, look="turn-seen")
    given = orders(visit.room.store, case.id)
    names = people(visit, [login for one in given for login in (one.by, one.ended_by)])
    return visit.page("trays/ahead.html", case=case, orders=given, people=names, why="", wrong="")


def order(visit: Visit) -> Response:
    """Write the order."""
    case = found(visit, look=None)
    why = visit.field("why").strip()
    given = orders(visit.room.store, case.id)
    if not why or len(why) > _LONGEST or _standing(given):
        names = people(visit, [login for one in given for login in (one.by, one.ended_by)])
        said = visit.say("trays.ahead_stands" if _standing(given) else "trays.ahead_why_wrong", most=_LONGEST)
        return visit.page("trays/ahead.html", 422, case=case, orders=given, people=names, why=why, wrong=said)
    with visit.acting(case.id, "let-ahead") as connection:
        let_go_ahead(connection, case.id, why, visit.account.login, visit.at)
    return visit.to(f"/expedientes/{case.number}/turno")


def back(visit: Visit) -> Response:
    """Take the order back."""
    case = found(visit, look=None)
    with visit.acting(case.id, "ahead-taken-back") as connection:
        take_back(connection, case.id, visit.account.login, visit.at)
    return visit.to(f"/expedientes/{case.number}/turno")


def _standing(given: tuple[Ahead, ...]) -> bool:
    """Whether an order stands."""
    return any(one.ended_at is None for one in given)


DOORS = (
    Door("/expedientes/{number}/turno", ask, Right.ASSIGN),
    Door("/expedientes/{number}/turno", order, Right.ASSIGN, methods=("POST",)),
    Door("/expedientes/{number}/turno/quitar", back, Right.ASSIGN, methods=("POST",)),
)
