"""The rows of the journal, found and marked. A row is the moment of acceptance, and nothing undoes it."""

from __future__ import annotations

import datetime as dt

from pipeline.journal.events import note
from pipeline.journal.kept import local, moment
from pipeline.journal.port import Journal, Row, Transaction, Value
from pipeline.journal.records import Entered, Part

_ROWS = """SELECT s.id, s.case_id, c.number, s.office, s.kind, s.name, s.folder, s.bytes, s.sha256,
 s.found_in, s.stamp, s.placed_as, s.received_at, s.offset_minutes,
 (SELECT COUNT(*) FROM submissions AS b WHERE b.case_id = s.case_id AND b.seq <= s.seq) AS place
FROM submissions AS s JOIN cases AS c ON c.id = s.case_id WHERE """
_IN_ORDER = " ORDER BY s.seq"
# lists of their own, so that each database finds the few that are pending by their index
_UNPLACED = "s.seq IN (SELECT seq FROM submissions WHERE placed_at IS NULL)"
_PENDING = "s.placed_at IS NOT NULL AND s.seq IN (SELECT seq FROM submissions WHERE cleared_at IS NULL)"
_DONE = "c.stage IN ('routed', 'returned', 'resolved', 'closed') AND c.lease_owner IS NULL"
_OWES = "EXISTS (SELECT 1 FROM outbox AS o WHERE o.case_id = c.id AND o.done_at IS NULL)"
_PARTS = "SELECT name, sha256, bytes FROM originals WHERE submission = :submission ORDER BY position"
_PLACED = "UPDATE submissions SET placed_at = :at WHERE id = :id"
_CLEARED = "UPDATE submissions SET cleared_at = :at WHERE id = :id AND placed_at IS NOT NULL"
_USED = """SELECT 1 AS used FROM originals WHERE sha256 = :sha256
UNION SELECT 1 FROM attached WHERE sha256 = :sha256 LIMIT 1"""


def rows(transaction: Transaction, where: str, **values: Value) -> tuple[Entered, ...]:
    """Return the rows that meet *where* (`s` the row, `c` its case), in the journal's order."""
    return tuple(_entered(row) for row in transaction.all(_ROWS + where + _IN_ORDER, **values))


def _entered(row: Row) -> Entered:
    """Return the row as the rest of the program knows it."""
    return Entered(
        id=row["id"],
        case=row["case_id"],
        number=row["number"],
        office=row["office"],
        kind=row["kind"],
        name=row["name"],
        folder=bool(row["folder"]),
        bytes=row["bytes"],
        sha256=row["sha256"],
        found_in=row["found_in"],
        stamp=row["stamp"],
        placed_as=row["placed_as"],
        received_at=local(row["received_at"], row["offset_minutes"]),
        order=row["place"],
    )


def unplaced(journal: Journal) -> tuple[Entered, ...]:
    """Return the rows whose original may still lie in the drop folder, oldest first."""
    return _listed(journal, _UNPLACED)


def uncleared(journal: Journal, case: str) -> tuple[Entered, ...]:
    """Return the rows of *case* whose original lies in 2_EN_CURSO."""
    return _listed(journal, f"s.case_id = :case AND {_PENDING}", case=case)


def unpublished_duplicates(journal: Journal) -> tuple[Entered, ...]:
    """Return the duplicates that have not had their second receipt."""
    return _listed(journal, f"s.kind = 'duplicate' AND {_PENDING}")


def leftover(journal: Journal) -> tuple[Entered, ...]:
    """Return the rows whose original came to 2_EN_CURSO after all that their case owed was done."""
    return _listed(journal, f"s.kind <> 'duplicate' AND {_PENDING} AND {_DONE} AND NOT {_OWES}")


def of_case(journal: Journal, case: str) -> tuple[Entered, ...]:
    """Return all rows of *case*, oldest first."""
    return _listed(journal, "s.case_id = :case", case=case)


def _listed(journal: Journal, where: str, **values: Value) -> tuple[Entered, ...]:
    """Return the rows that meet *where*."""
    with journal.reading() as transaction:
        return rows(transaction, where, **values)


def parts(journal: Journal, submission: str) -> tuple[Part, ...]:
    """Return the files of *submission*."""
    with journal.reading() as transaction:
        found = transaction.all(_PARTS, submission=submission)
    return tuple(Part(row["name"], row["sha256"], row["bytes"]) for row in found)


def used(transaction: Transaction, sha256: str) -> bool:
    """Tell whether some row has those bytes."""
    return bool(transaction.all(_USED, sha256=sha256))


def mark_placed(journal: Journal, entered: Entered, at: dt.datetime, *, found: bool) -> None:
    """Note that the original left the drop folder; *found* False if somebody took it away meanwhile."""
    with journal.writing() as transaction:
        transaction.run(_PLACED, at=moment(at), id=entered.id)
        if not found:
            note(transaction, entered.case, at, "original-gone", submission=entered.id)


def mark_cleared(journal: Journal, entered: Entered, at: dt.datetime) -> None:
    """Note that the original is no longer in 2_EN_CURSO; nothing of one that may still come there."""
    with journal.writing() as transaction:
        transaction.run(_CLEARED, at=moment(at), id=entered.id)
