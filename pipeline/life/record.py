"""The record of what happened to cases, in plain SQL: rows are added, never changed and never removed.

Told twice, a thing stands once. Who told is an account of the office, or `ventanilla` for the program. Each
row is sealed by a digest in the journal's event, so that `db check` sees a letter that became another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.journal.events import note
from pipeline.journal.kept import moment, packed, unpacked
from pipeline.journal.port import Journal, Row, Transaction, one
from validators.life.events import SILENT, Event, Kind, event, plain

PROGRAM = "ventanilla"
"""Who tells what the program records itself."""
NOTED = "life"
"""The kind of the journal's event that seals a row."""
_CASE = """SELECT id, number, office, stage, procedure, filed_on, report FROM cases
WHERE (number = :name OR id = :name) AND stage <> 'blocked'"""
_ROWS = """SELECT seq, kind, happened_on, detail, told_by, recorded_at, same FROM life
WHERE case_id = :case ORDER BY seq"""
_ADD = """INSERT INTO life (case_id, kind, happened_on, detail, told_by, recorded_at, same)
VALUES (:case, :kind, :day, :detail, :by, :at, :same) ON CONFLICT (case_id, same) DO NOTHING"""
_ANSWERED = "SELECT kind FROM life WHERE case_id = :case AND kind IN (:granted, :rejected) LIMIT 1"
_SHOW = "UPDATE cases SET updated_at = :at WHERE id = :case"
_LOOK = """UPDATE cases SET silence_after = COALESCE(resolve_by, :day)
WHERE id = :case AND stage IN ('routed', 'resolved')"""


class Kept(NamedTuple):
    """One row as it stands: the event, who told it, and when."""

    event: Event
    told_by: str
    recorded_at: dt.datetime


def case_row(transaction: Transaction, name: str) -> Row | None:
    """Return the case of that number or id."""
    return one(transaction.all(_CASE, name=name))


def events_of(transaction: Transaction, case: str) -> tuple[Kept, ...]:
    """Return all that was recorded of a case, as it was recorded; `e1` is the first.

    Raises:
        UsageError: a row is not what the program writes; nothing is said of a case whose record is damaged.
    """
    try:
        return tuple(_kept(row, f"e{n}") for n, row in enumerate(transaction.all(_ROWS, case=case), 1))
    except (ValueError, TypeError, AttributeError):
        raise UsageError(
            "Lo anotado de ese expediente está dañado: no se puede decir cómo está",
            "Ejecute `ventanilla db check`.",
        ) from None


def _kept(row: Row, name: str) -> Kept:
    """Return one row as an event."""
    on, said = dt.date.fromisoformat(row["happened_on"]), unpacked(row["detail"])
    recorded_at = dt.datetime.fromisoformat(str(row["recorded_at"]))
    return Kept(event(row["kind"], on, said, name), row["told_by"], recorded_at)


def history(journal: Journal, case: str) -> tuple[Kept, ...]:
    """Return all that was recorded of a case."""
    with journal.reading() as transaction:
        return events_of(transaction, case)


def add(transaction: Transaction, case: str, happened: Event, by: str, at: dt.datetime) -> bool:
    """Add one event, in a transaction that writes; False if it stood there already.

    What silence answered, once, is not answered by silence again, whatever day is told. The same told again
    after it was annulled is another row, with the number of the telling.
    """
    if happened.kind in SILENT and _answered(transaction, case):
        return False
    added = _added(transaction, case, happened, by, at)
    if not added and (again := _annulled(events_of(transaction, case), happened)):
        added = _added(transaction, case, replace(happened, again=again), by, at)
    if added and happened.kind in SILENT:
        transaction.run(_SHOW, case=case, at=moment(at))
    elif added:
        transaction.run(_LOOK, case=case, day=happened.on.isoformat())
    return added


def _added(transaction: Transaction, case: str, happened: Event, by: str, at: dt.datetime) -> bool:
    """Add a row with its seal; False if the same words stand there already."""
    same = digest(happened)
    added = transaction.run(
        _ADD,
        case=case,
        kind=happened.kind.value,
        day=happened.on.isoformat(),
        detail=packed(plain(happened)),
        by=by,
        at=moment(at),
        same=same,
    )
    if added:
        note(transaction, case, at, NOTED, same=same, seal=seal(same, by, moment(at)))
    return bool(added)


def _annulled(record: Sequence[Kept], happened: Event) -> int | None:
    """Return which telling of the same this would be, None where an earlier one counts."""
    alike = [kept.event.id for kept in record if _alike(kept.event, happened)]
    struck = {kept.event.event for kept in record if kept.event.kind is Kind.ANNULLED}
    return len(alike) + 1 if set(alike) <= struck else None


def _alike(one: Event, other: Event) -> bool:
    """Whether two events say the same, whenever they were told."""
    return replace(one, id="", again=None) == replace(other, id="", again=None)


def _answered(transaction: Transaction, case: str) -> bool:
    """Whether silence has answered, as the record has it."""
    granted, rejected = Kind.GRANTED_BY_SILENCE.value, Kind.REJECTED_BY_SILENCE.value
    return bool(transaction.all(_ANSWERED, case=case, granted=granted, rejected=rejected))


def digest(happened: Event) -> str:
    """Return the digest of what an event says, whoever tells it and whenever."""
    return _told(happened.kind.value, happened.on.isoformat(), plain(happened))


def _told(kind: str, day: str, detail: Mapping[str, str]) -> str:
    """Return the digest of the words of an event."""
    return _hashed([kind, day, sorted(detail.items())])


def seal(same: str, by: str, at: str) -> str:
    """Return the digest of a whole row: what it says (*same*), who told it, and when (as it is kept)."""
    return _hashed([same, by, at])


def resealed(row: Row) -> tuple[str, str] | None:
    """Return the digest and the seal that the words of a row make as they stand, None where they are none.

    They are not read as an event: a later program may write its words otherwise.
    """
    try:
        same = _told(row["kind"], row["happened_on"], unpacked(row["detail"]))
    except (ValueError, TypeError, AttributeError):
        return None
    return same, seal(same, row["told_by"], row["recorded_at"])


def _hashed(told: Sequence[object]) -> str:
    """Return the digest of some words."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
