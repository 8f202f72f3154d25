"""The last days of what is open: how many cases have how many working days left, what comes of them.

The days are those of the trays: the earliest last day that can be defended (`pipeline.trays.standing`).
Working days are counted on each calendar that may count; the count that gives the least time is taken.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.asked import Asked
from pipeline.figures.forecast import FARTHEST, WEEKS, Forecast, forecast, pace
from pipeline.figures.sides import TO_DECIDE
from pipeline.figures.tables import day_counts
from pipeline.figures.told import DUE
from validators.calendar import STATE, Calendars, NoCalendarError

LATE, TODAY, WEEK, FORTNIGHT, MONTH, LATER, UNCOUNTED = (
    "late",
    "today",
    "1-5",
    "6-10",
    "11-20",
    "21+",
    "uncounted",
)
BUCKETS: Final = (LATE, TODAY, WEEK, FORTNIGHT, MONTH, LATER, UNCOUNTED)
"""Working days left; `uncounted`: no last day is known, or no calendar of its year is at hand."""
_UP_TO = ((5, WEEK), (10, FORTNIGHT), (20, MONTH))
"""A last day ahead with no working day before it or on it is not today: it stands with those of the week."""
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


class Due(NamedTuple):
    """Open cases of one last day."""

    day: dt.date
    side: str
    queue: str
    calendars: tuple[tuple[str, ...], ...]
    saturdays: bool
    office: str
    cases: int


def dues(connection: Connection, asked: Asked) -> list[Due]:
    """Return the open cases by their last day; all that are late stand at yesterday, however late."""
    columns = day_counts.c
    late = sa.literal(asked.today - _DAY, sa.Date())
    day = sa.case((columns.day < asked.today, late), else_=columns.day)
    query = sa.select(day, columns.name, columns.office, sa.func.sum(columns.number))
    query = query.where(columns.what == DUE, *asked.where()).group_by(day, columns.name, columns.office)
    rows = connection.execute(query).all()
    told = {name: _named(name) for name in {row.name for row in rows}}
    return [Due(day, *told[name], office, int(number)) for day, name, office, number in rows]


class _Named(NamedTuple):
    """What the name of a sum tells."""

    side: str
    queue: str
    calendars: tuple[tuple[str, ...], ...]
    saturdays: bool


def _named(name: str) -> _Named:
    """Return what the name of a sum tells."""
    side, queue, calendars, saturdays = name.split("|")
    return _Named(side, queue, tuple(tuple(one.split("+")) for one in calendars.split()), saturdays == "1")


class Left:
    """Counts the working days to a day, each calendar once."""

    def __init__(self, calendars: Calendars, today: dt.date) -> None:
        self._calendars, self._today = calendars, today
        self._known: dict[tuple[tuple[str, ...], bool], list[int]] = {}

    def bucket(self, due: Due) -> str:
        """Return the name of the bucket of a last day."""
        if due.day < self._today:
            return LATE
        ahead = (due.day - self._today).days
        counts = [self._counts(place, saturdays=due.saturdays) for place in due.calendars or ((STATE,),)]
        if any(ahead >= len(one) for one in counts):
            return UNCOUNTED
        left = min(one[ahead] for one in counts)
        return TODAY if ahead == 0 else next((name for most, name in _UP_TO if left <= most), LATER)

    def _counts(self, places: tuple[str, ...], *, saturdays: bool) -> list[int]:
        """Return the working days left after today to each day ahead, as far as calendars are at hand."""
        key = (places, saturdays)
        if key not in self._known:
            self._known[key] = [0, *accumulate(self._works(places, saturdays=saturdays))]
        return self._known[key]

    def _works(self, places: tuple[str, ...], *, saturdays: bool) -> Iterable[int]:
        """Yield whether each day after today works, until no calendar tells."""
        for n in range(1, FARTHEST + 1):
            try:
                off = self._calendars.nonworking(self._today + n * _DAY, places, saturdays=saturdays)
            except NoCalendarError:
                return
            yield int(not off)


def buckets(found: Iterable[Due], without: int, calendars: Calendars, today: dt.date) -> Mapping[str, int]:
    """Return how many cases have how many working days left; *without* have no last day."""
    left, counted = Left(calendars, today), Counter(dict.fromkeys(BUCKETS, 0))
    counted[UNCOUNTED] += without
    for one in found:
        counted[left.bucket(one)] += one.cases
    return {name: counted[name] for name in BUCKETS}


def ahead(
    found: Iterable[Due], resolved: Mapping[dt.date, int], calendars: Calendars, today: dt.date
) -> Forecast:
    """Return what will come of the open cases that take a decision, at the pace of *resolved* cases."""
    open_ = [one for one in found if one.side in TO_DECIDE]
    due: Counter[dt.date] = Counter()
    for one in open_:
        due[one.day] += one.cases
    off = holidays(open_, calendars, today)
    return forecast(due, pace(resolved, today, off), today, off, resolved.get(today, 0))


def holidays(found: Iterable[Due], calendars: Calendars, today: dt.date) -> frozenset[dt.date]:
    """Return the holidays, weekends apart, of the calendars that most of the cases are counted on."""
    most = Counter[tuple[str, ...]]()
    for one in found:
        most[one.calendars[-1] if one.calendars else (STATE,)] += one.cases
    (places, _), *_rest = most.most_common(1) or [((STATE,), 0)]
    is_off = _off(calendars, places)
    span = range(-7 * WEEKS, FARTHEST + 1)
    return frozenset(day for day in (today + n * _DAY for n in span) if is_off(day))


def _off(calendars: Calendars, places: tuple[str, ...]) -> Callable[[dt.date], bool]:
    """Return what tells whether a day from Monday to Friday is a holiday; no calendar knows none."""

    def is_off(day: dt.date) -> bool:
        """Whether that day is a holiday."""
        try:
            return day.weekday() < _SATURDAY and calendars.nonworking(day, places)
        except NoCalendarError:
            return False

    return is_off
