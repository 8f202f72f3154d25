"""The clock of an application: when it must be resolved, and what silence means.

Source: Orden SSI/1475/2014 art. 5.3, RD 1192/2012 art. 6.4, Ley 39/2015 arts. 21, 24, 30 and 31;
docs/law.md section 7. The clock starts the day after the filing date: the office's date of reception
where the office gives one, never the day on which this program ran. A filing on a Sunday still counts
from that Sunday, so that the alarm stands on the earliest date that can be defended (PLZ-06, PLZ-17).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from validators.calendar import WorkingDay
from validators.deadlines.happened import Attempt, Happened, Notices, Report, Requirement
from validators.facts import Application, Procedure
from validators.finding import Finding, Outcome
from validators.law import figure, figures, whole
from validators.places import STATE_ONLY, places
from validators.rules import Law
from validators.rules.clock import NO_CALENDAR, PROVISIONAL

__all__ = [
    "Attempt",
    "Deadlines",
    "Happened",
    "Notices",
    "Report",
    "Requirement",
    "Silence",
    "Term",
    "cure_limit",
    "deadlines",
    "payment_limit",
    "signing_limit",
    "terms",
]

Silence = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The contract's dates. `cure_by` runs from the notice of a requirement, so it is None until then.

    `resolve_by` is the earliest date among the calendars that may count, `resolve_by_seat` the date
    by the place together with the seat of the body. `silence` is None where no procedure is known.
    """

    clock_start: dt.date
    resolve_by: dt.date | None = None
    resolve_by_seat: dt.date | None = None
    silence: Silence | None = None
    cure_by: dt.date | None = None
    provisional: bool = False
    findings: tuple[Finding, ...] = ()


class _Clock(NamedTuple):
    """Whose act gives the days to resolve, what silence means, and the place of the deciding body."""

    act: str
    silence: Silence
    seat: tuple[str, ...]


_DAYS = "resolve_working_days"
_CLOCKS: Mapping[Procedure, _Clock] = MappingProxyType(
    {
        # the Director of INGESA resolves in Madrid; the INSS in the province itself
        "convenio_especial": _Clock("ssi-1475-2014", "positive", ("madrid",)),
        "asistencia_sanitaria": _Clock("rd-1192-2012", "negative", ()),
    }
)


class Term(NamedTuple):
    """The longest term of a procedure in working days, what silence means after it, and the article."""

    procedure: Procedure
    days: int
    silence: Silence
    article: str


def terms(on: dt.date) -> tuple[Term, ...]:
    """Return the terms of every procedure *on* a day, as a receipt owes them (Ley 39/2015, art. 21.4)."""
    named = ((procedure, clock, figures(clock.act)[_DAYS]) for procedure, clock in _CLOCKS.items())
    return tuple(
        Term(procedure, whole(clock.act, _DAYS, on=on), clock.silence, days.article)
        for procedure, clock, days in named
    )


def deadlines(application: Application, findings: Iterable[Finding], law: Law) -> Deadlines:
    """Return the dates of *application*; the clock does not depend on what the rules found."""
    del findings
    start = application.filing.filed_on + dt.timedelta(days=1)
    clock = _CLOCKS.get(application.procedure)
    if clock is None:
        return Deadlines(clock_start=start, provisional=True)
    by_place = [_last_day(clock, (place,), law) for place in places(application)]
    by_seat = [_last_day(clock, (place, *clock.seat), law) for place in places(application)]
    unplaced = STATE_ONLY in places(application)
    every = (*by_place, *by_seat)
    return Deadlines(
        clock_start=start,
        resolve_by=_earliest(every),
        resolve_by_seat=_earliest(by_seat),
        silence=clock.silence,
        provisional=unplaced or len(by_place) > 1 or any(day.provisional for day in every),
        findings=tuple(_findings(every, law, _province(application) if unplaced else None)),
    )


def cure_limit(notified_on: dt.date, place: str, law: Law, *, extended: bool = False) -> WorkingDay:
    """Return the last day to cure defects, counted from the day after the notice (Ley 39/2015, art. 68)."""
    days = whole("ley-39-2015", "cure_working_days", on=law.on)
    if extended:
        days += whole("ley-39-2015", "cure_extension_working_days", on=law.on)
    return law.calendars.add_working_days(notified_on, days, (place,), saturdays=_saturdays(law))


def signing_limit(from_day: dt.date, place: str, law: Law) -> WorkingDay:
    """Return the last day to sign the convenio, from notification or silence (Orden, art. 5.4)."""
    return law.calendars.months_later(
        from_day, whole("ssi-1475-2014", "formalise_months", on=law.on), (place,)
    )


def payment_limit(month: dt.date, place: str, law: Law) -> WorkingDay:
    """Return the last day to pay in the month that starts on *month* (Orden, art. 6)."""
    days = whole("ssi-1475-2014", "payment_working_days", on=law.on)
    return law.calendars.add_working_days(month - dt.timedelta(days=1), days, (place,))


def _last_day(clock: _Clock, where: tuple[str, ...], law: Law) -> WorkingDay:
    """Return the last day to resolve and notify by the calendars of some places."""
    days = whole(clock.act, _DAYS, on=law.on)
    named = tuple(place for place in where if place != STATE_ONLY)
    return law.calendars.add_working_days(law.on, days, named, saturdays=_saturdays(law))


def _saturdays(law: Law) -> bool:
    """Whether Saturdays work in a procedure that started on the day of the law (Ley 39/2015, DT 3ª)."""
    return figure("ley-39-2015", "saturday_works", on=law.on) is True


def _earliest(days: Iterable[WorkingDay]) -> dt.date | None:
    """Return the earliest day, or None where one of them could not be counted."""
    found = [day.date for day in days]
    known = [day for day in found if day is not None]
    return min(known) if found and len(known) == len(found) else None


def _province(application: Application) -> str:
    """Return the province of an INSS form as written, or a dash: its own holidays are not known."""
    written = [form.province.value for form in application.asistencia if form.province]
    return next((province for province in written if province), "—")


def _findings(days: Iterable[WorkingDay], law: Law, unplaced: str | None) -> Iterator[Finding]:
    """Yield what a reviewer must know of the dates: nothing when all stand firm."""
    doubtful = [day for day in days if day.provisional]
    reasons = dict.fromkeys(part for day in doubtful for part in day.reason.split(", "))
    where = ", ".join([*reasons, *([unplaced] if unplaced else [])])
    if any(day.date is None for day in doubtful):
        yield NO_CALENDAR.finds(Outcome.REVIEW, law, where=where)
    elif doubtful or unplaced:
        yield PROVISIONAL.finds(Outcome.NOTICE, law, where=where)
