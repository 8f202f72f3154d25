"""A last day: the date, what makes it provisional, and the rules that say why it is that one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validators.calendar import DayOff, WorkingDay
from validators.finding import Applied, Finding
from validators.law import figure
from validators.rules import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A last day, None where a calendar is missing. `reason` names what makes it provisional.

    `days_off` are the days that the count passed over; `findings` what a person must look at.
    """

    date: dt.date | None
    provisional: bool = False
    reason: str = ""
    applied: tuple[Applied, ...] = ()
    days_off: tuple[DayOff, ...] = ()
    findings: tuple[Finding, ...] = ()


def earliest(days: Iterable[WorkingDay]) -> dt.date | None:
    """Return the earliest day, or None where one of them could not be counted."""
    known = _known(days)
    return min(known) if known else None


def latest(days: Iterable[WorkingDay]) -> dt.date | None:
    """Return the latest day, or None where one of them could not be counted: the person's benefit."""
    known = _known(days)
    return max(known) if known else None


def reasons(days: Iterable[WorkingDay]) -> tuple[str, ...]:
    """Return what makes some of several days provisional, each reason once."""
    doubtful = (day for day in days if day.provisional)
    return tuple(dict.fromkeys(part for day in doubtful for part in day.reason.split(", ")))


def saturdays(law: Law) -> bool:
    """Whether Saturdays work in a procedure that started on the day of the law (Ley 39/2015, DT 3ª)."""
    return figure("ley-39-2015", "saturday_works", on=law.on) is True


def _known(days: Iterable[WorkingDay]) -> Sequence[dt.date]:
    """Return the dates of all days, none of them where one is missing."""
    found = [day.date for day in days]
    known = [day for day in found if day is not None]
    return known if len(known) == len(found) else ()
