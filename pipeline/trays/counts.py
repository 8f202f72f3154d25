"""How many cases lie in each tray, since when the oldest, and which legal day comes next.

Counted over an index that holds no more than this; the few that gather from all trays are counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.store import Store
from pipeline.trays import kinds
from pipeline.trays.tables import standings
from pipeline.trays.wanted import Wanted

_APART = (*kinds.GATHERED, kinds.SECOND)


class Count(NamedTuple):
    """The cases of a tray: how many, the day on which the oldest came, the legal day that comes next."""

    cases: int
    oldest: dt.date | None = None
    next_day: dt.date | None = None


def counts(store: Store, wanted: Wanted, trays: Iterable[str]) -> Mapping[str, Count]:
    """Return how many cases lie in each of *trays* that *wanted* lets see; its own tray says nothing."""
    names = list(trays)
    told = (
        sa.func.count(),
        sa.func.min(standings.c.received_on, type_=sa.Date()),
        sa.func.min(standings.c.order_on, type_=sa.Date()),
    )
    lying = [name for name in names if name not in _APART]
    narrowed = replace(wanted, tray="").where()[1:]
    query = (
        sa.select(standings.c.tray, *told)
        .where(standings.c.tray.in_(lying), *narrowed)
        .group_by(standings.c.tray)
    )
    found = dict.fromkeys(names, Count(0))
    with store.read() as connection:
        found |= {tray: Count(*rest) for tray, *rest in connection.execute(query)}
        for name in set(names) & set(_APART):
            gathered = sa.select(*told).where(*replace(wanted, tray=name).where())
            found[name] = Count(*connection.execute(gathered).one())
    return found
