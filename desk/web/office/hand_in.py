"""The counter at the desk: papers handed in by upload, taken in by the same intake as a dropped file."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.spoken import typed_day
from desk.web.doors import Door
from desk.web.office.lists import own_offices, today
from desk.web.visit import Refused, Visit
from pipeline.handed import Presentation
from pipeline.intake.handing import NotTaken, Parcel, Sent, hand_in

PROCEDURES = ("convenio_especial", "asistencia_sanitaria")
_WORDS = ("filed_on", "registry_number", "procedure", "remarks", "office")
LONGEST = 4000
"""Signs of one word of a presentation; the intake takes no more."""


def counter(visit: Visit) -> Response:
    """Show what an office handed in today, and the form to hand in."""
    return _page(visit, _office(visit, visit.asked("oficina")), {})


def listed(visit: Visit) -> Response:
    """Show only the list, which asks for itself again while something of it moves."""
    return visit.page("office/list.html", today=today(visit, _office(visit, visit.asked("oficina"))))


def hand(visit: Visit) -> Response:
    """Take in what was sent; then the page of that entry, else the form with what is wrong."""
    office = _office(visit, visit.field("office"))
    wrong = _wrong(visit)
    if wrong:
        return _page(visit, office, wrong)
    taken = hand_in(visit.room.store, visit.room.settings, parcel(visit, office, _said(visit)), visit.at)
    if isinstance(taken, NotTaken):
        return _page(visit, office, {"files": visit.say(f"office.not_{taken.why}")})
    visit.audit("handed-in", taken.case, kind=taken.kind)
    return visit.to(f"/oficina/expedientes/{taken.number}?entrega={taken.order}")


def parcel(visit: Visit, office: str, said: Presentation | None, answers: str | None = None) -> Parcel:
    """Return the files of the form as they are handed in; `once` tells a form that is sent again."""
    sent = [Sent(one.filename or "", one.file) for one in visit.files("files")]
    once = f"{visit.account.login}:{visit.field('once')[:64] or secrets.token_urlsafe(16)}"
    return Parcel(office=office, files=sent, once=once, said=said, answers=answers)


def _office(visit: Visit, code: str) -> str:
    """Return the office that is meant: one of this person's own."""
    own = own_offices(visit)
    if not own or (code and code not in own):
        raise Refused(404, "not_here")
    return code or own[0]


def _wrong(visit: Visit) -> dict[str, str]:
    """Return what is wrong in the form, by field."""
    found = {}
    day = visit.field("filed_on").strip()
    known = typed_day(day) if day else None
    if day and known is None:
        found["filed_on"] = visit.say("office.wrong_day")
    elif known is not None and known > visit.at.date():
        found["filed_on"] = visit.say("office.wrong_to_come")
    if visit.field("procedure") not in {"", *PROCEDURES}:
        found["procedure"] = visit.say("office.wrong_procedure")
    for name in ("registry_number", "remarks"):
        if len(visit.field(name)) > LONGEST:
            found[name] = visit.say("office.wrong_long", most=LONGEST)
    if not visit.files("files"):
        found["files"] = visit.say("office.not_no-documents")
    return found


def _said(visit: Visit) -> Presentation | None:
    """Return what the clerk says of the filing, None where they say nothing."""
    day: dt.date | None = typed_day(visit.field("filed_on").strip())
    words = {name: visit.field(name).strip() or None for name in _WORDS[1:4]}
    if day is None and not any(words.values()):
        return None
    return Presentation(said_by="office", filed_on=day, **words)


def _page(visit: Visit, office: str, wrong: Mapping[str, str]) -> Response:
    """Return the page; what was typed stays, files have to be chosen again."""
    values: dict[str, Any] = {name: visit.field(name) for name in _WORDS}
    return visit.page(
        "office/today.html",
        422 if wrong else 200,
        office=office,
        offices=own_offices(visit),
        today=today(visit, office),
        typed=values,
        wrong=wrong,
        once=secrets.token_urlsafe(16),
        procedures=PROCEDURES,
    )


DOORS = (
    Door("/oficina", counter, Right.HAND_IN),
    Door("/oficina/lista", listed, Right.HAND_IN),
    Door("/oficina", hand, Right.HAND_IN, methods=("POST",), papers=True),
)
