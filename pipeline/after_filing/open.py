"""Whether a case is open to what comes after filing; what cannot be done is said, and nothing is written."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.decisions.kept import standing
from pipeline.life.alarms import end_alarm
from pipeline.store.outbox import AFTER, Effect, owe
from pipeline.store.schema import cases, life, outbox, submissions
from pipeline.store.statements import Statements

TOLD = "told"
"""The effect of a row: its receipt and its note in the office's folder."""
Why = Literal[
    "decided",
    "not_read",
    "still_filing",
    "registered",
    "told_of_it",
    "same_case",
    "not_first",
    "other_office",
    "no_office",
    "no_case",
    "no_papers",
    "all_papers",
    "unreadable_paper",
    "to_come",
    "before_filing",
    "no_words",
]


class NotDone(Exception):  # noqa: N818 - an answer to a person, not an error of the program
    """Nothing was done; `why` is a word of a closed list, for which the desk has a sentence."""

    def __init__(self, why: Why) -> None:
        """Say *why*."""
        super().__init__(why)
        self.why: Why = why


def going_on(connection: Connection, case: str) -> Row[Any]:
    """Return the row of a case that was not returned, joined or taken back, decided or not; raise NotDone."""
    row = connection.execute(sa.select(cases).where(cases.c.id == case)).one()
    if row.stage in {"returned", "closed"}:
        raise NotDone("decided")
    return row


def undecided(connection: Connection, case: str) -> Row[Any]:
    """Return the row of a case of which nobody has decided, however far it is read; raise NotDone."""
    row = connection.execute(sa.select(cases).where(cases.c.id == case)).one()
    decided = standing(connection, case)
    ended = row.decided_at is not None or row.stage in {"returned", "resolved", "closed"}
    if ended or (decided is not None and decided.resolves):
        raise NotDone("decided")
    return row


def judged(connection: Connection, case: str) -> Row[Any]:
    """Return the row of a case that was judged and not decided; raise NotDone for any other."""
    row = undecided(connection, case)
    if row.stage != "routed":
        raise NotDone("not_read")
    return row


def settled(connection: Connection, case: str) -> None:
    """Raise NotDone while the folders owe something of the case, or its originals lie in one."""
    owed = sa.select(outbox.c.seq).where(outbox.c.case_id == case, outbox.c.done_at.is_(None))
    lying = (submissions.c.case_id == case, submissions.c.cleared_at.is_(None))
    if connection.execute(owed.union_all(sa.select(submissions.c.seq).where(*lying))).first() is not None:
        raise NotDone("still_filing")


def untold(connection: Connection, case: str) -> None:
    """Raise NotDone for a case of which the law has had something told: that stays with its number."""
    if connection.execute(sa.select(life.c.seq).where(life.c.case_id == case).limit(1)).first() is not None:
        raise NotDone("told_of_it")


def close(connection: Connection, case: str, at: dt.datetime) -> None:
    """End a case without a decision: no silence answers it, and nobody is to work on it."""
    ended = {"stage": "closed", "decided_at": at, "silence_after": None}
    connection.execute(sa.update(cases).where(cases.c.id == case).values(**ended))
    end_alarm(Statements(connection), case, at)


def owe_telling(connection: Connection, case: str, seq: int, at: dt.datetime) -> None:
    """Owe the receipt and the note of the row *seq* of `after_filing`."""
    owe(connection, [Effect(case, AFTER, TOLD, str(seq))], at)
