"""And if a date were another? The verdict and timeline with it, beside those that stand; nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from desk.people.rights import Right
from desk.web.case.found import Found, found
from desk.web.case.timeline import FILED, Date, dates, residence
from desk.web.doors import Door
from desk.web.visit import Refused, Visit
from pipeline.errors import UsageError
from pipeline.what_if import what_if

_FORM = "%d/%m/%Y"
_Rules = Mapping[tuple[str, str], frozenset[tuple[str, str]]]


class Changed(NamedTuple):
    """What one rule said and would say: pairs of outcome and reason."""

    rule: str
    was: tuple[tuple[str, str], ...]
    would_be: tuple[tuple[str, str], ...]


def ask(visit: Visit) -> Response:
    """Answer the question; what was typed stands in the form again where it is no date."""
    case = found(visit, look="what-if-asked")
    date = next((one for one in dates(visit, case) if one.name == visit.field("date")), None)
    if date is None:
        raise Refused(400, "no_page")
    to = visit.field("to").strip()
    values: dict[str, Any] = {"case": case, "date": date, "to": to, "whole": not visit.in_part}
    try:
        day = _day(date, to)
        told = _answered(visit, case, date, day)
    except (UsageError, ValueError):
        return visit.page("case/asked.html", 422, **values, wrong=True)
    return visit.page("case/asked.html", **values, wrong=False, **told)


def _day(date: Date, typed: str) -> str:
    """Return the day that was typed as ISO text; `null` for an end left open. Raise ValueError for no day."""
    if not typed and date.name.endswith(".to"):
        return "null"
    # a day of a paper has no zone
    return dt.datetime.strptime(typed, _FORM).date().isoformat()  # noqa: DTZ007


def _answered(visit: Visit, case: Found, date: Date, day: str) -> dict[str, Any]:
    """Return both verdicts with what differs."""
    room = visit.room
    verdicts = what_if(case.report, [f"{date.name}={day}"], room.settings.policy, room.calendars)
    return {
        "before": verdicts.before["queue"],
        "after": verdicts.after["queue"],
        "changed": tuple(_changed(visit, verdicts.before, verdicts.after)),
        "was": residence(visit, verdicts.before, "before-"),
        "would_be": residence(visit, verdicts.after, "after-"),
        "filed": date.name == FILED,
    }


def _changed(visit: Visit, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    """Yield the rules that would say something else."""
    was, would_be = (_rules(visit, report) for report in (before, after))
    for key in sorted({*was, *would_be}):
        if was.get(key) != would_be.get(key):
            yield Changed(key[0], tuple(sorted(was.get(key, ()))), tuple(sorted(would_be.get(key, ()))))


def _rules(visit: Visit, report: Mapping[str, Any]) -> _Rules:
    """Return what each rule says, by its id and the person."""
    said: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in report["findings"]:
        key = one["rule"], one.get("person", "")
        said.setdefault(key, set()).add((one["outcome"], one["reason"][visit.say.language]))
    return {key: frozenset(each) for key, each in said.items()}


DOORS = (Door("/expedientes/{number}/y-si", ask, Right.CASES, methods=("POST",)),)
