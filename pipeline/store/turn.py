"""Which case is worked on next: those near silence or let ahead first, then the one that came first.

Only the front of what waits is looked at, by indexes of what is open: neither the cases ever handed in nor
a long queue make the question dearer. Among those, the journal's sequence gives the order, not the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.store.outbox import PUBLISH, RETURN
from pipeline.store.schema import cases, outbox, submissions
from pipeline.trays.tables import standings

FRONT = 64
"""Cases looked at of each kind: more than workers that may ask at the same moment."""
UNREAD = ("accepted", "waiting")
SHORTEST = dt.timedelta(days=42)
"""Thirty working days, the shortest time to resolve, are never fewer: five weeks and the weekends in it."""
LET_AHEAD, UNREAD_TRAYS = 0, ("reading", "waiting")
"""As `pipeline.trays.standing` and `pipeline.trays.kinds` call them, which load the law."""
_ENDED = ("routed", "returned", "resolved")

Condition = sa.ColumnElement[bool]


def any_waits(
    connection: Connection, *free: Condition, urgent_until: dt.date, only_urgent: bool = False
) -> bool:
    """Tell whether there is such a case, without asking for any lock."""
    fronts = _fronts(*free, urgent_until=urgent_until, only_urgent=only_urgent)
    return any(connection.execute(front.limit(1)).first() is not None for front in fronts)


def next_case(
    connection: Connection, *free: Condition, urgent_until: dt.date, only_urgent: bool = False
) -> Row[Any] | None:
    """Return the next case that is *free*, and is this transaction's alone until it ends; None if none is.

    Urgent is what silence may answer until that day, and what a person let ahead. One that another
    transaction is about to lend is passed over, never waited for.
    """
    fronts = _fronts(*free, urgent_until=urgent_until, only_urgent=only_urgent)
    found = sa.union(*(sa.select(front.subquery().c.id) for front in fronts)).subquery()
    first = sa.case((sa.or_(_is_near(urgent_until), cases.c.id.in_(_ahead())), 0), else_=1)
    came = sa.select(sa.func.min(submissions.c.seq)).where(submissions.c.case_id == cases.c.id)
    # asked again of the row itself: another may have been lent it since the list was made
    query = sa.select(cases).where(cases.c.id.in_(sa.select(found.c.id)), *free, _waits())
    query = query.order_by(first, came.scalar_subquery()).limit(1)
    return connection.execute(query.with_for_update(skip_locked=True, of=cases)).first()


def _fronts(*free: Condition, urgent_until: dt.date, only_urgent: bool) -> Sequence[sa.Select[Any]]:
    """Return the queries for the front of each kind of what waits."""
    never_read = (_long(stage, urgent_until, *free) for stage in UNREAD)
    urgent = (_near(urgent_until, *free), *never_read, _ahead(*free))
    return urgent if only_urgent else (*(_oldest(stage, *free) for stage in UNREAD), _owed(*free), *urgent)


def _waits() -> Condition:
    """Return what tells a case that a worker is to take: to be read, or with effects of its result owed."""
    # a list of its own, so that the few that owe something are found without reading all that ended
    return sa.or_(cases.c.stage.in_(UNREAD), cases.c.id.in_(_owing()))


def _owing() -> sa.Select[Any]:
    """Return the query for cases whose result stands and whose effects are owed."""
    same = cases.alias()
    stage = sa.select(same.c.stage).where(same.c.id == outbox.c.case_id).scalar_subquery()
    due = (outbox.c.done_at.is_(None), outbox.c.step.in_((PUBLISH, RETURN)), stage.in_(_ENDED))
    return sa.select(outbox.c.case_id).where(*due)


def _owed(*free: Condition) -> sa.Select[Any]:
    """Return the query for the first of those that may be taken."""
    return sa.select(cases.c.id).where(cases.c.id.in_(_owing()), *free).limit(FRONT)


def _oldest(stage: str, *free: Condition) -> sa.Select[Any]:
    """Return the query for the front of those that wait to be read."""
    query = sa.select(cases.c.id).where(cases.c.stage == stage, *free)
    return query.order_by(cases.c.received_at).limit(FRONT)


def _is_near(until: dt.date) -> Condition:
    """Return what tells a case that silence may answer until then: it is to be judged again.

    One that was never read has no such day: it is near once the shortest time since it came is over by then.
    """
    return sa.and_(cases.c.stage.in_(UNREAD), sa.or_(cases.c.silence_after <= until, _never_read(until)))


def _never_read(until: dt.date) -> Condition:
    """Return what tells a case that was never read and came so long ago that silence may answer it."""
    over = dt.datetime.combine(until - SHORTEST, dt.time.max, dt.UTC)
    return sa.and_(cases.c.queue.is_(None), cases.c.received_at <= over)


def _long(stage: str, until: dt.date, *free: Condition) -> sa.Select[Any]:
    """Return the query for the oldest of those."""
    query = sa.select(cases.c.id).where(cases.c.stage == stage, _never_read(until), *free)
    return query.order_by(cases.c.received_at).limit(FRONT)


def _near(until: dt.date, *free: Condition) -> sa.Select[Any]:
    """Return the query for the nearest of those."""
    near = (cases.c.stage.in_(UNREAD), cases.c.silence_after <= until)
    query = sa.select(cases.c.id).where(*near, *free)
    return query.order_by(cases.c.silence_after).limit(FRONT)


def _ahead(*free: Condition) -> sa.Select[Any]:
    """Return the query for those that a person let ahead."""
    let = (standings.c.tray.in_(UNREAD_TRAYS), standings.c.turn == LET_AHEAD)
    if not free:
        return sa.select(standings.c.case_id.label("id")).where(*let)
    query = sa.select(cases.c.id).join(standings, standings.c.case_id == cases.c.id).where(*let, *free)
    return query.order_by(standings.c.order_on).limit(FRONT)
