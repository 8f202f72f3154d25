"""What the runner is still to be told: events that say which ends it missed, and which of them it has since.

The record decides what ran; an engine that was away learns it from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import cases, events

UNTOLD, TOLD = "run-untold", "run-told"
OVERLAP = dt.timedelta(hours=1)
"""How far before a moment is looked all the same: clocks of machines differ, and late commits come late."""
MOST_COUNTED = 10_000


class Missed(NamedTuple):
    """The end of a run that the engine was not told of; `detail` is a `flows.case.End` by its names."""

    seq: int
    case: str
    office: str
    at: dt.datetime
    detail: Mapping[str, Any]


class Owed(NamedTuple):
    """How many runs the engine is to be told of (at most MOST_COUNTED are counted), and since when."""

    runs: int
    since: dt.datetime | None


def missed(store: Store, most: int, since: dt.datetime | None = None) -> Sequence[Missed]:
    """Return the oldest ends that the engine was not told of; all up to *since* are known to be told."""
    query = (
        sa.select(events.c.seq, events.c.case_id, cases.c.office, events.c.at, events.c.detail)
        .join(cases, cases.c.id == events.c.case_id)
        .where(*_untold(since))
        .order_by(events.c.seq)
        .limit(most)
    )
    with store.read() as connection:
        return [Missed(*row) for row in connection.execute(query)]


def owed(store: Store) -> Owed:
    """Return what the engine is to be told."""
    some = sa.select(events.c.at).where(*_untold(None)).limit(MOST_COUNTED).subquery()
    query = sa.select(sa.func.count(), sa.func.min(some.c.at, type_=events.c.at.type))
    with store.read() as connection:
        return Owed(*connection.execute(query).one())


def _untold(since: dt.datetime | None) -> list[sa.ColumnElement[bool]]:
    """Return what tells an end that was missed from one that was told."""
    later = events.alias()
    told = sa.exists().where(
        later.c.case_id == events.c.case_id, later.c.kind == TOLD, later.c.seq > events.c.seq
    )
    recent = [] if since is None else [events.c.at > since - OVERLAP]
    return [events.c.kind == UNTOLD, *recent, sa.not_(told)]
