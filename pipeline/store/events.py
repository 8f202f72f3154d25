"""What happened to a case, in order; only added to. Details are codes, counts and ids, no person's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.journal.events import note
from pipeline.store.database import Store
from pipeline.store.schema import BLOCKED, cases, events
from pipeline.store.statements import Statements

_BEGIN_ANEW = ("routed", "returned", "requeued", "received-answer")
"""Events after which a case is given its chances again."""


class Event(NamedTuple):
    """One thing that happened."""

    at: dt.datetime
    kind: str
    detail: Mapping[str, Any]


def record(connection: Connection, case: str | None, at: dt.datetime, kind: str, **detail: object) -> None:
    """Add an event, in the transaction of what it tells of."""
    note(Statements(connection), case, at, kind, **detail)


def history(store: Store, case: str) -> tuple[Event, ...]:
    """Return what happened to *case*, oldest first."""
    with store.read() as connection:
        rows = connection.execute(sa.select(events).where(events.c.case_id == case).order_by(events.c.seq))
        return tuple(Event(row.at, row.kind, row.detail) for row in rows)


def of_live_cases() -> sa.ColumnElement[bool]:
    """Return what tells an event whose case still has the rows that it seals: it was not blocked."""
    return events.c.case_id.not_in(sa.select(cases.c.id).where(cases.c.stage == BLOCKED))


def since_anew(connection: Connection, case: str, kind: str) -> int:
    """Return how often *kind* happened to *case* since something was last found of it or asked for it."""
    own = (events.c.case_id == case,)
    anew = sa.select(sa.func.coalesce(sa.func.max(events.c.seq), 0))
    last = anew.where(*own, events.c.kind.in_(_BEGIN_ANEW)).scalar_subquery()
    query = sa.select(sa.func.count()).select_from(events).where(*own, events.c.kind == kind)
    return int(connection.execute(query.where(events.c.seq > last)).scalar_one())
