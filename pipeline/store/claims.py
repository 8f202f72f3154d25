"""Who works on what: a case is lent to one worker for a time, and comes back by itself if the worker dies.

while claimed := claim(store, me(), 90, now()):
    case = ...                                   # the steps
    if finish(store, claimed, result, now()):    # result and effects owed, in one transaction
        publish(store, settings, case, claimed.came, now())
    release(store, claimed, now())

A case whose result stands but whose effects are owed is lent like one that waits to be read: the same
steps give the same result, and what was done is not done again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.after_filing.apart import apart
from pipeline.case import Original, Received, Source
from pipeline.intake.presentation import told
from pipeline.intake.unpack import ANSWER
from pipeline.journal.version import refuse_newer
from pipeline.store.database import Store
from pipeline.store.outbox import RECEIVE
from pipeline.store.schema import cases, originals, outbox, submissions
from pipeline.store.statements import Statements
from pipeline.store.turn import any_waits, next_case

_UNREAD = ("accepted", "waiting", "hold")
NEAR = dt.timedelta(days=7)
"""Within how long silence must be possible for a case to go first, where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A case lent to a worker.

    `came` are the submissions in it, in order; `upto` is the last one's row and `last_at` its moment;
    `unread` is False where the result stands and only its effects are owed.
    """

    case: Received
    worker: str
    upto: int
    last_at: dt.datetime
    came: tuple[str, ...]
    attempt: int
    unread: bool


def claim(
    store: Store,
    worker: str,
    lease_seconds: float,
    at: dt.datetime,
    living: Collection[str] | None = None,
    *,
    only_urgent: bool = False,
    urgent_until: dt.date | None = None,
) -> Claimed | None:
    """Lend *worker* the case whose turn it is, None if nothing waits.

    Those that silence may answer until the day *urgent_until* (by default a week ahead) and those that
    people let ahead come before all others, and alone with *only_urgent*. A loan that ran out by the clock
    is lent anew; not by an observer who watches who is *living*: clocks of two machines differ, so there
    what is lent stays lent until `give_back` has ended it. Raise OutdatedError where a newer program has
    brought the record up to date: nothing more is begun.
    """
    nobodys = cases.c.lease_owner.is_(None)
    free = nobodys if living is not None else sa.or_(nobodys, cases.c.lease_until < at)
    now = sa.or_(cases.c.not_before.is_(None), cases.c.not_before <= at)
    until = urgent_until or (at + NEAR).date()
    with store.read() as connection:
        refuse_newer(Statements(connection))
        if not any_waits(connection, free, now, urgent_until=until, only_urgent=only_urgent):
            return None
    with store.lend() as connection:
        row = next_case(connection, free, now, urgent_until=until, only_urgent=only_urgent)
        if row is None:
            return None
        return _lent(connection, store, row, worker, at, lease_seconds, row.attempts + 1)


def claim_unread(
    store: Store,
    worker: str,
    lease_seconds: float,
    at: dt.datetime,
    *,
    before: dt.datetime,
    but: Collection[str],
) -> Claimed | None:
    """Lend *worker* a case that lacks a receipt and has to wait, for the receipt only.

    It was handed in *before* and nobody reads it, or it was tried and must wait. Offices and cases in
    *but* are left out: their folders do not answer, or their receipts cannot be made.
    """
    lacks = (
        submissions.c.case_id == cases.c.id,
        submissions.c.kind != "duplicate",
        sa.or_(submissions.c.received_at < before, cases.c.not_before.is_not(None), cases.c.stage == "hold"),
        sa.not_(_receipted()),
    )
    free, unread = cases.c.lease_owner.is_(None), cases.c.stage.in_(_UNREAD)
    where = (free, unread, cases.c.office.not_in(but), cases.c.id.not_in(but), sa.exists().where(*lacks))
    with store.read() as connection:
        if connection.execute(sa.select(cases.c.id).where(*where)).first() is None:
            return None
    with store.lend() as connection:
        came = sa.select(sa.func.min(submissions.c.seq)).where(submissions.c.case_id == cases.c.id)
        oldest = sa.select(cases).where(*where).order_by(came.scalar_subquery()).limit(1)
        row = connection.execute(oldest.with_for_update(skip_locked=True, of=cases)).first()
        return None if row is None else _lent(connection, store, row, worker, at, lease_seconds, row.attempts)


def _lent(
    connection: Connection,
    store: Store,
    row: Row[Any],
    worker: str,
    at: dt.datetime,
    lease_seconds: float,
    attempt: int,
) -> Claimed:
    """Write the loan of a case that is this transaction's alone, and put the case together."""
    until = at + dt.timedelta(seconds=lease_seconds)
    lending = sa.update(cases).where(cases.c.id == row.id)
    connection.execute(lending.values(attempts=attempt, lease_owner=worker, lease_until=until))
    return _claimed(connection, store, row, worker, attempt)


def _receipted() -> sa.ColumnElement[bool]:
    """Return what tells a submission that has had its receipt."""
    return sa.exists().where(
        outbox.c.case_id == submissions.c.case_id,
        outbox.c.step == RECEIVE,
        outbox.c.input == submissions.c.id,
        outbox.c.done_at.is_not(None),
    )


def _claimed(connection: Connection, store: Store, row: Row[Any], worker: str, attempt: int) -> Claimed:
    """Put the case together from all that was handed in for it."""
    query = sa.select(submissions).where(submissions.c.case_id == row.id, submissions.c.kind != "duplicate")
    handed = connection.execute(query.order_by(submissions.c.seq)).all()
    first = handed[0]
    zone = dt.timezone(dt.timedelta(minutes=row.offset_minutes))
    case = Received(
        id=row.id,
        number=row.number,
        source=Source(first.name, first.sha256, first.bytes),
        originals=tuple(
            original for n, one in enumerate(handed, 1) for original in _originals(connection, store, one, n)
        ),
        received_at=row.received_at.astimezone(zone),
        office=row.office,
        said=tuple(told(words) for words in first.said),
    )
    came = tuple(one.id for one in handed)
    return Claimed(
        case=replace(case, apart=apart(connection, row.id)),
        worker=worker,
        upto=handed[-1].seq,
        last_at=handed[-1].received_at,
        came=came,
        attempt=attempt,
        unread=row.stage in _UNREAD,
    )


def as_claimed(store: Store, case: str) -> Claimed:
    """Return *case* put together from all that was handed in for it, as a worker gets it; lent to nobody."""
    with store.read() as connection:
        row = connection.execute(sa.select(cases).where(cases.c.id == case)).one()
        return _claimed(connection, store, row, "", 0)


def _originals(connection: Connection, store: Store, submission: Row[Any], order: int) -> list[Original]:
    """Return the files of one submission; those of an answer are told apart by its order."""
    query = sa.select(originals).where(originals.c.submission == submission.id).order_by(originals.c.position)
    lead = f"{ANSWER}{order}/" if order > 1 else ""
    return [
        Original(lead + row.name, store.blobs.path(row.sha256), row.sha256, row.bytes, order)
        for row in connection.execute(query)
    ]


def mine(claimed: Claimed) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells that the case is still lent to this worker."""
    return (cases.c.id == claimed.case.id, cases.c.lease_owner == claimed.worker)


def renew(store: Store, claimed: Claimed, lease_seconds: float, at: dt.datetime) -> bool:
    """Prolong the loan; False if the case was given to another."""
    until = at + dt.timedelta(seconds=lease_seconds)
    with store.lend() as connection:
        done = connection.execute(sa.update(cases).where(*mine(claimed)).values(lease_until=until))
        return done.rowcount == 1
