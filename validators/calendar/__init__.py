"""Working days of a place: files of holidays per place and year, reviewed by a person, never guessed.

Source of the counting: Ley 39/2015 arts. 30 and 31 (BOE-A-2015-10565); docs/law.md section 7.
Days of the whole State hold in every place and need not be named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, Self

from validators.calendar.files import Year, shipped_years
from validators.dates import add_months

__all__ = ["Calendars", "NoCalendarError", "Span", "WorkingDay", "Year"]

STATE = "state"
SATURDAY, SUNDAY = 5, 6
SLACK = dt.timedelta(days=2)
"""An estimated day may in the end fall this far from the estimate, so it unsettles a near date too."""


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date


class WorkingDay(NamedTuple):
    """A day reached by counting; None where no calendar is at hand.

    `reason` names what makes it provisional: places with the year not verified or not at hand, or
    with the day that is an estimate.
    """

    date: dt.date | None
    provisional: bool = False
    reason: str = ""


class NoCalendarError(LookupError):
    """There is no calendar for a place and year."""

    def __init__(self, place: str, year: int) -> None:
        super().__init__(
            f"no calendar of {place} for {year}; add validators/calendar/days/{place}_{year}.yaml"
        )
        self.what = f"{place} {year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """All calendars at hand, by place and year."""

    years: Mapping[tuple[str, int], Year]

    @classmethod
    def shipped(cls) -> Self:
        """Return the calendars that come with the program."""
        return cls(years=_shipped())

    def nonworking(self, day: dt.date, places: Iterable[str], *, saturdays: bool = False) -> bool:
        """Whether *day* is no working day in one of *places* or in the whole State (art. 30.2, 30.6).

        With *saturdays*, Saturdays work, as in procedures begun before 2 October 2016.

        Raises:
            NoCalendarError: a place has no calendar for the year of *day*.
        """
        free = {SUNDAY} if saturdays else {SATURDAY, SUNDAY}
        return any(day in year.days for year in self._years(day.year, places)) or day.weekday() in free

    def add_working_days(
        self,
        start: dt.date,
        days: int,
        places: Iterable[str],
        *,
        saturdays: bool = False,
        suspended: Iterable[Span] = (),
    ) -> WorkingDay:
        """Return the last of *days* working days, counted from the day after *start* (art. 30.3).

        Days inside a *suspended* span are not counted (art. 22).
        """
        where, held = tuple(places), tuple(suspended)
        day, left = start, days
        try:
            while left > 0:
                day += dt.timedelta(days=1)
                stopped = any(span.first <= day <= span.last for span in held)
                left -= not (stopped or self.nonworking(day, where, saturdays=saturdays))
        except NoCalendarError as missing:
            return WorkingDay(None, provisional=True, reason=missing.what)
        return self._dated(day, Span(start, day), where)

    def months_later(self, start: dt.date, months: int, places: Iterable[str]) -> WorkingDay:
        """Return the same day *months* later, moved to the next working day (art. 30.4 and 30.5)."""
        return self.next_working_day(add_months(start, months), places)

    def next_working_day(self, day: dt.date, places: Iterable[str]) -> WorkingDay:
        """Return *day* if it works, else the first working day after it (art. 30.5)."""
        where, first = tuple(places), day
        try:
            while self.nonworking(day, where):
                day += dt.timedelta(days=1)
        except NoCalendarError as missing:
            return WorkingDay(None, provisional=True, reason=missing.what)
        return self._dated(day, Span(first, day), where)

    def _dated(self, day: dt.date, over: Span, places: tuple[str, ...]) -> WorkingDay:
        """Return *day*, provisional where a calendar of the span is unverified or estimated near it."""
        doubts = sorted({why for place in (STATE, *places) for why in self._doubts(place, over)})
        return WorkingDay(day, provisional=bool(doubts), reason=", ".join(doubts))

    def _doubts(self, place: str, over: Span) -> Iterable[str]:
        """Yield why the calendar of *place* may still change inside the span."""
        for number in range(over.first.year, over.last.year + 1):
            year = self.years.get((place, number))
            if year is None:
                continue
            if not year.verified:
                yield f"{place} {number}"
            for day in year.estimated:
                if over.first - SLACK <= day <= over.last + SLACK:
                    yield f"{place} {day:%d/%m/%Y}"

    def _years(self, number: int, places: Iterable[str]) -> list[Year]:
        """Return the calendars of the State and *places* for a year."""
        found = []
        for place in (STATE, *places):
            year = self.years.get((place, number))
            if year is None:
                raise NoCalendarError(place, number)
            found.append(year)
        return found


@cache
def _shipped() -> Mapping[tuple[str, int], Year]:
    """Return the shipped calendars, read once."""
    return MappingProxyType({(year.place, year.year): year for year in shipped_years()})
