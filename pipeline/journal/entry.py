"""The entry of a drop in the journal: this commit is the acceptance.

The bytes are in the blob store before it, and the original leaves the drop folder after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.intake.presentation import plain
from pipeline.journal.cases import allocate, duplicated, known
from pipeline.journal.drops import forget
from pipeline.journal.events import WENT_BACK, note
from pipeline.journal.kept import moment, offset_minutes, packed
from pipeline.journal.port import Journal, Row, Transaction, Value, one
from pipeline.journal.records import Drop, Entered, Kind
from pipeline.journal.rows import rows
from pipeline.store.names import safe
from pipeline.store.seals import entry_seal
from pipeline.ulid import ulid

BACKWARD = dt.timedelta(seconds=60)
"""By how much a clock may be behind the last row without a word."""
_SAME_DROP = """s.office = :office AND s.found_in = :found_in AND s.name = :name AND s.placed_at IS NULL
 AND (s.stamp = :stamp OR s.sha256 = :sha256)"""
_BACK = """s.stamp = :stamp AND s.sha256 = :sha256 AND s.office = :office AND s.found_in = :found_in
 AND s.name = :name AND s.case_id IN (SELECT case_id FROM events WHERE kind = 'original-gone')"""
_LIES = "UPDATE submissions SET stamp = :stamp, placed_at = NULL, cleared_at = NULL WHERE id = :id"
_HAS = "SELECT 1 AS has FROM submissions WHERE case_id = :case AND sha256 = :sha256 LIMIT 1"
_ORDER = "SELECT COUNT(*) AS before FROM submissions WHERE case_id = :case"
_LAST = "SELECT received_at AS last FROM submissions ORDER BY seq DESC LIMIT 1"
_ROW = """INSERT INTO submissions (id, case_id, office, kind, name, folder, bytes, sha256, received_at,
 offset_minutes, said, found_in, stamp, placed_as)
