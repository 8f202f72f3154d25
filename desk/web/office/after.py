"""What is asked and done of a case after it was filed: the page with its forms, and what each form does."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import Found, found, within_reach
from desk.web.case.spoken import typed_day
from desk.web.doors import Door
from desk.web.office.entry import base
from desk.web.office.hand_in import LONGEST, parcel
from desk.web.visit import Values, Visit
from pipeline.after_filing.asking import Asked, ask
from pipeline.after_filing.joining import join
from pipeline.after_filing.moving import move, take_back
from pipeline.after_filing.open import NotDone
from pipeline.after_filing.parting import Choice, papers, part
from pipeline.after_filing.record import ASKED, Kind, of_case
from pipeline.after_filing.told import Telling, other
from pipeline.folders.places import offices
from pipeline.intake.handing import NotTaken

FORMS: Final = ("pedir", "separar", "unir", "trasladar", "retirar")
_FIELDS: Final = ("kind", "entered_on", "text", "everybody", "into", "office", "why", "sure")


def build(visit: Visit, case: Found) -> Values:
    """Return what the panel of the case's page shows."""
    return {"rows": rows(visit, case), "base": base(visit), "may": _may(visit)}


def asked(visit: Visit, case: Found) -> Values:
    """Return what the person asked after filing, for whoever opens the case to see first."""
    return {"rows": [row for row in rows(visit, case) if row["asked"]]}


def rows(visit: Visit, case: Found) -> list[dict[str, Any]]:
    """Return what came after the filing of *case*, as people read it."""
    return [
        {
            "told": one,
            "what": visit.say(f"after.{one.kind}", other=other(one)),
            "text": str(one.said.get("text") or one.said.get("why") or ""),
            "partly": one.said.get("everybody") is False,
            "asked": one.kind in ASKED,
        }
        for one in of_case(visit.room.store, case.id)
    ]


def _may(visit: Visit) -> bool:
    """Whether this person does any of it."""
    return visit.account.may(Right.HAND_IN) or visit.account.may(Right.WORK)


def page(visit: Visit) -> Response:
    """Show what came after filing, and the forms."""
    return _page(visit, found(visit))


def _page(visit: Visit, case: Found, form: str = "", wrong: Mapping[str, str] | None = None) -> Response:
    """Return the page; where a form was wrong it is open, with what was typed."""
    here = visit.room.settings.folders
    try:
        others = [place.office for place in offices(here.root) if place.office != case.office]
    except OSError:
        others = []
    return visit.page(
        "office/after.html",
        422 if wrong else 200,
        case=case,
        rows=rows(visit, case),
        base=base(visit),
        papers=_papers(case),
        offices=others,
        kinds=[kind.value for kind in ASKED],
        form=form,
        wrong=wrong or {},
        typed={name: visit.field(name) for name in _FIELDS},
        goes={name: visit.field(name) for name, _ in _papers(case)},
        once=secrets.token_urlsafe(16),
    )


def _papers(case: Found) -> list[tuple[str, str]]:
    """Return the papers that a case counts: how the form calls each, and its name."""
    return [(f"paper{n}", name) for n, name in enumerate(papers(case.report).values())]


def _done(visit: Visit, case: Found) -> Response:
    """Tell it in the folders at once, or leave that to a worker; then show the case again."""
    Telling(visit.room.store, visit.room.settings)(visit.at, case.id)
    return visit.to(f"{base(visit)}/{case.number}/despues")


def _form(name: str, act: Callable[[Visit, Found], Response]) -> Callable[[Visit], Response]:
    """Return the endpoint of one form: what cannot be done is said in it, and nothing is written."""

    def endpoint(visit: Visit) -> Response:
        case = found(visit, look=None)
        try:
            if len(visit.field("text")) > LONGEST or len(visit.field("why")) > LONGEST:
                return _page(visit, case, name, {"": visit.say("office.wrong_long", most=LONGEST)})
            return act(visit, case)
        except NotDone as refused:
            return _page(visit, case, name, {"": visit.say(f"after.not_{refused.why}")})

    return endpoint


