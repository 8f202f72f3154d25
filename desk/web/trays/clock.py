"""The working days that are left to a case, counted on the calendars of the place and of the body's seat.

Fewest first: what is shown is the count that gives the least time. The days counted, those passed over and
why are told beside it (Ley 39/2015, art. 30.2 and 30.6).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from desk.web.words import Speaker
from pipeline.trays.listed import Line
from validators.calendar import STATE, Calendars, DayOff, Span
from validators.law import whole

_DAY = dt.timedelta(days=1)
_WEEKEND = frozenset({"saturday", "sunday"})
_FARTHEST = 400
"""Days ahead that are counted: no time to resolve or to cure is longer."""


class Left(NamedTuple):
    """Working days left until `day`, or since it where it is `over`; None where a calendar is missing.

    `risk` tells that little is left; `more` are the sentences of the count.
    """

    day: dt.date
    days: int | None
    over: bool
    risk: bool
    provisional: bool
    more: tuple[str, ...]


class Clock:
    """Counts for the rows of one page, whose *days* it is given: each calendar is gone through once."""

    def __init__(
        self, calendars: Calendars, today: dt.date, say: Speaker, days: Iterable[dt.date | None]
    ) -> None:
        self._calendars, self._today, self._say = calendars, today, say
        near = [day for day in days if day is not None and abs((day - today).days) <= _FARTHEST]
        self._over = Span(min((today, *near)) + _DAY, max((today, *near)))
        self._risk = whole("product", "risk_working_days", on=today)
        self._off: dict[tuple[tuple[str, ...], bool], tuple[DayOff, ...]] = {}
        self._years: dict[tuple[tuple[str, ...], int], bool] = {}
        self._known: dict[tuple[object, ...], Left] = {}

    def left(self, line: Line, day: dt.date | None) -> Left | None:
        """Return what is left to a case until *day*; None where there is no day."""
        if day is None:
            return None
        key = (day, line.calendars, line.saturdays, line.provisional)
        if key not in self._known:
            self._known[key] = self._counted(line, day)
        return self._known[key]

    def _counted(self, line: Line, day: dt.date) -> Left:
        """Count by each calendar that may count."""
        over = day < self._today
        span = Span(day + _DAY, self._today) if over else Span(self._today + _DAY, day)
        near = (span.last - span.first).days < _FARTHEST
        places = (line.calendars or ((STATE,),)) if near else ()
        offs = {one: self._passed_over(span, one, saturdays=line.saturdays) for one in places}
        whole_span = (span.last - span.first).days + 1
        counts = [None if off is None else whole_span - len(off) for off in offs.values()]
        known = [count for count in counts if count is not None]
        days = (max(known) if over else min(known)) if counts and len(known) == len(counts) else None
        return Left(
            day=day,
            days=days,
            over=over,
            risk=over or days is None or days <= self._risk,
            provisional=line.provisional or days is None,
            more=tuple(self._told(line, span, offs)),
        )

    def _passed_over(self, span: Span, places: tuple[str, ...], *, saturdays: bool) -> list[DayOff] | None:
        """Return the days of a span that are not counted, None where a calendar of it is missing."""
        if not all(self._at_hand(places, year) for year in range(span.first.year, span.last.year + 1)):
            return None
        key = (places, saturdays)
        if key not in self._off:
            # year by year: one that is not at hand must not hide the days off of the next
            years = range(self._over.first.year, self._over.last.year + 1)
            spans = [_within(self._over, year) for year in years]
            offs = [self._calendars.days_off(one, places, saturdays=saturdays) for one in spans]
            self._off[key] = tuple(off for one in offs for off in one)
        found = self._off[key]
        first = bisect_left(found, span.first, key=_date)
        return list(found[first : bisect_right(found, span.last, key=_date)])

    def _at_hand(self, places: tuple[str, ...], year: int) -> bool:
        """Whether the calendars of a year are there."""
        if (places, year) not in self._years:
            first = dt.date(year, 1, 1)
            self._years[places, year] = self._calendars.working_days(Span(first, first), places) is not None
        return self._years[places, year]

    def _told(
        self, line: Line, span: Span, offs: Mapping[tuple[str, ...], list[DayOff] | None]
    ) -> Iterator[str]:
        """Yield the count by each calendar, with the days that it passed over."""
        say = self._say
        for places, off in offs.items():
            where = ", ".join(_named(place, say) for place in places)
            if off is None:
                yield say("trays.no_calendar", where=where)
                continue
            days = (span.last - span.first).days + 1 - len(off)
            yield say("trays.counted", where=where, days=days, first=_day(span.first), last=_day(span.last))
            named = [_holiday(one) for one in off if one.why not in _WEEKEND]
            yield say("trays.passed_over", days="; ".join((say("trays.weekends"), *named)))
        if line.provisional:
            yield say("trays.provisional_why")


def _within(span: Span, year: int) -> Span:
    """Return the days of a span that lie in a year."""
    return Span(max(span.first, dt.date(year, 1, 1)), min(span.last, dt.date(year, 12, 31)))


def _date(off: DayOff) -> dt.date:
    """Return the day that is off."""
    return off.date


def _holiday(off: DayOff) -> str:
    """Return a holiday by its day and name."""
    return f"{_day(off.date)} ({off.name})" if off.name else _day(off.date)


def _named(place: str, say: Speaker) -> str:
    """Return a calendar as people name it."""
    return say("trays.the_state") if place == STATE else place.replace("_", " ").title()


def _day(day: dt.date) -> str:
    """Return a day as people write it."""
    return f"{day:%d/%m/%Y}"
