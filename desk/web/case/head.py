"""The head of a case: whose it is, with the number masked, and the days that are left by each calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from desk.web.case.found import Found
from desk.web.visit import Values, Visit
from pipeline.errors import UsageError
from pipeline.life.lived import Lived, lived
from validators.calendar import DayOff, Span
from validators.deadlines import days_left, where
from validators.deadlines.limit import saturdays
from validators.facts import Fact

_ENDS = 1
"""Signs of a masked number that are shown at each end."""
_LONG = 5
"""A number of so many signs, or fewer, is masked as a whole."""


class Off(NamedTuple):
    """A day that is not counted, and why, in words."""

    date: dt.date
    why: str


class Calendar(NamedTuple):
    """One calendar by which days are counted: its places, the working days left, and the days passed over."""

    places: str
    left: int | None
    off: tuple[Off, ...]


class Term(NamedTuple):
    """A last day: what for, when, the fewest working days up to it, and how they were counted."""

    name: str
    last: dt.date
    left: int | None
    passed: bool
    calendars: tuple[Calendar, ...]


def build(visit: Visit, case: Found) -> Values:
    """Return what stands over the page of a case; of one that is not judged only what is known of it."""
    plain = {"name": "", "masked": "", "number": "", "terms": (), "state": "", "since": None}
    told = plain | {"silence": "", "provisional": False, "another": None}
    if not case.report.get("findings"):
        return told
    try:
        settings = visit.room.settings
        one = lived(visit.room.store, case.id, visit.at.date(), settings.policy, visit.room.calendars)
    except UsageError:
        return told
    person = one.application.applicant
    number = _text(person.id_number)
    clock = one.life.clock
    return {
        "name": " ".join(
            filter(None, map(_text, (person.given_name, person.first_surname, person.second_surname)))
        ),
        "masked": masked(number),
        "number": number,
        "state": one.life.state.value,
        "since": one.life.since,
        "silence": clock.silence,
        "provisional": clock.provisional,
        "another": clock.resolve_by_seat if clock.resolve_by_seat != clock.resolve_by else None,
        "terms": tuple(_terms(visit, one)),
    }


def masked(number: str) -> str:
    """Return a number by its ends alone: the rest is shown when it is asked for."""
    return f"{number[:_ENDS]}…{number[-_ENDS:]}" if len(number) > _LONG else "…" if number else ""


def _text(fact: Fact[str] | None) -> str:
    """Return what a fact says, empty where nothing was read."""
    return str(fact.value) if fact is not None and fact.value else ""


def _terms(visit: Visit, one: Lived) -> Iterator[Term]:
    """Yield the last days that still count: to mend and to resolve."""
    clock = one.life.clock
    if clock.cure_by is not None:
        yield _term(visit, one, "mending", clock.cure_by)
    if clock.resolve_by is not None:
        yield _term(visit, one, "silence", clock.resolve_by)


def _term(visit: Visit, one: Lived, name: str, last: dt.date) -> Term:
    """Return a last day with its count by every calendar that may hold."""
    today, at = visit.at.date(), where(one.application, one.law.calendars)
    return Term(
        name=name,
        last=last,
        left=days_left(today, last, at, one.law) if last >= today else None,
        passed=last < today,
        calendars=tuple(
            _counted(visit, one, Span(today + dt.timedelta(days=1), last), names) for names in at.every()
        ),
    )


def _counted(visit: Visit, one: Lived, over: Span, names: tuple[str, ...]) -> Calendar:
    """Return the count by one calendar; Saturdays and Sundays are told by their number alone."""
    works, calendars = saturdays(one.law), one.law.calendars
    found = calendars.days_off(over, names, saturdays=works)
    holidays = tuple(Off(day.date, _why(visit, day)) for day in found if day.name)
    places = ", ".join(name.title() for name in names) or visit.say("case.state_calendar")
    return Calendar(places, calendars.working_days(over, names, saturdays=works), holidays)


def _why(visit: Visit, day: DayOff) -> str:
    """Return why a holiday is one."""
    return f"{day.name} ({visit.say('case.state_calendar') if day.place == 'state' else day.place.title()})"