def asks(visit: Visit, case: Found) -> Response:
    """Keep what the person asks."""
    kind, day = visit.field("kind"), typed_day(visit.field("entered_on").strip())
    if kind not in {one.value for one in ASKED}:
        return _page(visit, case, "pedir", {"kind": visit.say("after.wrong_kind")})
    if day is None:
        return _page(visit, case, "pedir", {"entered_on": visit.say("office.wrong_day")})
    paper = parcel(visit, case.office, None, answers=case.number) if visit.files("files") else None
    asked = Asked(
        kind=Kind(kind),
        entered_on=day,
        once=f"{visit.account.login}:{visit.field('once')[:64]}",
        text=visit.field("text"),
        everybody=visit.field("everybody", "yes") != "no",
        paper=paper,
    )
    room = visit.room
    why = ask(room.store, room.settings, room.calendars, case.id, asked, visit.act("asked-after-filing"))
    if isinstance(why, NotTaken):
        return _page(visit, case, "pedir", {"files": visit.say(f"office.not_{why.why}")})
    return _done(visit, case)


def parts(visit: Visit, case: Found) -> Response:
    """Carry papers to a case of their own, or to another one."""
    keys = dict(zip((name for name, _ in _papers(case)), papers(case.report), strict=True))
    goes = {name: visit.field(name) for name in keys}
    choice = Choice(
        out=frozenset(keys[name] for name, where in goes.items() if where == "out"),
        both=frozenset(keys[name] for name, where in goes.items() if where == "both"),
        into=_into(visit),
        why=visit.field("why"),
    )
    part(visit.room.store, visit.room.settings, case.id, choice, visit.act("papers-carried"))
    return _done(visit, case)


def _into(visit: Visit) -> str | None:
    """Return the number of the other case that the form names; raise NotDone for one out of reach."""
    into = visit.field("into").strip()
    if into and not within_reach(visit, into):
        raise NotDone("no_case")
    return into or None


def joins(visit: Visit, case: Found) -> Response:
    """Make the case part of another."""
    act = visit.act("joined-into")
    join(
        visit.room.store,
        visit.room.settings,
        case.id,
        _into(visit) or "",
        visit.field("why"),
        act,
    )
    return _done(visit, case)


def moves(visit: Visit, case: Found) -> Response:
    """Give the case to another office; who does not reach that one goes back to their own page."""
    office = visit.field("office")
    move(
        visit.room.store,
        visit.room.settings,
        case.id,
        office,
        visit.field("why"),
        visit.act("office-moved"),
    )
    if visit.account.reaches(office):
        return _done(visit, case)
    Telling(visit.room.store, visit.room.settings)(visit.at, case.id)
    return visit.to("/oficina" if visit.account.may(Right.HAND_IN) else "/bandejas")


def takes_back(visit: Visit, case: Found) -> Response:
    """End a case that was handed in by mistake."""
    if visit.field("sure") != "yes":
        return _page(visit, case, "retirar", {"sure": visit.say("after.wrong_sure")})
    take_back(visit.room.store, case.id, visit.field("why"), visit.act("taken-back"))
    return _done(visit, case)


_ACTS = dict(zip(FORMS, (asks, parts, joins, moves, takes_back), strict=True))


def _doors(lead: str, takes: Right) -> tuple[Door, ...]:
    """Return the doors for whoever has one of the two rights."""
    return (
        Door(f"{lead}/{{number}}/despues", page, takes),
        *(
            Door(f"{lead}/{{number}}/despues/{name}", _form(name, act), takes, ("POST",), papers=act is asks)
            for name, act in _ACTS.items()
        ),
    )


DOORS = (*_doors("/oficina/expedientes", Right.HAND_IN), *_doors("/expedientes", Right.WORK))
