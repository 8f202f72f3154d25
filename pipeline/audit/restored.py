"""The chain of a database that was brought back from a copy: it goes on, with a row that says so.

The file of heads may know heads that are newer than the copy. The row names their seals, so that their
absence is told as what it is, and any other head that goes missing is told as a loss.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.audit.chain import note
from pipeline.audit.heads import exported, heads, told
from pipeline.journal.kept import unpacked
from pipeline.journal.port import Transaction

RESTORED = "record-restored"
_SAID = "SELECT CAST(detail AS TEXT) AS detail FROM audit WHERE did = :did"


def note_restored(transaction: Transaction, blobs: Path, at: dt.datetime, who: str = "ventanilla") -> None:
    """Add the row, with the seals of the heads that the file in the papers' folder has and the table not."""
    there, forgiven = {head.line for head in heads(transaction)}, given_up(transaction)
    newer = [str(told(line).get("seal", "")) for line in exported(blobs) if line not in there]
    note(transaction, who, RESTORED, at, heads=[seal for seal in newer if seal not in forgiven])


def given_up(transaction: Transaction) -> frozenset[str]:
    """Return the seals of the heads that restored copies did not have."""
    found = [unpacked(row["detail"]) for row in transaction.all(_SAID, did=RESTORED)]
    return frozenset(seal for one in found for seal in one.get("heads", ()))
