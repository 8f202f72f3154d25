"""The working days that are left to a case, counted on the calendars of the place and of the body's seat.

Fewest first: what is shown is the count that gives the least time. The days counted, those passed over and
why are told beside it (Ley 39/2015, art. 30.2 and 30.6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from desk.web.words import Speaker
from pipeline.trays.listed import Line
from validators.calendar import STATE, Calendars, DayOff, NoCalendarError, Span
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
    """Counts for the rows of one page; like rows are counted once."""

    def __init__(self, calendars: Calendars, today: dt.date, say: Speaker) -> None:
        self._calendars, self._today, self._say = calendars, today, say
        self._risk = whole("product", "risk_working_days", on=today)
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
        counts: dict[tuple[str, ...], int | None] = {}
        if (span.last - span.first).days <= _FARTHEST:
            places = line.calendars or ((STATE,),)
            counts = {
                one: self._calendars.working_days(span, one, saturdays=line.saturdays) for one in places
            }
        known = [count for count in counts.values() if count is not None]
        days = (max(known) if over else min(known)) if counts and len(known) == len(counts) else None
        return Left(
            day=day,
            days=days,
            over=over,
            risk=over or days is None or days <= self._risk,
            provisional=line.provisional or days is None,
            more=tuple(self._told(line, span, counts)),
        )

    def _told(self, line: Line, span: Span, counts: dict[tuple[str, ...], int | None]) -> Iterator[str]:
        """Yield the count by each calendar, with the days that it passed over."""
        say = self._say
        for places, count in counts.items():
            where = ", ".join(_named(place, say) for place in places)
            if count is None:
                yield say("trays.no_calendar", where=where)
                continue
            yield say("trays.counted", where=where, days=count, first=_day(span.first), last=_day(span.last))
            off = self._holidays(span, places, saturdays=line.saturdays)
            yield say("trays.passed_over", days="; ".join((say("trays.weekends"), *off)))
        if line.provisional:
            yield say("trays.provisional_why")

    def _holidays(self, span: Span, places: tuple[str, ...], *, saturdays: bool) -> list[str]:
        """Return the holidays of a span that fall on no weekend."""
        try:
            found = self._calendars.days_off(span, places, saturdays=saturdays)
        except NoCalendarError:
            return []
        return [_holiday(one) for one in found if one.why not in _WEEKEND]


def _holiday(off: DayOff) -> str:
    """Return a holiday by its day and name."""
    return f"{_day(off.date)} ({off.name})" if off.name else _day(off.date)


def _named(place: str, say: Speaker) -> str:
    """Return a calendar as people name it."""
    return say("trays.the_state") if place == STATE else place.replace("_", " ").title()


def _day(day: dt.date) -> str:
    """Return a day as people write it."""
    return f"{day:%d/%m/%Y}"
