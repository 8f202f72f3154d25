"""Notices as the record keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.notices.steps import ActKind, Step, Way
from pipeline.notices.tables import notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One step of telling an act, or the annulment of one (`annuls`)."""

    id: str
    case_id: str
    decision: str | None
    act: ActKind
    way: Way
    step: Step
    happened_on: dt.date
    hour: str | None
    suspends: bool | None
    proof: str | None
    proof_name: str | None
    registry: str | None
    annuls: str | None
    text: str
    by: str
    at: dt.datetime


_COLUMNS = [notices.c[one.name] for one in fields(Notice)]


def notices_of(connection: Connection, case: str) -> tuple[Notice, ...]:
    """Return every step recorded of a case in the order in which it was recorded, annulments among them."""
    query = sa.select(*_COLUMNS).where(notices.c.case_id == case).order_by(notices.c.at, notices.c.id)
    return tuple(Notice(**row._asdict()) for row in connection.execute(query))


def counted(told: Sequence[Notice]) -> tuple[Notice, ...]:
    """Return the steps that were not annulled, by the day on which they happened."""
    struck = {one.annuls for one in told if one.annuls}
    left = [one for one in told if one.annuls is None and one.id not in struck]
    return tuple(sorted(left, key=lambda one: (one.happened_on, one.hour or "")))
