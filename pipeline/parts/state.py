"""How the record stands besides its cases: what lies in drop folders, the last seal, the last copy."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.audit.heads import newest
from pipeline.store.events import record
from pipeline.store.schema import Moment, drops, events
from pipeline.store.statements import Statements

COPIED = "record-copied"
"""The event that a whole copy of the record was made."""


class Lying(NamedTuple):
    """What lies in the drop folders of an office in one state, and since when the first."""

    office: str
    state: str
    drops: int
    since: dt.datetime


def drops_lying(connection: Connection) -> list[Lying]:
    """Return what lies in drop folders and is not taken: a row each, and few."""
    by = (drops.c.office, drops.c.state)
    since = sa.type_coerce(sa.func.min(drops.c.first_seen), Moment())
    query = sa.select(*by, sa.func.count(), since).group_by(*by).order_by(*by)
    return [Lying(*row) for row in connection.execute(query)]


def sealed_on(connection: Connection) -> dt.date | None:
    """Return the day on which the audit was last sealed, None if it never was."""
    head = newest(Statements(connection))
    return None if head is None else dt.date.fromisoformat(head.day)


def note_copy(connection: Connection, at: dt.datetime) -> None:
    """Keep that a whole copy was made, for whoever asks how old the last one is."""
    record(connection, None, at, COPIED)


def backed_up_at(connection: Connection) -> dt.datetime | None:
    """Return when the last whole copy was made by this program, None if none is known."""
    query = sa.select(events.c.at).where(events.c.kind == COPIED).order_by(events.c.at.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()
