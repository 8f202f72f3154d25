"""The clock of an application: when it must be resolved, and what silence means.

Source: Orden SSI/1475/2014 art. 5.3, RD 1192/2012 art. 6.4, Ley 39/2015 arts. 21 to 24, 30 and 31;
docs/law.md section 7. The clock starts the day after the filing date: the office's date of reception
where the office gives one, never the day on which this program ran. A filing on a Sunday still counts
from that Sunday, so that the alarm stands on the earliest date that can be defended (PLZ-06, PLZ-17).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from validators.calendar import DayOff, Span, WorkingDay
from validators.dates import day_after
from validators.deadlines.cure import cure_limit
from validators.deadlines.happened import Happened
from validators.deadlines.limit import Limit, earliest, reasons, saturdays
from validators.deadlines.reasons import Counted, applied, findings_of
from validators.deadlines.suspension import Suspensions, suspensions
from validators.deadlines.where import Where, where
from validators.facts import Application, Procedure
from validators.finding import Applied, Finding
from validators.law import figure, figures, whole
from validators.rules import Law

Silence = Literal["positive", "negative"]

_DAYS, _ONE_DAY = "resolve_working_days", "rd-286-2003"
_ACTS: Mapping[Procedure, str] = MappingProxyType(
    {"convenio_especial": "ssi-1475-2014", "asistencia_sanitaria": "rd-1192-2012"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The contract's dates. `cure_by` runs from the notice of a requirement, so it is None until then.

    `resolve_by` is the earliest date among the calendars that may count, `resolve_by_seat` the date
    by the place together with the seat of the body, `resolve_by_otherwise` that by the other reading of a
    suspension, where it differs. `silence` is None where no procedure is known. `applied` are the rules that
    say why, `days_off` the days that the count to `resolve_by` passed over.
    """

    clock_start: dt.date
    resolve_by: dt.date | None = None
    resolve_by_seat: dt.date | None = None
    resolve_by_otherwise: dt.date | None = None
    silence: Silence | None = None
    cure_by: dt.date | None = None
    provisional: bool = False
    findings: tuple[Finding, ...] = ()
    applied: tuple[Applied, ...] = ()
    days_off: tuple[DayOff, ...] = ()


class Term(NamedTuple):
    """The longest term of a procedure in working days, what silence means after it, and the article."""

    procedure: Procedure
    days: int
    silence: Silence
    article: str


def terms(on: dt.date) -> tuple[Term, ...]:
    """Return the terms of every procedure *on* a day, as a receipt owes them (Ley 39/2015, art. 21.4)."""
    named = ((procedure, act, figures(act)[_DAYS]) for procedure, act in _ACTS.items())
    return tuple(
        Term(procedure, whole(act, _DAYS, on=on), _silence(act, on), days.article)
        for procedure, act, days in named
    )


def deadlines(
    application: Application, findings: Iterable[Finding], law: Law, happened: Happened | None = None
) -> Deadlines:
    """Return the dates of *application*, and what is to be said of them.

    *findings* are those of the other rules: what is to be cured gives a time to cure it. *happened* is what
    came to pass since the filing and moves the dates; nothing by default.
    """
    others = tuple(findings)
    start, events = day_after(application.filing.filed_on), happened or Happened()
    act = _ACTS.get(application.procedure)
    if act is None:
        return Deadlines(clock_start=start, provisional=True)
    at = where(application, law.calendars)
    stopped = suspensions(events, at, law)
    counted = _counted(application.procedure, act, events, at, stopped, law)
    cure = cure_limit(events.requirements[-1], at, law) if events.requirements else Limit(date=None)
    return Deadlines(
        clock_start=start,
        resolve_by=counted.last,
        resolve_by_seat=counted.seat,
        resolve_by_otherwise=counted.otherwise,
        silence=_silence(act, law.on),
        cure_by=cure.date,
        provisional=bool(counted.doubts) or cure.provisional or at.unknown is not None or len(at.places) > 1,
        findings=(*findings_of(application, others, counted, stopped, law), *cure.findings),
        applied=(*applied(application, others, counted, stopped, law), *cure.applied),
        days_off=_days_off(start, counted, law),
    )


def _counted(
    procedure: Procedure, act: str, events: Happened, at: Where, stopped: Suspensions, law: Law
) -> Counted:
    """Return the last days to resolve by every calendar that may count and both readings of a suspension."""
    days = whole(_ONE_DAY if _in_one_day(procedure, law) else act, _DAYS, on=law.on)
    extra = min(max(events.extra_days, 0), days)
    held, other = _readings(stopped, law)
    by_place = _last_days(at.by_place(), days + extra, held, law)
    by_seat = _last_days(at.by_seat(), days + extra, held, law)
    decisive, options = at.by_place(), by_place
    if law.policy.seat_calendar == "place_and_seat":
        decisive, options = at.by_seat(), by_seat
    complete = all(day.date for day in (*by_place, *by_seat))
    last = earliest(options) if complete else None
    again = earliest(_last_days(decisive, days + extra, other, law)) if other != held else last
    return Counted(
        days=days,
        extra=extra,
        at=at,
        by=next(names for names, day in zip(decisive, options, strict=True) if last in {day.date, None}),
        held=held,
        last=last,
        place=earliest(by_place),
        seat=earliest(by_seat),
        otherwise=again if again != last else None,
        another=_other_term(procedure, act, at, law),
        doubts=reasons((*by_place, *by_seat)),
        silence=_silence(act, law.on),
    )


def _readings(stopped: Suspensions, law: Law) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the suspended days by the reading of the settings, and by the other one."""
    if law.policy.compliance_day == "suspended":
        return stopped.longest, stopped.shortest
    return stopped.shortest, stopped.longest


def _in_one_day(procedure: Procedure, law: Law) -> bool:
    """Whether the settings give the INSS the one day of RD 286/2003 (docs/law.md, section 11, number 15)."""
    return procedure == "asistencia_sanitaria" and law.policy.inss_deadline == "one_day"


def _other_term(procedure: Procedure, act: str, at: Where, law: Law) -> tuple[int, dt.date | None] | None:
    """Return the days and the last day by the other of the two rules that bind the INSS."""
    if procedure != "asistencia_sanitaria":
        return None
    days = whole(act if _in_one_day(procedure, law) else _ONE_DAY, _DAYS, on=law.on)
    return days, earliest(_last_days(at.by_place(), days, (), law))


def _last_days(
    where_: Iterable[tuple[str, ...]], days: int, held: tuple[Span, ...], law: Law
) -> tuple[WorkingDay, ...]:
    """Return the last of some working days from the filing, by each calendar that may count."""
    works = saturdays(law)
    return tuple(
        law.calendars.add_working_days(law.on, days, names, saturdays=works, suspended=held)
        for names in where_
    )


def _days_off(start: dt.date, counted: Counted, law: Law) -> tuple[DayOff, ...]:
    """Return the days that the count to the last day to resolve passed over."""
    if counted.last is None:
        return ()
    over, works = Span(start, counted.last), saturdays(law)
    return law.calendars.days_off(over, counted.by, saturdays=works, suspended=counted.held)


def _silence(act: str, on: dt.date) -> Silence:
    """Return what silence means after the time of an act."""
    said = figure(act, "silence", on=on)
    if said not in {"positive", "negative"}:
        raise TypeError(f"{act} silence is neither positive nor negative")
    return cast(Silence, said)
