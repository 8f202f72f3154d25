"""The chain looked over from end to end: which row, if any, is the first that is not as it was written.

A row that was changed, taken out, put in, or moved breaks the digests after it; one taken away at the end is
missed by the tip; a chain that was made anew as a whole is not the one that the heads were sealed over, and
without the key nobody makes those anew. Rows are read in pieces: any number of them in bounded memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from pipeline.audit.chain import FIRST, digest, tip
from pipeline.audit.heads import Head, events_digest, exported, heads, told
from pipeline.audit.restored import given_up
from pipeline.audit.signature import known, worth
from pipeline.audit.verdict import Fault, Verdict
from pipeline.errors import EnvironmentFault
from pipeline.journal.port import Row, Transaction
from pipeline.receipts.key import Certificate
from pipeline.settings import Receipts
from pipeline.store import Store

_PIECE = 5000
_ROWS = """SELECT seq, at, who, did, case_id, CAST(detail AS TEXT) AS detail, digest FROM audit
WHERE seq > :after ORDER BY seq LIMIT :piece"""
_NUMBERS = "SELECT seq FROM audit WHERE seq > :after ORDER BY seq LIMIT 1"
_END = "SELECT (SELECT MAX(seq) FROM audit) AS last, seq FROM audit_tip"
_DIGEST = "SELECT digest FROM audit WHERE seq = :seq"
_LOWEST = -(2**62)
_BARE = {True: "head-unsigned", False: "head-bare"}
"""How it is called that a head is not signed: the last one, or one that another follows."""


def verify(store: Store, receipts: Receipts, since: dt.date | None = None) -> Verdict:
    """Look the whole chain over, or what came after the last head sealed before *since*.

    Raise EnvironmentFault where the tables cannot be read at all.
    """
    found = Verdict()
    with store.reading() as transaction:
        sealed = list(heads(transaction))
        found.sealed = sealed[-1] if sealed else None
        _own(found, sealed)
    start = _start(sealed, since)
    wanted = {head.seq: head for head in sealed if start is None or head.n >= start.n}
    _rows(store, found, start, wanted)
    if not found.faults:
        with store.reading() as transaction:
            _end(transaction, found)
            _events(transaction, found, sealed, start)
    _signed(found, receipts, [head for head in sealed if start is None or head.n >= start.n])
    _outside(store, found, sealed)
    return found


def _own(found: Verdict, sealed: list[Head]) -> None:
    """Look whether the heads are a chain themselves."""
    before = FIRST
    for n, head in enumerate(sealed, 1):
        if head.n != n:
            found.faults.append(Fault("head-missing", n))
            return
        if head.before != before or head.seal != head.sealed():
            found.faults.append(Fault("head-changed", n))
            return
        before = head.seal


def _start(sealed: list[Head], since: dt.date | None) -> Head | None:
    """Return the head to begin at, None to begin at the first row."""
    if since is None:
        return None
    return next((head for head in reversed(sealed) if head.day <= since.isoformat()), None)


def _rows(store: Store, found: Verdict, start: Head | None, wanted: Mapping[int, Head]) -> None:
    """Follow the rows until the first that is wrong."""
    before, after = (FIRST, 0) if start is None else (_before(store, start), start.seq - 1)
    lowest = _LOWEST if start is None else after
    found.last = after
    for row in _read(store, lowest):
        if isinstance(row, int):
            found.faults.append(Fault("unreadable", row))
            return
        if row["seq"] != found.last + 1:
            strange = row["seq"] <= found.last
            found.faults.append(
                Fault("beyond" if strange else "missing", row["seq"] if strange else found.last + 1)
            )
            return
        if before is not None and row["digest"] != _again(before, row):
            found.faults.append(Fault("changed", row["seq"]))
            return
        head = wanted.get(row["seq"])
        if head is not None and head.digest != row["digest"]:
            found.faults.append(Fault("head-other", head.n))
            return
        before, found.last = row["digest"], row["seq"]
        found.rows += 1


def _before(store: Store, start: Head) -> str | None:
    """Return the digest of the row before a head's: FIRST where there is none, None where it is away."""
    if start.seq == 1:
        return FIRST
    with store.reading() as transaction:
        rows = transaction.all(_DIGEST, seq=start.seq - 1)
    return rows[0]["digest"] if rows else None


