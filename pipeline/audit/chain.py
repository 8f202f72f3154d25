"""The chain: each row carries the digest of its own words and of the row before it.

    with store.writing() as transaction:
        note(transaction, "ana", "case-seen", at, case=case_id)

Rows are written in the transaction of what they tell of, whose writer's lock puts them in order. Details are
codes, counts and names of fields: no value of a person's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.journal.kept import moment, packed
from pipeline.journal.port import Transaction, one

FIRST = "0" * 64
"""What stands for the digest before the first row."""
_LAST = "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1"
_ADD = """INSERT INTO audit (seq, at, who, did, case_id, detail, digest)
VALUES (:seq, :at, :who, :did, :case, :detail, :digest)"""


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
    last = one(transaction.all(_LAST))
    seq, before = (last["seq"] + 1, last["digest"]) if last else (1, FIRST)
    told = {"seq": seq, "at": moment(at), "who": who, "did": did, "case": case, "detail": detail}
    transaction.run(
        _ADD,
        seq=seq,
        at=moment(at),
        who=who,
        did=did,
        case=case,
        detail=packed(detail),
        digest=digest(before, told),
    )


def digest(before: str, told: Mapping[str, Any]) -> str:
    """Return the digest of a row after the one with the digest *before*."""
    words = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{before}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()
