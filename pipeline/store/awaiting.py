"""How many cases wait for a worker: whoever keeps drains at the wanted number asks it every few seconds."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import cases
from pipeline.store.turn import UNREAD, any_waits


def awaiting(store: Store, at: dt.datetime, most: int, urgent_days: int, *, only_urgent: bool = False) -> int:
    """Return how many cases nobody has in hand and may be worked on at *at*; it stops counting at *most*.

    At least 1 where effects of results are owed; of urgent cases only whether there is any, 1 or 0.
    """
    free = cases.c.lease_owner.is_(None)
    now = sa.or_(cases.c.not_before.is_(None), cases.c.not_before <= at)
    first = sa.select(cases.c.id).where(cases.c.stage.in_(UNREAD), free, now).limit(most)
    with store.read() as connection:
        until = (at + dt.timedelta(days=urgent_days)).date()
        if not any_waits(connection, free, now, urgent_until=until, only_urgent=only_urgent):
            return 0
        if only_urgent:
            return 1
        return connection.execute(sa.select(sa.func.count()).select_from(first.subquery())).scalar_one() or 1
