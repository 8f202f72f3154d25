"""A requirement complied with by papers that were handed in: from that day the time to resolve runs again.

The suspension lasts until the person complies, whoever writes that down and when (Ley 39/2015, art. 22.1.a):
without it the last day would stand too late, and a refusal could come over what silence had granted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.journal.kept import local, moment
from pipeline.store.schema import submissions
from validators.life.events import Event, Kind

if TYPE_CHECKING:
    from pipeline.decisions.situation import Situation


def complied(connection: Connection, found: Situation) -> Event | None:
    """Return that what was asked last was brought, None where it was not, or that was told already.

    It was where something was handed in since the notice and the case lacks nothing any more; the day is that
    of the last such entry, by the office's word or its reception.
    """
    asked = _last(found.lived.life.events, Kind.REQUIREMENT_NOTIFIED)
    if asked is None or found.stage not in {"routed", "resolved"} or found.file.with_outcome("cure"):
        return None
    met = _last(found.lived.life.events, Kind.REQUIREMENT_COMPLIED)
    if met is not None and met.on >= asked.on:
        return None
    days = [day for day in _entries(connection, found.case) if asked.on <= day <= found.today]
    told = {kept.event.on for kept in found.lived.record if kept.event.kind is Kind.REQUIREMENT_COMPLIED}
    return Event(kind=Kind.REQUIREMENT_COMPLIED, on=max(days)) if days and max(days) not in told else None


def _entries(connection: Connection, case: str) -> Iterator[dt.date]:
    """Yield the days on which answers were handed in: where the office states an entry, that one."""
    columns = (submissions.c.received_at, submissions.c.offset_minutes, submissions.c.said)
    mine = (submissions.c.case_id == case, submissions.c.kind == "answer")
    for row in connection.execute(sa.select(*columns).where(*mine)):
        came = local(moment(row.received_at), row.offset_minutes).date()
        stated = next((words["filed_on"] for words in row.said if words.get("filed_on")), None)
        yield min(came, dt.date.fromisoformat(stated)) if stated else came


def _last(events: tuple[Event, ...], kind: Kind) -> Event | None:
    """Return what happened last of a kind."""
    return next((event for event in reversed(events) if event.kind is kind), None)
