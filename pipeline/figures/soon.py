"""The open cases whose last day is near or past, one by one: numbers, offices and days, never whose."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.figures.asked import Asked
from pipeline.figures.sides import side
from pipeline.store import Store
from pipeline.trays import kinds
from pipeline.trays.tables import standings
from validators.calendar import STATE, Calendars, Span

_DAY = dt.timedelta(days=1)
_OPEN = tuple(one for one in kinds.every_tray() if one not in kinds.GATHERED)


class Soon(NamedTuple):
    """A case and its last day; `left` are working days, less than 0 once it passed, None uncounted."""

    number: str
    office: str
    tray: str
    day: dt.date
    left: int | None

    @property
    def side(self) -> str:
        """On whose side it lies (`pipeline.figures.sides`)."""
        return side(self.tray)


def soon(store: Store, asked: Asked, calendars: Calendars, until: dt.date, most: int) -> list[Soon]:
    """Return the open cases whose last day to be answered comes by *until*, those longest past first.

    `order_on` is never after `resolve_by`, so the index of the trays gives them without the rest.
    """
    columns = standings.c
    query = (
        sa.select(
            columns.number,
            columns.office,
            columns.tray,
            columns.resolve_by,
            columns.calendars,
            columns.saturdays,
        )
        .where(columns.tray.in_(_OPEN), columns.turn.in_((0, 1)))
        .where(columns.order_on <= until, columns.resolve_by <= until)
        .order_by(columns.resolve_by, columns.entry)
        .limit(most)
    )
    if asked.offices is not None:
        query = query.where(columns.office.in_(sorted(asked.offices)))
    with store.read() as connection:
        rows = connection.execute(query).all()
    return [
        Soon(
            row.number,
            row.office,
            row.tray,
            row.resolve_by,
            _left(asked.today, row.resolve_by, row.calendars, calendars, saturdays=row.saturdays),
        )
        for row in rows
    ]


def _left(today: dt.date, day: dt.date, named: str, calendars: Calendars, *, saturdays: bool) -> int | None:
    """Return the working days left, by the calendar that gives the least time."""
    over = day < today
    span = Span(day + _DAY, today) if over else Span(today + _DAY, day)
    places = [tuple(one.split("+")) for one in named.split("|") if one] or [(STATE,)]
    counts = [calendars.working_days(span, one, saturdays=saturdays) for one in places]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    return -max(known) if over else min(known)
