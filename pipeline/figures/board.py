"""All that managers see at once, read in one transaction.

    board(store, Asked.lately(today, 7), calendars, now)

Every figure of what came and went has beside it that of as many days before. No figure tells of a person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.engine import Connection

from pipeline.figures import told
from pipeline.figures.asked import Asked, Span, Sum, sums
from pipeline.figures.compare import Pair, compared
from pipeline.figures.due import ahead, buckets, dues
from pipeline.figures.forecast import WEEKS, Forecast
from pipeline.figures.offices import Office, offices
from pipeline.figures.open import Lying, by_office, by_side, by_tray, laid, without_day
from pipeline.figures.quality import Quality, quality
from pipeline.figures.stuck import Stuck, stuck
from pipeline.store import Store
from validators.calendar import Calendars

_FLOWS = (
    told.RECEIVED,
    told.RETURNED,
    told.RESOLVED,
    told.DECIDED,
    told.SILENCE,
    told.CURE,
    told.PAGES,
    told.READ,
    told.FLAG,
    told.BAD_PAPER,
    told.CLOSED,
    told.SHOWN,
    told.MENDED,
    told.MENDED_RULE,
)
CHART = 28
"""Days of the chart of what came and went, at the least; the pace is taken from as many."""
_DAY = dt.timedelta(days=1)


class Day(NamedTuple):
    """Cases that came and that were resolved on a day."""

    day: dt.date
    received: int
    resolved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The figures of what somebody asked."""

    asked: Asked
    received: Pair
    returned: Pair
    """Of those received."""
    resolved: Pair
    closed: Pair
    """Ended without an answer: joined to another, parted, handed in by mistake."""
    days: tuple[Day, ...]
    """One by one, the last `CHART` or those asked for."""
    lying: tuple[Lying, ...]
    """What is open, by tray."""
    sides: tuple[Lying, ...]
    """The same, by who has to do the next thing (`pipeline.figures.sides`)."""
    due: Mapping[str, int]
    """Open cases by working days left (`pipeline.figures.due.BUCKETS`)."""
    forecast: Forecast
    offices: tuple[Office, ...]
    quality: Quality
    stuck: Stuck

    @property
    def open(self) -> int:
        """How many cases are open."""
        return sum(one.cases for one in self.lying)

    @property
    def oldest(self) -> dt.date | None:
        """The day on which the oldest open case came."""
        return min((one.oldest for one in self.lying), default=None)


def board(store: Store, asked: Asked, calendars: Calendars, at: dt.datetime) -> Board:
    """Return the figures that are *asked* at a moment."""
    with store.read() as connection:
        return _board(connection, asked, calendars, at)


def _board(connection: Connection, asked: Asked, calendars: Calendars, at: dt.datetime) -> Board:
    """Return the figures."""
    flows = compared(connection, asked, _FLOWS)
    by_day = sums(connection, asked, (told.RECEIVED, told.RESOLVED), _charted(asked), by=("day", "office"))
    lies, due = laid(connection, asked), dues(connection, asked)
    return Board(
        asked=asked,
        received=flows.total(told.RECEIVED),
        returned=flows.total(told.RETURNED),
        resolved=flows.total(told.RESOLVED),
        closed=flows.total(told.CLOSED),
        days=_days(by_day, _shown(asked)),
        lying=by_tray(lies),
        sides=by_side(lies),
        due=buckets(due, without_day(connection, asked), calendars, asked.today),
        forecast=ahead(due, _by_day(by_day, told.RESOLVED, told.worked), calendars, asked.today),
        offices=offices(flows, by_office(lies), due, by_day, calendars, asked.today),
        quality=quality(flows),
        stuck=stuck(connection, asked, at),
    )


def _shown(asked: Asked) -> Span:
    """Return the days of the chart."""
    return Span(min(asked.span.first, asked.span.last - (CHART - 1) * _DAY), asked.span.last)


def _charted(asked: Asked) -> Span:
    """Return the days of which sums are wanted one by one: those of the chart, and those of the pace."""
    shown = _shown(asked)
    return Span(min(shown.first, asked.today - 7 * WEEKS * _DAY), max(shown.last, asked.today))


def _by_day(
    found: Iterable[Sum], what: str, meets: Callable[[str], bool] = lambda _: True
) -> Counter[dt.date]:
    """Return the sums of one thing by day, over the names that it *meets*."""
    days: Counter[dt.date] = Counter()
    for one in found:
        if one.what == what and one.day is not None and meets(one.name):
            days[one.day] += one.number
    return days


def _days(found: list[Sum], span: Span) -> tuple[Day, ...]:
    """Return each day of the chart."""
    received, resolved = _by_day(found, told.RECEIVED), _by_day(found, told.RESOLVED)
    days = (span.first + n * _DAY for n in range(span.days))
    return tuple(Day(day, received[day], resolved[day]) for day in days)
