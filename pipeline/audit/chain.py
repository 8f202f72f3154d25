"""The chain: each row carries the digest of its own words and of the row before it.

    with store.writing() as transaction:
        note(transaction, "ana", "case-seen", at, case=case_id)

Rows are written in the transaction of what they tell of, whose writer's lock puts them in order. Details are
codes, counts and names of fields: no value of a person's. The tip, a row beside the table, says which row is
the last, so that one taken away at the end is missed at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from pipeline.journal.kept import moment, packed
from pipeline.journal.port import Row, Transaction, one

FIRST = "0" * 64
"""What stands for the digest before the first row."""
_TIP = "SELECT seq, digest FROM audit_tip"
_LAST = "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1"
_ADD = """INSERT INTO audit (seq, at, who, did, case_id, detail, digest)
VALUES (:seq, :at, :who, :did, :case, :detail, :digest)"""
_MOVE = "UPDATE audit_tip SET seq = :seq, digest = :digest"
_SET = "INSERT INTO audit_tip (seq, digest) VALUES (:seq, :digest)"


def note(
    transaction: Transaction,
    who: str,
    did: str,
    at: dt.datetime,
    *,
    case: str | None = None,
    **detail: object,
) -> None:
    """Add a row: the account *who* *did* something at a moment, to a *case* if it is about one."""
    last = tip(transaction) or one(transaction.all(_LAST))
    seq, before = (last["seq"] + 1, last["digest"]) if last else (1, FIRST)
    words = {"at": moment(at), "who": who, "did": did, "case": case, "detail": packed(detail)}
    made = digest(before, seq, *words.values())
    transaction.run(_ADD, seq=seq, **words, digest=made)
    # a tip that is not there was taken away: what follows still has its own
    if not transaction.run(_MOVE, seq=seq, digest=made):
        transaction.run(_SET, seq=seq, digest=made)


def tip(transaction: Transaction) -> Row | None:
    """Return `seq` and `digest` of the row that was written last, whatever the table itself still has."""
    return one(transaction.all(_TIP))


def digest(before: str, *words: str | int | None) -> str:
    """Return the digest of a row after the one with the digest *before*.

    *words* are its seq, moment, who, what, case and details, as they stand in the table.
    """
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{told}".encode("utf-8", "surrogatepass")).hexdigest()
