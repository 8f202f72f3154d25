"""The first page, all trays with their counts, and one tray with its cases."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.hand import lately
from desk.web.doors import Door
from desk.web.trays.clock import Clock
from desk.web.trays.kept import kept
from desk.web.trays.shown import groups, may_see, named, offices, people, tidied, tray_of, wanted
from desk.web.visit import Values, Visit
from pipeline.trays import kinds
from pipeline.trays.counts import count, counts
from pipeline.trays.listed import Line, first_free, page
from pipeline.trays.wanted import Key

PROCEDURES = ("convenio_especial", "asistencia_sanitaria", "unknown")
_ALWAYS = (kinds.MINE, kinds.IN_HAND)
"""Trays that are shown empty too."""


def first(visit: Visit) -> Response:
    """Send each to where their work is."""
    if visit.account.may(Right.TRAYS):
        return visit.to("/bandejas")
    if visit.account.may(Right.ACCOUNTS):
        return visit.to("/cuentas")
    if visit.account.may(Right.FIGURES):
        return visit.to("/gestion")
    return visit.page("first.html")


def trays(visit: Visit) -> Response:
    """Show the trays that somebody sees, each with its count, its oldest case and its next legal day."""
    late = tidied(visit)
    seen = {group: [one for one in all_ if may_see(visit, one)] for group, all_ in groups()}
    found = counts(visit.room.store, wanted(visit, ""), [one for all_ in seen.values() for one in all_])
    shown = {
        group: [
            (one, named(visit.say, one), found[one]) for one in all_ if found[one].cases or one in _ALWAYS
        ]
        for group, all_ in seen.items()
    }
    return visit.page(
        "trays/board.html", groups=shown, late=late, saved=kept(visit), today=visit.at.date(), days=_days
    )


def tray(visit: Visit) -> Response:
    """Show a page of one tray."""
    name = tray_of(visit)
    late = tidied(visit)
    asked = wanted(visit, name)
    after, before = Key.of(visit.asked("tras")), Key.of(visit.asked("antes"))
    shown = page(visit.room.store, asked, after=after, before=before)
    total = count(visit.room.store, asked)
    chosen = {"oficina": asked.office or "", "tramite": asked.procedure or ""}
    return visit.page(
        "trays/tray.html",
        tray=name,
        name=named(visit.say, name),
        total=total,
        late=late,
        recent=lately(visit),
        chosen=chosen,
        narrowed="?" + urlencode(told) if (told := {k: v for k, v in chosen.items() if v}) else "",
        offices=[(one, one) for one in offices(visit)],
        procedures=[(one, visit.say(f"trays.{one}")) for one in PROCEDURES],
        before=_address(name, chosen, "antes", shown.before),
        after=_address(name, chosen, "tras", shown.after),
        **rows(visit, shown.lines, f"?bandeja={name}"),
    )


def following(visit: Visit) -> Response:
    """Go to the next case of a tray that nobody else has in hand; after one, if the address says which."""
    name = tray_of(visit)
    tidied(visit)
    asked, after = wanted(visit, name), Key.of(visit.asked("tras"))
    number = first_free(visit.room.store, asked, after) or (after and first_free(visit.room.store, asked))
    if not number:
        return visit.to(f"/bandejas/{name}?libre=no")
    return visit.to(f"/expedientes/{number}?bandeja={name}")


def rows(visit: Visit, lines: tuple[Line, ...], query: str = "") -> Values:
    """Return what the rows of a list need: their days, the names of people, the address of each."""
    days = [day for one in lines for day in (one.resolve_by, one.cure_by)]
    clock = Clock(visit.room.calendars, visit.at.date(), visit.say, days)
    logins = [login for one in lines for login in (one.held_by, one.assigned_to, one.ahead and one.ahead.by)]
    return {
        "lines": lines,
        "silence": {one.case_id: clock.left(one, one.resolve_by) for one in lines},
        "cure": {one.case_id: clock.left(one, one.cure_by) for one in lines},
        "people": people(visit, logins),
        "query": query,
        "named": lambda tray: named(visit.say, tray),
        "known": set(kinds.every_tray()),
    }


def _address(tray: str, chosen: dict[str, str], way: str, key: Key | None) -> str | None:
    """Return the address of another page of a tray, None where there is none."""
    if key is None:
        return None
    return f"/bandejas/{tray}?{urlencode({**{k: v for k, v in chosen.items() if v}, way: str(key)})}"


def _days(since: dt.date, until: dt.date) -> int:
    """Return the days between two days."""
    return (until - since).days


DOORS = (
    Door("/", first, Right.OWN),
    Door("/bandejas", trays, Right.TRAYS),
    Door("/bandejas/{tray}", tray, Right.TRAYS),
    Door("/bandejas/{tray}/siguiente", following, Right.TRAYS),
)
