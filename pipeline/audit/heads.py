"""The head of the chain, sealed at the first look of each day, and kept in a file outside the database too.

A head says how far the chain went and the digest of that row; of the journal's events since the head before,
which hold the seals of entries, results and of the life of cases, it has the digest as well. Heads are a
chain of their own, so the last one, signed, answers for all that was before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.audit.chain import FIRST, tip
from pipeline.audit.signature import sign
from pipeline.files import write_whole
from pipeline.journal.kept import moment
from pipeline.journal.port import Row, Transaction, one
from pipeline.settings import Settings
from pipeline.store import Store

PLACE = Path("audit", "heads.jsonl")
"""The file, below the folder of the papers."""
_PIECE = 5000
_COLUMNS = "n, day, at, seq, digest, events_seq, events, before, seal, signature"
_HEADS = f"SELECT {_COLUMNS} FROM audit_heads ORDER BY n"  # noqa: S608 - our own names of columns
_NEWEST = f"SELECT {_COLUMNS} FROM audit_heads ORDER BY n DESC LIMIT 1"  # noqa: S608 - as above
_ADD = """INSERT INTO audit_heads (n, day, at, seq, digest, events_seq, events, before, seal, signature)
VALUES (:n, :day, :at, :seq, :digest, :events_seq, :events, :before, :seal, :signature)"""
_EVENTS = """SELECT seq, case_id, at, kind, CAST(detail AS TEXT) AS detail FROM events
WHERE seq > :after AND seq <= :until ORDER BY seq LIMIT :piece"""
_EVENT = "SELECT COALESCE(MAX(seq), 0) AS last FROM events"


class Head(NamedTuple):
    """One head, as table and file have it; `seal` is the digest of all before it, `signature` is of that."""

    n: int
    day: str
    at: str
    seq: int
    digest: str
    events_seq: int
    events: str
    before: str
    seal: str
    signature: str | None

    @property
    def line(self) -> str:
        """The line of the file."""
        return json.dumps(self._asdict(), sort_keys=True)

    def sealed(self) -> str:
        """Return the seal that its words make."""
        words = json.dumps(self[:-2], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def heads(transaction: Transaction) -> Iterator[Head]:
    """Yield the heads, the oldest first."""
    yield from (_head(row) for row in transaction.all(_HEADS))


def _head(row: Row) -> Head:
    """Return a row as a head."""
    return Head(**{**row, "day": str(row["day"])})


def newest(transaction: Transaction) -> Head | None:
    """Return the last head."""
    row = one(transaction.all(_NEWEST))
    return None if row is None else _head(row)


def events_digest(transaction: Transaction, after: int, until: int) -> str:
    """Return the digest of the journal's events after one and until another, in bounded memory."""
    made = hashlib.sha256()
    while rows := transaction.all(_EVENTS, after=after, until=until, piece=_PIECE):
        for row in rows:
            made.update(json.dumps([*row.values()], ensure_ascii=True).encode() + b"\n")
        after = rows[-1]["seq"]
    return made.hexdigest()


def seal_day(store: Store, settings: Settings, now: dt.datetime) -> Head | None:
    """Seal the chain as it stands if today nobody has; return the head that was made.

    A head without a signature is followed by one that has it as soon as there is a key. What the file lacks
    is written to it. Raise OSError where it cannot be.
    """
    head = _next(store, settings, now)
    if head is not None:
        head = _keep(store, head)
    export(store)
    return head


def _next(store: Store, settings: Settings, now: dt.datetime) -> Head | None:
    """Return the head to be made, None where there is nothing to seal."""
    with store.reading() as transaction:
        last, end = newest(transaction), tip(transaction)
        if end is None or not end["seq"]:
            return None
        done = last is not None and last.day >= now.date().isoformat()
        keyless = settings.receipts.key is None and settings.receipts.pkcs11_module is None
        if done and last is not None and (last.signature is not None or keyless):
            return None
        until = transaction.all(_EVENT)[0]["last"]
        events = events_digest(transaction, last.events_seq if last else 0, until)
    before, n = (last.seal, last.n + 1) if last else (FIRST, 1)
    words = (n, now.date().isoformat(), moment(now), end["seq"], end["digest"], until, events, before)
    unsigned = Head(*words, seal="", signature=None)
    sealed = unsigned._replace(seal=unsigned.sealed())
    signed = sealed._replace(signature=sign(sealed.seal, settings.receipts, now))
    return None if done and signed.signature is None else signed


def _keep(store: Store, head: Head) -> Head | None:
    """Write the head, unless another worker was first."""
    with store.writing() as transaction:
        last = newest(transaction)
        if (last.n if last else 0) != head.n - 1:
            return None
        transaction.run(_ADD, **head._asdict())
    return head


def export(store: Store) -> None:
    """Add to the file the heads that it lacks; lines that the table does not have stay, and are told."""
    path = store.blobs.root / PLACE
    there = exported(store.blobs.root)
    with store.reading() as transaction:
        lacking = [head.line for head in heads(transaction) if head.line not in there]
    if lacking:
        store.files.make_folder(path.parent, 0o700)
        write_whole(store.files, path, [f"{line}\n".encode() for line in (*there, *lacking)])


def exported(blobs: Path) -> tuple[str, ...]:
    """Return the lines of the file, none where there is no file."""
    try:
        text = (blobs / PLACE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ()
    return tuple(line for line in text.splitlines() if line)


def told(line: str) -> Mapping[str, Any]:
    """Return what a line of the file says, nothing where it is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
