"""Cases put aside: which wait by themselves, which for a person, and what a person has let through.

Waiting counts no attempt, ends the loan, and is told once, not at every try.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.errors import MustWait
from pipeline.store.claims import Claimed, mine
from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.schema import cases, events
from pipeline.waiting import WAITS

LONGEST = dt.timedelta(minutes=5)
"""The pause between two tries of a case that waits by itself grows with its waiting, up to this."""
SKIPPED = "antivirus-skipped"
_WAITS, _PASSED = "waits", "let-through"


def put_aside(store: Store, claimed: Claimed, wait: MustWait, at: dt.datetime) -> None:
    """End the loan of a case that must wait, if it is still this worker's.

    A case whose result stands keeps its stage: only its effects wait.
    """
    with store.write() as connection:
        row = connection.execute(sa.select(cases).where(*mine(claimed))).first()
        if row is None:
            return
        again = row.stage in {"waiting", "hold"} and row.waits_for == wait.why
        since = row.updated_at if again else at
        pause = min((at - since) / 2, LONGEST)
        changes = {"not_before": wait.until and max(wait.until, at + pause), "updated_at": since}
        if claimed.unread:
            person = WAITS[wait.why].person
            changes |= {"stage": "hold" if person else "waiting", "waits_for": wait.why}
        else:
            changes["not_before"] = wait.until or at + LONGEST
        free = {"lease_owner": None, "lease_until": None, "attempts": max(claimed.attempt - 1, 0)}
        connection.execute(sa.update(cases).where(*mine(claimed)).values(**changes, **free))
        if not again:
            record(connection, row.id, at, _WAITS, why=wait.why, upto=claimed.upto)


def wake(store: Store, why: str, at: dt.datetime) -> int:
    """Let all cases that wait for *why* be tried at once: one of them got through. Return how many."""
    asleep = (cases.c.stage == "waiting", cases.c.waits_for == why, cases.c.not_before > at)
    with store.read() as connection:
        if connection.execute(sa.select(cases.c.id).where(*asleep).limit(1)).first() is None:
            return 0
    with store.write() as connection:
        return connection.execute(sa.update(cases).where(*asleep).values(not_before=at)).rowcount


def let_through(connection: Connection, case: Row[*tuple[Any, ...]], at: dt.datetime) -> None:
    """Note that a person has looked at what *case* waits for, in the transaction that lets it go on.

    It holds for what was handed in until then: an answer with another program in it waits again.
    """
    if case.stage in {"waiting", "hold"} and case.waits_for is not None:
        last = sa.select(events.c.detail).where(events.c.case_id == case.id, events.c.kind == _WAITS)
        waited = connection.execute(last.order_by(events.c.seq.desc()).limit(1)).scalar_one_or_none()
        if waited is not None:
            record(connection, case.id, at, _PASSED, **waited)


def unscanned(store: Store, office: str, since: dt.datetime) -> int:
    """Return how many cases of *office* were read without the optional antivirus from *since* on."""
    query = (
        sa.select(sa.func.count(sa.distinct(events.c.case_id)))
        .join(cases, cases.c.id == events.c.case_id)
        .where(events.c.kind == SKIPPED, events.c.at >= since, cases.c.office == office)
    )
    with store.read() as connection:
        return int(connection.execute(query).scalar_one())


def skipped(store: Store, claimed: Claimed, at: dt.datetime) -> None:
    """Note that the case was read though the optional antivirus did not answer."""
    with store.write() as connection:
        record(connection, claimed.case.id, at, SKIPPED)


def passed(store: Store, claimed: Claimed) -> frozenset[str]:
    """Return the waits that a person has ended for the case as it stands."""
    query = sa.select(events.c.detail).where(events.c.case_id == claimed.case.id, events.c.kind == _PASSED)
    with store.read() as connection:
        told = connection.execute(query).scalars().all()
    return frozenset(one["why"] for one in told if one["upto"] == claimed.upto)
