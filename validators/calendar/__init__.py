"""Working days of a place: files of holidays per place and year, reviewed by a person, never guessed.

Source of the counting: Ley 39/2015 arts. 30 and 31 (BOE-A-2015-10565); docs/law.md section 7.
Days of the whole State hold in every place and need not be named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, Self

from validators.calendar.files import Year, shipped_years
from validators.dates import add_months

__all__ = ["STATE", "Calendars", "DayOff", "NoCalendarError", "Span", "WorkingDay", "Year"]

STATE = "state"
SATURDAY, SUNDAY = 5, 6
SLACK = dt.timedelta(days=2)
"""An estimated day may in the end fall this far from the estimate, so it unsettles a near date too."""
_DAY = dt.timedelta(days=1)
Why = Literal["saturday", "sunday", "holiday", "suspended"]


class Span(NamedTuple):
    """Days from `first` to `last`, both included; none where `last` comes before `first`."""

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


class DayOff(NamedTuple):
    """A day that a count passed over, and why; a holiday with its name and its place."""

    date: dt.date
    why: Why
    name: str = ""
    place: str = ""


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
    _joined: dict[tuple[int, tuple[str, ...]], Mapping[dt.date, DayOff]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Holidays of several places put together once: counting asks for them day after day."""

    @classmethod
    def shipped(cls) -> Self:
        """Return the calendars that come with the program."""
        return cls(years=_shipped())

    def with_years(self, loaded: Iterable[Year]) -> Self:
        """Return these calendars with those *loaded* in place of the ones for the same place and year."""
        return type(self)(years=MappingProxyType({**self.years, **{(y.place, y.year): y for y in loaded}}))

    def firm(self, place: str, year: int) -> bool:
        """Whether no date of a place in a year waits for the State's list; true of a place without a list."""
        state, own = self.years.get((STATE, year)), self.years.get((place, year))
        known = own is None or not own.verified or state is None or state.verified
        return known or (state is not None and self._confirmed(state, (place,)))

    def nonworking(self, day: dt.date, places: Iterable[str], *, saturdays: bool = False) -> bool:
        """Whether *day* is no working day in one of *places* or in the whole State (art. 30.2, 30.6).

        With *saturdays*, Saturdays work, as in procedures begun before 2 October 2016.

        Raises:
            NoCalendarError: a place has no calendar for the year of *day*.
        """
        return self._off(day, tuple(places), saturdays=saturdays) is not None

    def days_off(
        self,
        over: Span,
        places: Iterable[str],
        *,
        saturdays: bool = False,
        suspended: Iterable[Span] = (),
    ) -> tuple[DayOff, ...]:
        """Return the days of a span that are not counted, each with why; nothing for years not at hand."""
        where, held = tuple(places), tuple(suspended)
        return tuple(self._passed_over(over, where, held, saturdays=saturdays))

    def working_days(self, over: Span, places: Iterable[str], *, saturdays: bool = False) -> int | None:
        """Return how many days of a span work, or None where a calendar is missing."""
        where = tuple(places)
        try:
            return sum(self._off(day, where, saturdays=saturdays) is None for day in _days(over))
        except NoCalendarError:
            return None

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
                day += _DAY
                stopped = any(span.first <= day <= span.last for span in held)
                left -= not stopped and self._off(day, where, saturdays=saturdays) is None
        except NoCalendarError as missing:
            return WorkingDay(None, provisional=True, reason=missing.what)
        except OverflowError:
            return WorkingDay(None, provisional=True, reason=f"{STATE} {start.year}")
        return self._dated(day, Span(start, day), where)

    def months_later(
        self, start: dt.date, months: int, places: Iterable[str], *, saturdays: bool = False
    ) -> WorkingDay:
        """Return the same day *months* later, moved to the next working day (art. 30.4 and 30.5)."""
        return self.next_working_day(add_months(start, months), places, saturdays=saturdays)

    def next_working_day(self, day: dt.date, places: Iterable[str], *, saturdays: bool = False) -> WorkingDay:
        """Return *day* if it works, else the first working day after it (art. 30.5)."""
        where, first = tuple(places), day
        try:
            while self._off(day, where, saturdays=saturdays) is not None:
                day += _DAY
        except NoCalendarError as missing:
            return WorkingDay(None, provisional=True, reason=missing.what)
        return self._dated(day, Span(first, day), where)

    def _off(self, day: dt.date, places: tuple[str, ...], *, saturdays: bool) -> DayOff | None:
        """Return why *day* does not work, or None where it does."""
        holiday = self._holidays(day.year, places).get(day)
        if holiday is not None:
            return holiday
        weekday = day.weekday()
        if weekday == SUNDAY:
            return DayOff(day, "sunday")
        return DayOff(day, "saturday") if weekday == SATURDAY and not saturdays else None

    def _passed_over(
        self, over: Span, places: tuple[str, ...], held: tuple[Span, ...], *, saturdays: bool
    ) -> Iterator[DayOff]:
        """Yield the days of a span that are not counted."""
        for day in _days(over):
            if any(span.first <= day <= span.last for span in held):
                yield DayOff(day, "suspended")
                continue
            try:
                off = self._off(day, places, saturdays=saturdays)
            except NoCalendarError:
                return
            if off is not None:
                yield off

    def _dated(self, day: dt.date, over: Span, places: tuple[str, ...]) -> WorkingDay:
        """Return *day*, provisional where a calendar of the span is unverified or estimated near it."""
        doubts = sorted({why for place in (STATE, *places) for why in self._doubts(place, over, places)})
        return WorkingDay(day, provisional=bool(doubts), reason=", ".join(doubts))

    def _doubts(self, place: str, over: Span, places: tuple[str, ...]) -> Iterator[str]:
        """Yield why the calendar of *place*, one of *places* or the State, may still change in the span."""
        for number in range(over.first.year, over.last.year + 1):
            year = self.years.get((place, number))
            if year is None:
                continue
            if not year.verified and not (place == STATE and self._confirmed(year, places)):
                yield f"{place} {number}"
            for day in year.estimated:
                if over.first - SLACK <= day <= over.last + SLACK:
                    yield f"{place} {day:%d/%m/%Y}"

    def _confirmed(self, state: Year, places: tuple[str, ...]) -> bool:
        """Whether the verified list of one of *places* names all the State's days of that year."""
        lists = (self.years.get((place, state.year)) for place in places)
        return any(one is not None and one.verified and state.days.keys() <= one.days.keys() for one in lists)

    def _holidays(self, number: int, places: tuple[str, ...]) -> Mapping[dt.date, DayOff]:
        """Return the holidays of the State and *places* in a year, the State's own name first."""
        key = (number, places)
        if key not in self._joined:
            self._joined[key] = self._join(number, places)
        return self._joined[key]

    def _join(self, number: int, places: tuple[str, ...]) -> Mapping[dt.date, DayOff]:
        """Return the holidays of several places put together."""
        found: dict[dt.date, DayOff] = {}
        for place in (STATE, *places):
            year = self.years.get((place, number))
            if year is None:
                raise NoCalendarError(place, number)
            for day, name in year.days.items():
                found.setdefault(day, DayOff(day, "holiday", name, place))
        return found


def _days(over: Span) -> Iterator[dt.date]:
    """Yield each day of a span."""
    yield from (over.first + dt.timedelta(days=n) for n in range((over.last - over.first).days + 1))


@cache
def _shipped() -> Mapping[tuple[str, int], Year]:
    """Return the shipped calendars, read once."""
    return MappingProxyType({(year.place, year.year): year for year in shipped_years()})
