"""What happened, in order; only added to. Details are codes, counts, ids and moments, no person's data."""

from __future__ import annotations

import datetime as dt

from pipeline.journal.kept import moment, packed, unpacked
from pipeline.journal.port import Journal, Transaction
from pipeline.journal.records import Jump

_NOTE = "INSERT INTO events (case_id, at, kind, detail) VALUES (:case, :at, :kind, :detail)"
WENT_BACK, JUMPED = "clock-went-back", "clock-jumped"
_JUMPS = "SELECT at, detail FROM events WHERE kind IN (:back, :jumped) AND at >= :since ORDER BY seq"


def note(transaction: Transaction, case: str | None, at: dt.datetime, kind: str, **detail: object) -> None:
    """Add an event, in the transaction of what it tells of."""
    transaction.run(_NOTE, case=case, at=moment(at), kind=kind, detail=packed(detail))


def note_jump(journal: Journal, jump: Jump) -> None:
    """Note that the clock jumped while the program ran."""
    with journal.writing() as transaction:
        note(transaction, None, jump.after, JUMPED, last=moment(jump.before))


def jumps(journal: Journal, since: dt.datetime) -> tuple[Jump, ...]:
    """Return the jumps of the clock that were noted from *since* on, as that clock tells it."""
    with journal.reading() as transaction:
        rows = transaction.all(_JUMPS, back=WENT_BACK, jumped=JUMPED, since=moment(since))
    return tuple(
        Jump(
            dt.datetime.fromisoformat(unpacked(row["detail"])["last"]).astimezone(since.tzinfo),
            dt.datetime.fromisoformat(row["at"]).astimezone(since.tzinfo),
        )
        for row in rows
    )
