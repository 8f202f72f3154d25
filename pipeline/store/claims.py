"""Who works on what: a case is lent to one worker for a time, and comes back by itself if the worker dies.

while claimed := claim(store, worker, 600, now()):
    case = ...                                   # the steps
    if finish(store, claimed, result, now()):    # result and effects owed, in one transaction
        publish(store, settings, case, now())
    release(store, claimed, now())
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.case import Original, Queue, Received, Source
from pipeline.errors import EnvironmentFault
from pipeline.intake.presentation import told
from pipeline.intake.unpack import ANSWER
from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.outbox import Effect, owe
from pipeline.store.schema import cases, originals, outbox, submissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A case lent to a worker. `upto` is the last journal row in it, `input` the digest of them all."""

    case: Received
    worker: str
    upto: int
    input: str
    attempt: int
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the steps found. `effects` are names of effects owed, `rules` the law version they stand on."""

    stage: Literal["routed", "returned"]
    queue: Queue | None = None
    procedure: str | None = None
    filed_on: dt.date | None = None
    resolve_by: dt.date | None = None
    cure_by: dt.date | None = None
    report: dict[str, Any] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()


def claim(store: Store, worker: str, lease_seconds: float, at: dt.datetime) -> Claimed | None:
    """Lend *worker* the case that has waited longest, None if nothing waits."""
    owed = sa.exists().where(outbox.c.case_id == cases.c.id, outbox.c.done_at.is_(None))
    waits = (
        sa.or_(cases.c.stage == "accepted", sa.and_(cases.c.stage != "hold", owed)),
        sa.or_(cases.c.lease_until.is_(None), cases.c.lease_until < at),
        sa.or_(cases.c.not_before.is_(None), cases.c.not_before <= at),
    )
    oldest = sa.select(cases).where(*waits).order_by(cases.c.received_at, cases.c.id).limit(1)
    until = at + dt.timedelta(seconds=lease_seconds)
    with store.write() as connection:
        row = connection.execute(oldest.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        lent = {"lease_owner": worker, "lease_until": until, "attempts": row.attempts + 1}
        connection.execute(sa.update(cases).where(cases.c.id == row.id).values(**lent))
        return _claimed(connection, store, row, worker, until)


def _claimed(connection: Connection, store: Store, row: Row[Any], worker: str, until: dt.datetime) -> Claimed:
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
    digest = hashlib.sha256("\n".join(one.id for one in handed).encode()).hexdigest()
    return Claimed(
        case=case, worker=worker, upto=handed[-1].seq, input=digest, attempt=row.attempts + 1, until=until
    )


def _originals(connection: Connection, store: Store, submission: Row[Any], order: int) -> list[Original]:
    """Return the files of one submission; those of an answer are told apart by its order."""
    query = sa.select(originals).where(originals.c.submission == submission.id).order_by(originals.c.position)
    lead = f"{ANSWER}{order}/" if order > 1 else ""
    return [
        Original(lead + row.name, store.blobs.path(row.sha256), row.sha256, row.bytes)
        for row in connection.execute(query)
    ]


def _mine(claimed: Claimed) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells that the case is still lent to this worker."""
    return (cases.c.id == claimed.case.id, cases.c.lease_owner == claimed.worker)


def renew(store: Store, claimed: Claimed, lease_seconds: float, at: dt.datetime) -> bool:
    """Prolong the loan; False if the case was given to another."""
    until = at + dt.timedelta(seconds=lease_seconds)
    with store.write() as connection:
        done = connection.execute(sa.update(cases).where(*_mine(claimed)).values(lease_until=until))
        return done.rowcount == 1


def finish(store: Store, claimed: Claimed, result: Result, at: dt.datetime) -> bool:
    """Write the result and the effects it owes; False if the loan was lost or an answer came meanwhile.

    The loan goes on, so that the worker publishes what it found; `release` ends it.
    """
    with store.write() as connection:
        if connection.execute(sa.select(cases.c.id).where(*_mine(claimed))).first() is None:
            return False
        if _newer(connection, claimed):
            return False
        connection.execute(
            sa.update(cases)
            .where(cases.c.id == claimed.case.id)
            .values(
                stage=result.stage,
                queue=result.queue,
                procedure=result.procedure,
                filed_on=result.filed_on,
                resolve_by=result.resolve_by,
                cure_by=result.cure_by,
                report=result.report,
                updated_at=at,
            )
        )
        owe(connection, result.effects, at)
        code = result.report.get("returned") or {}
        record(connection, claimed.case.id, at, result.stage, queue=result.queue, code=code.get("code"))
        return True


def _newer(connection: Connection, claimed: Claimed) -> bool:
    """Tell whether something was handed in for the case after it was lent."""
    columns = submissions.c
    query = sa.select(columns.seq).where(
        columns.case_id == claimed.case.id, columns.kind != "duplicate", columns.seq > claimed.upto
    )
    return connection.execute(query).first() is not None


def release(store: Store, claimed: Claimed, at: dt.datetime) -> None:
    """End the loan, all done."""
    _give_up(store, claimed, {"attempts": 0, "not_before": None, "updated_at": at})


def fail(store: Store, claimed: Claimed, code: str, at: dt.datetime, *, attempts: int, wait: float) -> None:
    """End the loan, not done: tried again after *wait* seconds, or held for a person after *attempts*.

    *code* says what went wrong in one word, the name of an exception's class. What fails around the case,
    such as a lost share, does not count: the case is tried again for as long as it takes.
    """
    outside = code == EnvironmentFault.__name__
    held = claimed.attempt >= attempts and not outside
    pause = wait * 2 ** (1 if outside else claimed.attempt - 1)
    later: dict[str, object] = {"not_before": at + dt.timedelta(seconds=pause)}
    if outside:
        later["attempts"] = claimed.attempt - 1
    _give_up(store, claimed, {"updated_at": at, **({"stage": "hold"} if held else later)})
    with store.write() as connection:
        record(connection, claimed.case.id, at, "held" if held else "failed", code=code)


def _give_up(store: Store, claimed: Claimed, changes: dict[str, object]) -> None:
    """Write the *changes* and end the loan, if it is still this worker's."""
    with store.write() as connection:
        free = {"lease_owner": None, "lease_until": None, **changes}
        connection.execute(sa.update(cases).where(*_mine(claimed)).values(**free))


def give_back(store: Store, at: dt.datetime, *, attempts: int) -> tuple[str, ...]:
    """Take back the cases whose loan has run out and return their ids; those tried too often are held."""
    with store.write() as connection:
        out = sa.select(cases.c.id, cases.c.attempts).where(cases.c.lease_until < at)
        rows = connection.execute(out).all()
        for row in rows:
            held = {"stage": "hold"} if row.attempts >= attempts else {}
            free = {"lease_owner": None, "lease_until": None, "updated_at": at, **held}
            connection.execute(sa.update(cases).where(cases.c.id == row.id).values(**free))
            record(connection, row.id, at, "held" if held else "given-back", code="worker-lost")
    return tuple(row.id for row in rows)


def requeue(store: Store, number: str, at: dt.datetime) -> bool:
    """Let a held or routed case be worked on again; False if there is none of that number or id."""
    undecided = (sa.or_(cases.c.number == number, cases.c.id == number), cases.c.decided_at.is_(None))
    with store.write() as connection:
        row = connection.execute(sa.select(cases.c.id).where(*undecided)).first()
        if row is None:
            return False
        again = {"stage": "accepted", "attempts": 0, "not_before": None, "updated_at": at}
        connection.execute(sa.update(cases).where(cases.c.id == row.id).values(**again))
        record(connection, row.id, at, "requeued")
    return True
