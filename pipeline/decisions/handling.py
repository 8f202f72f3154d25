"""The one row that tells how a case stands at the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.store.schema import handling


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a case stands: the columns of `pipeline.store.schema.handling`."""

    held_by: str | None = None
    held_until: dt.datetime | None = None
    held_since: dt.datetime | None = None
    assigned_to: str | None = None
    assigned_by: str | None = None
    level: int = 1
    on_hold_until: dt.date | None = None
    on_hold_why: str | None = None
    note: str | None = None
    noted_by: str | None = None
    awaits: str | None = None
    awaits_until: dt.date | None = None
    decision: str | None = None
    kind: str | None = None
    final_at: dt.datetime | None = None

    def holder(self, at: dt.datetime) -> str | None:
        """Return who has the case in hand at a moment; a hold that ran out is nobody's."""
        held = self.held_until is not None and self.held_until > at
        return self.held_by if held else None


_COLUMNS = [handling.c[one.name] for one in fields(Handling)]


def handled(connection: Connection, case: str) -> Handling:
    """Return how a case stands; one without a row is nobody's and to be decided."""
    row = connection.execute(sa.select(*_COLUMNS).where(handling.c.case_id == case)).first()
    return Handling() if row is None else Handling(**row._asdict())


def put(connection: Connection, case: str, **values: Any) -> None:
    """Write some columns, making the row where there is none."""
    changed = connection.execute(sa.update(handling).where(handling.c.case_id == case).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(handling).values(case_id=case, **values))
