"""How a loan ends: with a result, with a failure, or given back as it was (`waits`: by having to wait)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.case import Queue
from pipeline.errors import EnvironmentFault
from pipeline.store.claims import Claimed, mine
from pipeline.store.database import Store
from pipeline.store.events import record, since_anew
from pipeline.store.outbox import Effect, owe_instead
from pipeline.store.schema import BLOCKED, cases, submissions
from pipeline.store.seals import result_seal
from pipeline.store.waits import let_through

LONGEST_WAIT = 60.0
"""Seconds between two tries of a case whose surroundings fail; the pause grows up to this."""


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
    person: str | None = None
    """The number of the applicant's identity document, where it was read surely."""


def finish(store: Store, claimed: Claimed, result: Result, at: dt.datetime) -> bool:
    """Write the result and the effects it owes; False if the loan was lost or an answer came meanwhile.

    The loan goes on, so that the worker publishes what it found; `release` ends it.
    """
    with store.write() as connection:
        columns = (cases.c.stage, cases.c.report, cases.c.decided_at)
        # the row is locked: nobody is lent a case while its result is written
        held = sa.select(*columns).where(*mine(claimed)).with_for_update()
        row = connection.execute(held).first()
        if row is None or _newer(connection, claimed):
            return False
        owe_instead(connection, claimed.case.id, result.effects, at)
        # what a person decided is not judged anew because an effect of it was owed
        if row.decided_at is None and (row.stage, row.report) != (result.stage, result.report):
            write_result(connection, claimed.case.id, result, at)
        return True


def write_result(connection: Connection, case: str, result: Result, at: dt.datetime) -> None:
    """Write a result that is not there yet, sealed by its event, in the transaction of what found it."""
    found = {
        "queue": result.queue,
        "procedure": result.procedure,
        "filed_on": result.filed_on,
        "resolve_by": result.resolve_by,
        "cure_by": result.cure_by,
        "report": result.report,
    }
    stage = {"stage": result.stage, "updated_at": at, "revision": cases.c.revision + 1}
    # not sealed: the first is the sweep's own mark, the second an index of what the report holds
    marks = {"silence_after": result.resolve_by, "person": result.person}
    connection.execute(sa.update(cases).where(cases.c.id == case).values(**found, **stage, **marks))
    code = (result.report.get("returned") or {}).get("code")
    told = {"queue": result.queue, "code": code, "seal": result_seal(found)}
    record(connection, case, at, result.stage, **told)


def _newer(connection: Connection, claimed: Claimed) -> bool:
    """Tell whether something was handed in for the case after it was lent."""
    columns = submissions.c
    query = sa.select(columns.seq).where(
        columns.case_id == claimed.case.id, columns.kind != "duplicate", columns.seq > claimed.upto
    )
    return connection.execute(query).first() is not None


def release(store: Store, claimed: Claimed, at: dt.datetime) -> None:
    """End the loan, all done."""
    _end(store, claimed, {"attempts": 0, "not_before": None, "updated_at": at})


def hand_back(store: Store, claimed: Claimed) -> None:
    """End a loan that was for something else than reading: the case stands as it stood."""
    _end(store, claimed, {})


def fail(store: Store, claimed: Claimed, code: str, at: dt.datetime, *, attempts: int, wait: float) -> None:
    """End the loan, not done: tried again after *wait* seconds, or held for a person after *attempts*.

    *code* says what went wrong in one word, the name of an exception's class. What fails around the case,
    such as a lost share, does not count: the case is tried again for as long as it takes, once a minute.
    """
    outside = code == EnvironmentFault.__name__
    held = claimed.attempt >= attempts and not outside
    with store.read() as connection:
        before = since_anew(connection, claimed.case.id, "failed") if outside else claimed.attempt - 1
    pause = min(wait * 2**before, LONGEST_WAIT) if outside else wait * 2**before
    later: dict[str, object] = {"not_before": at + dt.timedelta(seconds=pause)}
    if outside:
        later["attempts"] = claimed.attempt - 1
    changes = {"updated_at": at, **({"stage": "hold", "waits_for": None} if held else later)}
    _end(store, claimed, changes, at, "held" if held else "failed", code=code)


def _end(
    store: Store,
    claimed: Claimed,
    changes: Mapping[str, object],
    at: dt.datetime | None = None,
    kind: str = "",
    **detail: str,
) -> None:
    """Write the *changes*, and an event if one is named, and end the loan if it is still this worker's."""
    free = {"lease_owner": None, "lease_until": None, **changes}
    # only an event has its place in an order; without one, who works on the case is all that changes
    transaction = store.lend if at is None else store.write
    with transaction() as connection:
        freed = connection.execute(sa.update(cases).where(*mine(claimed)).values(**free)).rowcount
        if freed and at is not None:
            record(connection, claimed.case.id, at, kind, **detail)


def requeue(store: Store, number: str, at: dt.datetime) -> bool:
    """Let a case be worked on again; False if there is none of that number or id that is undecided.

    What was returned is with whoever handed it in: handed in again it is a new case, linked to this one. A
    case that waits goes on: a person has looked.
    """
    with store.write() as connection:
        return requeue_in(connection, number, at)


def requeue_in(connection: Connection, number: str, at: dt.datetime) -> bool:
    """Do the same in a transaction that is open."""
    undecided = (
        sa.or_(cases.c.number == number, cases.c.id == number),
        cases.c.decided_at.is_(None),
        cases.c.stage.not_in(("returned", "resolved", "closed", BLOCKED)),
    )
    columns = (cases.c.id, cases.c.stage, cases.c.waits_for)
    row = connection.execute(sa.select(*columns).where(*undecided)).first()
    if row is None:
        return False
    let_through(connection, row, at)
    again = {"stage": "accepted", "attempts": 0, "not_before": None, "updated_at": at}
    connection.execute(sa.update(cases).where(cases.c.id == row.id).values(**again))
    record(connection, row.id, at, "requeued")
    return True