VALUES (:id, :case_id, :office, :kind, :name, :folder, :bytes, :sha256, :received_at, :offset_minutes, :said,
 :found_in, :stamp, :placed_as)"""
_NOWHERE = "UPDATE submissions SET placed_at = :at WHERE id = :id"
"""No original lies in any folder, and none is to be moved."""
_PART = """INSERT INTO originals (submission, position, name, sha256, bytes)
VALUES (:submission, :position, :name, :sha256, :bytes)"""
_OWE = """INSERT INTO outbox (case_id, step, effect, input, rules, owed_at)
VALUES (:case, 'receive', 'receipt', :submission, '', :at)"""
_WAKE = """UPDATE cases SET stage = 'accepted', attempts = 0, not_before = NULL, updated_at = :at,
 revision = revision + 1 WHERE id = :case"""


def enter(journal: Journal, drop: Drop, at: dt.datetime, still_there: Callable[[], bool]) -> Entered | None:
    """Accept *drop* at the moment *at* (with the office's offset) and return its row.

    None if it is gone or was changed: somebody else took it, or it is not finished. A drop whose row is
    there but whose original was not moved yet gives that row again, also when a share that was mounted anew
    shows the same bytes as another file, or shows a drop again that was missing when it was to be moved.
    What came without a folder is known again by its own id.
    """
    with journal.writing() as transaction:
        if not still_there():
            return None
        forget(transaction, drop.office, drop.found_in, drop.source.name)
        return _same_drop(transaction, drop) or insert(transaction, drop, at)


def insert(transaction: Transaction, drop: Drop, at: dt.datetime) -> Entered:
    """Accept *drop* in a transaction that writes, as `enter` does what was not there yet."""
    kind, case = _place(transaction, drop, at)
    return rows(transaction, "s.id = :id", id=_insert(transaction, drop, at, kind, case))[0]


def _same_drop(transaction: Transaction, drop: Drop) -> Entered | None:
    """Return the row of this very drop if its original still lies there, with the stamp that it has now."""
    if drop.id is not None:
        return one(rows(transaction, "s.id = :id", id=drop.id))
    known = {
        "office": drop.office,
        "found_in": drop.found_in,
        "name": drop.source.name,
        "stamp": drop.stamp,
        "sha256": drop.source.sha256,
    }
    found = rows(transaction, _SAME_DROP, **known) or rows(transaction, _BACK, **known)
    if not found:
        return None
    transaction.run(_LIES, stamp=drop.stamp, id=found[0].id)
    return rows(transaction, "s.id = :id", id=found[0].id)[0]


def _place(transaction: Transaction, drop: Drop, at: dt.datetime) -> tuple[Kind, Row]:
    """Return the case that *drop* belongs to, and as what."""
    if drop.answers is not None:
        case = known(transaction, drop.office, drop.answers)
        if case is not None:
            again = transaction.all(_HAS, case=case["id"], sha256=drop.source.sha256)
            return ("duplicate" if again else "answer"), case
    first, closed = duplicated(transaction, drop.office, drop.source.sha256, drop.said)
    if first is not None:
        return "duplicate", first
    linked_to = closed["id"] if closed else None
    return "new", allocate(transaction, drop.office, drop.source, at, linked_to=linked_to)


def _insert(transaction: Transaction, drop: Drop, at: dt.datetime, kind: Kind, case: Row) -> str:
    """Write the row, its files and its event, with the seal of both; an answer wakes its case up.

    A package that had come is owed a second receipt; the first one's is owed by what becomes of the case.
    """
    last = one(transaction.all(_LAST))
    identifier = write(transaction, drop, at, kind, case, noted_at=at)
    if last is not None and at < dt.datetime.fromisoformat(last["last"]) - BACKWARD:
        note(transaction, case["id"], at, WENT_BACK, last=last["last"])
    if kind == "answer":
        wake(transaction, case, at)
    if kind == "duplicate":
        transaction.run(_OWE, case=case["id"], submission=identifier, at=moment(at))
    return identifier


def write(
    transaction: Transaction, drop: Drop, came: dt.datetime, kind: Kind, case: Row, *, noted_at: dt.datetime
) -> str:
    """Write a row that came at a moment, with its files and the event that seals them; return its id."""
    row, said = _row(transaction, drop, came, kind, case), [plain(words) for words in drop.said]
    transaction.run(_ROW, **row, said=packed(said), stamp=drop.stamp)
    if drop.id is not None:
        transaction.run(_NOWHERE, id=drop.id, at=moment(noted_at))
    _parts(transaction, str(row["id"]), drop)
    sealed = entry_seal({**row, "said": said}, drop.parts)
    note(transaction, case["id"], noted_at, f"received-{kind}", submission=row["id"], seal=sealed)
    return str(row["id"])


def _row(transaction: Transaction, drop: Drop, at: dt.datetime, kind: Kind, case: Row) -> dict[str, Value]:
    """Return the columns of the row that never change again, but for what the office said."""
    order = transaction.all(_ORDER, case=case["id"])[0]["before"] + 1
    return {
        "id": drop.id or ulid(at),
        "case_id": case["id"],
        "office": drop.office,
        "kind": kind,
        "name": drop.source.name,
        "folder": drop.folder,
        "bytes": drop.source.bytes,
        "sha256": drop.source.sha256,
        "received_at": moment(at),
        "offset_minutes": offset_minutes(at),
        "found_in": drop.found_in,
        "placed_as": safe(f"{case['number']}_{order}" if order > 1 else case["number"], drop.source.name),
    }


def _parts(transaction: Transaction, identifier: str, drop: Drop) -> None:
    """Write the rows of the files of a drop."""
    of = [{"submission": identifier, "position": n, **one._asdict()} for n, one in enumerate(drop.parts)]
    if of:
        transaction.many(_PART, of)


def wake(transaction: Transaction, case: Row, at: dt.datetime) -> None:
    """Let the case be worked on again; what comes late waits for a person (Ley 39/2015, 73.3)."""
    if case["decided_at"] is not None:
        note(transaction, case["id"], at, "answer-after-decision")
    else:
        transaction.run(_WAKE, at=moment(at), case=case["id"])
