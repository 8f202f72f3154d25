"""Days on which the time to resolve does not run: requirements, compulsory reports (Ley 39/2015, art. 22).

The end of a suspension is open to two readings (docs/law.md, section 11, number 6): the day of compliance
counts already, which gives the earliest date that can be defended, or it is still suspended. A requirement
complied with late suspends no longer than the time it granted by the first reading, and until the day of
compliance by the second. Where it is open whose holidays count, that time ends on the earliest day by the
first reading and on the latest by the second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from validators.calendar import Span
from validators.dates import add_days, add_months
from validators.deadlines.cure import cure_ends_first, cure_limit
from validators.deadlines.happened import Happened, Report, Requirement
from validators.deadlines.where import Where
from validators.finding import Applied, Text
from validators.law import whole
from validators.rules import Law
from validators.rules.clock import SUSPENDED

_REQUIREMENT = Text("se requirió subsanación", "requiriuse emenda", "a correction was required")
_REPORT = Text(
    "se pidió un informe preceptivo", "pediuse un informe preceptivo", "a compulsory report was requested"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspensions:
    """The suspended days by each reading, the sentences about them, and whether events contradict."""

    shortest: tuple[Span, ...] = ()
    longest: tuple[Span, ...] = ()
    applied: tuple[Applied, ...] = ()
    impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """One suspension: from the day after an event to the last day by each reading."""

    since: dt.date
    shortest: dt.date
    longest: dt.date
    why: Text


def suspensions(happened: Happened, at: Where, law: Law) -> Suspensions:
    """Return the days on which the time to resolve of an application filed on the day of the law stops."""
    stops = tuple(_stops(happened, at, law))
    sound = [stop for stop in stops if law.on <= stop.since <= stop.longest]
    return Suspensions(
        shortest=tuple(Span(add_days(stop.since, 1), stop.shortest) for stop in sound),
        longest=tuple(Span(add_days(stop.since, 1), stop.longest) for stop in sound),
        applied=tuple(_said(stop, law) for stop in sound if stop.shortest > stop.since),
        impossible=len(sound) < len(stops),
    )


def _stops(happened: Happened, at: Where, law: Law) -> Iterator[_Stop]:
    """Yield the suspensions of what happened; a missing calendar leaves the time granted out."""
    for requirement in happened.requirements:
        if requirement.suspends:
            yield _requirement(requirement, at, law)
    for report in happened.reports:
        yield _report(report, law)


def _requirement(requirement: Requirement, at: Where, law: Law) -> _Stop:
    """Return the stop of a requirement: until compliance, or for the time it granted (art. 22.1.a)."""
    since, complied = requirement.notified_on, requirement.complied_on
    granted = cure_limit(requirement, at, law).date or since
    least = max(cure_ends_first(requirement, at, law) or since, since)
    if complied is None:
        return _Stop(since=since, shortest=least, longest=granted, why=_REQUIREMENT)
    shortest = min(add_days(complied, -1), least)
    return _Stop(since=since, shortest=shortest, longest=complied, why=_REQUIREMENT)


def _report(report: Report, law: Law) -> _Stop:
    """Return the stop of a report: until it came, three months at most (art. 22.1.d)."""
    since, came = report.requested_on, report.received_on
    most = add_months(since, whole("ley-39-2015", "report_months", on=law.on))
    if came is None or came > most:
        return _Stop(since=since, shortest=most, longest=most, why=_REPORT)
    return _Stop(since=since, shortest=add_days(came, -1), longest=came, why=_REPORT)


def _said(stop: _Stop, law: Law) -> Applied:
    """Return the sentence of one suspension, by the reading of the settings."""
    last = stop.shortest if law.policy.compliance_day == "counts" else stop.longest
    return SUSPENDED.on(law.day).applied(
        first=add_days(stop.since, 1), last=last, why_es=stop.why.es, why_gl=stop.why.gl, why_en=stop.why.en
    )