def _again(before: str, row: Row) -> str:
    """Return the digest that the words of a row make as they stand."""
    words = (row["at"], row["who"], row["did"], row["case_id"], row["detail"])
    if not all(word is None or isinstance(word, str) for word in words):
        return ""
    return digest(before, row["seq"], *words)


def _read(store: Store, after: int) -> Iterator[Row | int]:
    """Yield the rows after one; the number of the first that cannot be read, and nothing more."""
    piece = _PIECE
    while True:
        try:
            with store.reading() as transaction:
                rows = transaction.all(_ROWS, after=after, piece=piece)
        except (EnvironmentFault, UnicodeError):
            if piece == 1:
                yield _next(store, after)
                return
            piece = 1
            continue
        if not rows:
            return
        yield from rows
        after = rows[-1]["seq"]


def _next(store: Store, after: int) -> int:
    """Return the number of the row after one; raise EnvironmentFault where not even that can be read."""
    with store.reading() as transaction:
        rows = transaction.all(_NUMBERS, after=after)
    return int(rows[0]["seq"]) if rows else after + 1


def _end(transaction: Transaction, found: Verdict) -> None:
    """Look whether the last row is the one that was written last."""
    ends = transaction.all(_END)
    if not ends:
        found.faults.append(Fault("tip"))
        return
    last, told_last = ends[0]["last"] or 0, ends[0]["seq"]
    if last != told_last:
        fault = Fault("cut", last + 1) if last < told_last else Fault("beyond", told_last + 1)
        found.faults.append(fault)
    end = tip(transaction)
    row = transaction.all(_DIGEST, seq=end["seq"]) if end else ()
    if end and row and row[0]["digest"] != end["digest"]:
        found.faults.append(Fault("changed", end["seq"]))


def _events(transaction: Transaction, found: Verdict, sealed: list[Head], start: Head | None) -> None:
    """Look whether the journal's events are those that each head was sealed over."""
    after = 0
    for head in sealed:
        wanted = start is None or head.n >= start.n
        if wanted and events_digest(transaction, after, head.events_seq) != head.events:
            found.faults.append(Fault("events", head.n))
            return
        after = head.events_seq


def _signed(found: Verdict, receipts: Receipts, sealed: list[Head]) -> None:
    """Look whether each head of *sealed* is signed, by a key that is known.

    Each, for whoever makes all of them anew has the next one signed by the office's own program.
    """
    keyless = receipts.key is None and receipts.pkcs11_module is None
    if keyless:
        found.notices.append(Fault("no-key"))
    trusted = known(receipts)
    for head in sealed:
        if head.signature is not None:
            _judged(found, head, head.signature, trusted)
    bare = [head.n for head in sealed if head.signature is None]
    if not keyless and bare:
        last = bare[-1] == sealed[-1].n
        (found.faults if last else found.notices).append(Fault(_BARE[last], bare[-1]))


def _judged(found: Verdict, head: Head, signature: str, trusted: tuple[Certificate, ...]) -> None:
    """Keep what is wrong with a signature; where no key is known at all there is nothing to judge it by."""
    judged = worth(head.seal, signature, trusted, dt.datetime.fromisoformat(head.at))
    if judged == "broken":
        found.faults.append(Fault("head-broken", head.n))
    elif judged == "unknown":
        (found.faults if trusted else found.notices).append(Fault("key-unknown", head.n))


def _outside(store: Store, found: Verdict, sealed: list[Head]) -> None:
    """Compare the heads with those in the file: what was cut off with its heads is still there."""
    lines, there = exported(store.blobs.root), {head.line for head in sealed}
    newer = [told(line) for line in lines if line not in there]
    forgiven = _forgiven(store) if newer else frozenset()
    for what in newer:
        n = what.get("n") if isinstance(what.get("n"), int) else None
        if what.get("seal") in forgiven:
            found.notices.append(Fault("restored", n))
        else:
            found.faults.append(Fault("head-gone", n))
    found.notices += [Fault("not-exported", head.n) for head in sealed if head.line not in lines]


def _forgiven(store: Store) -> frozenset[str]:
    """Return the seals that restored copies did not have; none where the rows cannot be read."""
    try:
        with store.reading() as transaction:
            return given_up(transaction)
    except EnvironmentFault:
        return frozenset()
