"""Which cases have ended, how, and on which day: the last on which anything happened to them.

A convenio in force has not ended, nor has what silence granted and nobody confirmed, nor a case that owes
something to its office, that a worker has, or that is tied to another which goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.errors import EnvironmentFault
from pipeline.life.lived import as_lived, judged
from pipeline.life.record import events_of
from pipeline.retention.tables import holds
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.store.statements import Statements
from validators.calendar import Calendars
from validators.life import State
from validators.policy import Policy

ENDED = ("resolved", "returned", "closed")
"""The stages of cases with which nobody has anything more to do."""
_OVER = frozenset(
    {
        State.GRANTED,
        State.GRANTED_BY_SILENCE,
        State.REJECTED_BY_SILENCE,
        State.REFUSED,
        State.REFERRED,
        State.DESISTED,
        State.WITHDRAWN,
        State.LAPSED,
        State.ENDED,
    }
)
_PAGE = 200
"""Cases looked at in one transaction, so that no snapshot of the record is held for long."""
# moments and days are text that sorts; a moment's day is that of UTC, at most one before the office's
_LAST = """SELECT MAX(day) FROM (
 SELECT MAX(happened_on) AS day FROM life WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(recorded_at, 1, 10)) FROM life WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(received_at, 1, 10)) FROM submissions WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(at, 1, 10)) FROM decisions WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(at, 1, 10)) FROM notices WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(at, 1, 10)) FROM corrections WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(at, 1, 10)) FROM after_filing WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(ended_at, 1, 10)) FROM legal_holds WHERE case_id = :case
 UNION ALL SELECT MAX(SUBSTR(at, 1, 10)) FROM events WHERE case_id = :case AND kind IN
  ('routed', 'returned', 'requeued', 'decision-final')) AS days"""
_OWES = """SELECT 1 FROM outbox WHERE case_id = :case AND done_at IS NULL
UNION ALL SELECT 1 FROM submissions WHERE case_id = :case AND cleared_at IS NULL LIMIT 1"""
# both cases have a row of what passed between them, so that either finds the other by its own
_TIED = """SELECT 1 FROM after_filing AS a JOIN cases AS c ON c.id = a.other_case
WHERE a.case_id = :case AND (c.stage NOT IN ('resolved', 'returned', 'closed', 'blocked')
 OR EXISTS (SELECT 1 FROM legal_holds AS h WHERE h.case_id = c.id AND h.ended_at IS NULL)) LIMIT 1"""


class Around(NamedTuple):
    """What a case is looked at with: the law's settings and calendars, and the day."""

    policy: Policy
    calendars: Calendars
    today: dt.date


class Ending(NamedTuple):
    """How a case ended, and the day from which its years are counted."""

    id: str
    number: str
    office: str
    procedure: str
    outcome: str
    received_on: dt.date
    closed_on: dt.date


class _Place(NamedTuple):
    """The last case of a page."""

    received_at: dt.datetime
    id: str


def endings(store: Store, before: dt.datetime, around: Around) -> Iterator[Ending]:
    """Yield the cases received *before* a moment that have ended and are on no hold, the oldest first."""
    after: _Place | None = None
    while True:
        with store.read() as connection:
            rows = connection.execute(_page(before, after)).all()
            found = [ending for row in rows if (ending := _ended(connection, row, around)) is not None]
        yield from found
        if len(rows) < _PAGE:
            return
        after = _Place(rows[-1].received_at, rows[-1].id)


def still_ended(connection: Connection, case: str, around: Around) -> Ending | None:
    """Return how one case has ended, as a writer sees it; None where it has not any more, or is on hold."""
    row = connection.execute(sa.select(cases).where(cases.c.id == case, *_candidate())).first()
    return None if row is None else _ended(connection, row, around)


def _page(before: dt.datetime, after: _Place | None) -> sa.Select[Any]:
    """Return the query for the next cases that may have ended."""
    query = sa.select(cases).where(cases.c.received_at < before, *_candidate())
    query = query.order_by(cases.c.received_at, cases.c.id).limit(_PAGE)
    if after is None:
        return query
    same = sa.and_(cases.c.received_at == after.received_at, cases.c.id > after.id)
    return query.where(sa.or_(cases.c.received_at > after.received_at, same))


def _candidate() -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells a case that may have ended: by its stage, in nobody's hands, on no hold."""
    held = sa.exists().where(holds.c.case_id == cases.c.id, holds.c.ended_at.is_(None))
    return cases.c.stage.in_(ENDED), cases.c.lease_owner.is_(None), sa.not_(held)


def _ended(connection: Connection, row: Row[Any], around: Around) -> Ending | None:
    """Return how the case of a *row* ended; None where it goes on in some way."""
    if any(connection.execute(sa.text(one), {"case": row.id}).first() for one in (_OWES, _TIED)):
        return None
    outcome = row.stage if row.stage != "resolved" else _outcome(connection, row, around)
    if outcome is None:
        return None
    received = row.received_at.astimezone(dt.timezone(dt.timedelta(minutes=row.offset_minutes))).date()
    last = connection.execute(sa.text(_LAST), {"case": row.id}).scalar_one()
    closed = max(received, dt.date.fromisoformat(last)) if last else received
    return Ending(row.id, row.number, row.office, row.procedure or "unknown", outcome, received, closed)


def _outcome(connection: Connection, row: Row[Any], around: Around) -> str | None:
    """Return how a resolved case stands by the law; None where that is not over, or cannot be told."""
    try:
        record = events_of(Statements(connection), row.id)
        found = as_lived(judged(row._asdict()), record, around.today, around.policy, around.calendars)
    except EnvironmentFault:
        raise
    except Exception:  # noqa: BLE001 - a report that does not read stops no other case; its text may hold names
        return None
    return found.life.state.value if found.life.state in _OVER else None
