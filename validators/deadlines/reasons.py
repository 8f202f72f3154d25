"""What is said of the last day to resolve: the rules behind it, and what a reviewer must know of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from validators.calendar import Span
from validators.deadlines import words
from validators.deadlines.limit import saturdays
from validators.deadlines.suspension import Suspensions
from validators.deadlines.where import REGISTER, Where, electronic
from validators.deadlines.words import by_language
from validators.facts import Application
from validators.finding import Applied, Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import LEY_39_2015
from validators.rules import Law, clock
from validators.rules.notice_of_acts import CURE, TIME_TO_CURE

_NEXT = dt.timedelta(days=1)
_SENSE = {
    "positive": Text("estimada", "estimada", "granted"),
    "negative": Text("desestimada", "desestimada", "refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The count of the time to resolve: its days, places and last days by each reading.

    `by` are the calendars that gave the last day, `held` the days on which it did not run, `another` the
    days and the last day of the other rule that binds the INSS, None elsewhere.
    """

    days: int
    extra: int
    at: Where
    by: tuple[str, ...]
    held: tuple[Span, ...]
    last: dt.date | None
    place: dt.date | None
    seat: dt.date | None
    otherwise: dt.date | None
    another: tuple[int, dt.date | None] | None
    doubts: tuple[str, ...]
    silence: str


def applied(
    application: Application,
    findings: Iterable[Finding],
    counted: Counted,
    stopped: Suspensions,
    law: Law,
) -> Iterator[Applied]:
    """Yield the rules behind the last day; where it could not be counted, only those of entry and cure."""
    yield clock.TURN.on(law.day).applied(filed=law.on)
    yield from _entry(application, counted, law)
    if any(found.outcome is Outcome.CURE for found in findings):
        yield time_to_cure(law)
    if counted.last is None:
        return
    yield from _count(counted, counted.last, law)
    yield from stopped.applied
    if counted.extra:
        more = by_language(days=words.working(counted.extra))
        yield clock.SUSPENDED.on(law.day).applied(reason=clock.EXTENDED, **more)
    yield from _calendars(counted, counted.last, law)
    last, sense = counted.last, by_language(sense=_SENSE[counted.silence])
    yield clock.SILENCE.on(law.day).applied(last=last, since=last + _NEXT, **sense)


def time_to_cure(law: Law) -> Applied:
    """Return the time that a requirement will give, before it is notified."""
    days = words.working(whole("ley-39-2015", "cure_working_days", on=law.on))
    extra = whole("ley-39-2015", "cure_extension_working_days", on=law.on)
    return TIME_TO_CURE.on(law.day).applied(extra=extra, **by_language(days=days))


def _entry(application: Application, counted: Counted, law: Law) -> Iterator[Applied]:
    """Yield how a filing through a register, or on a day off, counts for the person."""
    names = (REGISTER,) if counted.at.register else counted.at.by_place()[0]
    if electronic(application):
        yield clock.REGISTER.on(law.day).applied()
    entered = law.calendars.next_working_day(law.on, names, saturdays=saturdays(law)).date
    if entered is not None and entered != law.on:
        yield clock.DAY_OFF.on(law.day).applied(day=law.on, entered=entered)


def _count(counted: Counted, last: dt.date, law: Law) -> Iterator[Applied]:
    """Yield how many days are counted, from when to when, and by which rule of the procedure."""
    days = by_language(days=words.working(counted.days + counted.extra))
    if counted.another is None:
        yield clock.INGESA.on(law.day).applied(last=last, **days)
    yield clock.WORKING_DAYS.on(law.day).applied(first=law.on + _NEXT, last=last, **days)
    if law.on < LEY_39_2015:
        yield clock.SATURDAYS.on(law.day).applied(reform=LEY_39_2015)


def _calendars(counted: Counted, last: dt.date, law: Law) -> Iterator[Applied]:
    """Yield whose holidays count, and which calendars were at hand."""
    at = counted.at
    named = by_language(where=words.of_places(at.names()))
    if at.seat and counted.seat is not None:
        seat = by_language(seat=words.of_places(at.seat))
        yield clock.PLACES.on(law.day).applied(reason=clock.SEAT, last=counted.seat, **named, **seat)
    else:
        yield clock.PLACES.on(law.day).applied(**named)
    used = at.used(law.calendars, range(law.on.year, last.year + 1))
    said = by_language(used=words.calendars(used))
    yield clock.CALENDARS.on(law.day).applied(**said)
    if counted.another is None and all(year.verified for year in used) and not counted.doubts:
        plain = by_language(used=words.calendars(used, marked=False))
        yield clock.PUBLISHED.on(law.day).applied(**plain)


def findings_of(
    application: Application,
    findings: Iterable[Finding],
    counted: Counted,
    stopped: Suspensions,
    law: Law,
) -> Iterator[Finding]:
    """Yield what a reviewer must know of the dates, and the cure that other findings ask for."""
    yield from _firmness(counted, law)
    if stopped.impossible:
        yield clock.SUSPENDED.finds(Outcome.REVIEW, law, reason=clock.IMPOSSIBLE)
    yield from _readings(counted, law)
    yield from _of_the_inss(counted, law)
    if application.procedure == "convenio_especial":
        yield from _cure(findings, law)


def _firmness(counted: Counted, law: Law) -> Iterator[Finding]:
    """Yield what makes the last day provisional, or why there is none: nothing where it stands firm."""
    named, unknown = words.doubts(counted.doubts), counted.at.unknown
    said = words.with_name(named, unknown)
    if counted.last is None:
        yield clock.NO_CALENDAR.finds(Outcome.REVIEW, law, **by_language(where=said))
    elif counted.doubts or unknown:
        yield clock.PROVISIONAL.finds(Outcome.NOTICE, law, **by_language(where=said))
    if len(counted.at.places) > 1:
        cities = by_language(where=words.of_places(counted.at.places))
        yield clock.PROVISIONAL.finds(Outcome.NOTICE, law, reason=clock.WHICH_CITY, **cities)


def _readings(counted: Counted, law: Law) -> Iterator[Finding]:
    """Yield the other date where the calendar of the seat or the end of a suspension would change it."""
    if counted.last is None:
        return
    for other in {counted.place, counted.seat} - {counted.last, None}:
        yield clock.EARLIEST.finds(Outcome.NOTICE, law, last=counted.last, other=other)
    if counted.otherwise is not None:
        yield clock.READINGS.finds(Outcome.NOTICE, law, last=counted.last, other=counted.otherwise)


def _of_the_inss(counted: Counted, law: Law) -> Iterator[Finding]:
    """Yield that two rules bind the INSS, with the date by each."""
    if counted.another is None:
        return
    days, other = counted.another
    said = by_language(days=words.working(counted.days), other=words.working(days))
    yield clock.INSS.finds(Outcome.NOTICE, law, last=counted.last or "—", other=other or "—", **said)


def _cure(findings: Iterable[Finding], law: Law) -> Iterator[Finding]:
    """Yield CE-SUB-01 when, and only when, another finding asks for a cure, on the same evidence."""
    asked = [found for found in findings if found.outcome is Outcome.CURE]
    if asked:
        days = words.working(whole("ssi-1475-2014", "cure_working_days", on=law.on))
        evidence = tuple(place for found in asked for place in found.evidence)
        yield CURE.finds(Outcome.CURE, law, evidence=evidence, **by_language(days=days))
