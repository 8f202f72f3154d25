"""Search: by what somebody remembers of a case. What is typed goes by a form, never in an address.

    POST /buscar  ->  303 /buscar/<a name that says nothing>

so that a page can be read again, gone back to and turned, and no browser or proxy keeps a person's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import get_args

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import within_reach
from desk.web.doors import Door
from desk.web.trays.kept import forget, keep, said
from desk.web.trays.lists import PROCEDURES, rows
from desk.web.trays.shown import offices, reach, tidied, tray_of
from desk.web.visit import Refused, Visit, number
from pipeline.case import Queue
from pipeline.trays.search import Search, found, numbered, too_short

FIELDS = ("text", "office", "procedure", "queue", "stage", "since", "until")
STAGES = ("accepted", "waiting", "hold", "routed", "returned", "resolved")
_LONGEST = 200


def ask(visit: Visit) -> Response:
    """Show the form."""
    return _form(visit, {}, {})


def search(visit: Visit) -> Response:
    """Open the case of an exact number; keep any other search and go to what it finds."""
    told = {name: visit.field(name).strip()[:_LONGEST] for name in FIELDS}
    named = numbered(visit.room.store, told["text"])
    # a case of another office is told from one that is not there by nothing
    if named is not None and within_reach(visit, named):
        return visit.to(f"/expedientes/{named}")
    wrong = {name: "search_day" for name in ("since", "until") if told[name] and _day(told[name]) is None}
    if too_short(told["text"]):
        wrong["text"] = "search_short"
    if wrong or not any(told.values()):
        return _form(visit, told, wrong or {"text": "search_nothing"})
    visit.audit("searched", fields=[name for name in FIELDS if told[name]])
    return visit.to(f"/buscar/{keep(visit, told)}")


def results(visit: Visit) -> Response:
    """Show what a search finds, the newest first."""
    told = said(visit, visit.path("search"))
    tidied(visit)
    shown = found(visit.room.store, _search(visit, told), number(visit.asked("tras")))
    more = f"/buscar/{visit.path('search')}?tras={shown.after}" if shown.after is not None else None
    return _form(
        visit, told, {}, result=True, after=more, id=visit.path("search"), **rows(visit, shown.lines)
    )


def save(visit: Visit) -> Response:
    """Keep a search under a name, without the person's name or number."""
    told = said(visit, visit.path("search"))
    if not visit.field("name").strip() or not any(told.get(name) for name in FIELDS[1:]):
        raise Refused(422, "nothing_to_keep")
    keep(visit, told, visit.field("name"))
    return visit.to("/bandejas")


def save_tray(visit: Visit) -> Response:
    """Keep a tray as it is narrowed under a name."""
    if not visit.field("name").strip():
        raise Refused(422, "nothing_to_keep")
    told = {"tray": tray_of(visit), "oficina": visit.field("oficina"), "tramite": visit.field("tramite")}
    keep(visit, told, visit.field("name"))
    return visit.to("/bandejas")


def drop(visit: Visit) -> Response:
    """Take a kept search away."""
    forget(visit, visit.path("search"))
    return visit.to("/bandejas")


def _form(visit: Visit, told: Mapping[str, str], wrong: Mapping[str, str], **values: object) -> Response:
    """Show the form, with what was typed, what is wrong in it, and what was found."""
    return visit.page(
        "trays/search.html",
        422 if wrong else 200,
        told={name: told.get(name, "") for name in FIELDS},
        wrong={name: visit.say(f"trays.{why}") for name, why in wrong.items()},
        offices=[(one, one) for one in offices(visit)],
        procedures=[(one, visit.say(f"trays.{one}")) for one in PROCEDURES],
        queues=[(one, visit.say(f"trays.queue_{one}")) for one in get_args(Queue)],
        stages=[(one, visit.say(f"trays.stage_{one}")) for one in STAGES],
        can_keep=any(told.get(name) for name in FIELDS[1:]),
        **{"result": False, **values},
    )


def _search(visit: Visit, told: Mapping[str, str]) -> Search:
    """Return what is asked for, of the cases that this person sees."""
    return Search(
        reach=reach(visit),
        at=visit.at,
        text=told.get("text", ""),
        office=told.get("office"),
        procedure=told.get("procedure"),
        queue=told.get("queue"),
        stage=told.get("stage"),
        since=_day(told.get("since", "")),
        until=_day(told.get("until", "")),
    )


def _day(text: str) -> dt.date | None:
    """Return a day as people write it, 27/03/2026; None where it is none."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    try:
        day, month, year = (int(part) for part in parts)
        return dt.date(year, month, day)
    except ValueError:
        return None


DOORS = (
    Door("/buscar", ask, Right.TRAYS),
    Door("/buscar", search, Right.TRAYS, methods=("POST",)),
    Door("/buscar/{search}", results, Right.TRAYS),
    Door("/buscar/{search}/guardar", save, Right.TRAYS, methods=("POST",)),
    Door("/buscar/{search}/quitar", drop, Right.TRAYS, methods=("POST",)),
    Door("/bandejas/{tray}/guardar", save_tray, Right.TRAYS, methods=("POST",)),
)
