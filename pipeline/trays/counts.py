"""How many cases lie in each tray, since when the oldest, and which legal day comes next.

Counted over an index that holds no more than this; the few that gather from all trays are counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.store import Store
from pipeline.trays import kinds
from pipeline.trays.tables import standings
from pipeline.trays.wanted import Wanted

_TOLD = (
    sa.func.count(),
    sa.func.min(standings.c.received_on, type_=sa.Date()),
    sa.func.min(standings.c.order_on, type_=sa.Date()),
)
_APART = (*kinds.GATHERED, kinds.SECOND)


class Count(NamedTuple):
    """The cases of a tray: how many, the day on which the oldest came, the legal day that comes next."""

    cases: int
    oldest: dt.date | None = None
    next_day: dt.date | None = None


def counts(store: Store, wanted: Wanted, trays: Iterable[str]) -> Mapping[str, Count]:
    """Return how many cases lie in each of *trays* that *wanted* lets see; its own tray says nothing."""
    names = list(trays)
    found = dict.fromkeys(names, Count(0))
    columns = standings.c
    by = (columns.tray, columns.office, columns.procedure, columns.queue)
    # grouped whole and chosen from here: the index alone answers, whoever asks
    whole = sa.select(*by, *_TOLD).where(columns.tray != kinds.DONE).group_by(*by)
    with store.read() as connection:
        for row in connection.execute(whole):
            if row.tray in found and row.tray not in _APART and _meets(row, wanted):
                found[row.tray] = _together(found[row.tray], Count(*row[len(by) :]))
        for name in set(names) & set(_APART):
            gathered = sa.select(*_TOLD).where(*replace(wanted, tray=name).where())
            found[name] = Count(*connection.execute(gathered).one())
    return found


def count(store: Store, wanted: Wanted) -> Count:
    """Return how many cases lie in one tray."""
    with store.read() as connection:
        query = sa.select(*_TOLD).select_from(standings).where(*wanted.where())
        return Count(*connection.execute(query).one())


def _meets(row: Row[Any], wanted: Wanted) -> bool:
    """Whether the cases of a group are somebody's, and what is asked for."""
    reach = wanted.reach
    told = ((row.office, reach.offices), (row.procedure, reach.procedures), (row.queue, reach.queues))
    narrowed = ((row.office, wanted.office), (row.procedure, wanted.procedure))
    return all(limit is None or value in limit for value, limit in told) and all(
        chosen in {None, value} for value, chosen in narrowed
    )


def _together(one: Count, other: Count) -> Count:
    """Return the count of two groups."""
    days = [(one.oldest, other.oldest), (one.next_day, other.next_day)]
    first = [min(filter(None, both), default=None) for both in days]
    return Count(one.cases + other.cases, *first)
