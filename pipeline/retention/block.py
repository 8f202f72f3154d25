"""One case blocked: packed, sealed, read back, compared, and only then out of the record in one transaction.

Stopped before that transaction, the case is live and whole, and the packet is swept like any bytes that no
row has. Stopped after it, the case is blocked; what is left to be removed is removed by the next run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.audit.chain import note
from pipeline.retention.belongings import Paper, let_go, members, papers_of, rows_of
from pipeline.retention.ending import Around, Ending, still_ended
from pipeline.retention.packet import BrokenError, Listed, sealed, verified
from pipeline.retention.ring import Ring
from pipeline.retention.sealing import NOTED, sealed_row
from pipeline.retention.tables import retained, retiring
from pipeline.store import Store
from pipeline.store.attached import attach
from pipeline.store.blobs import Kept
from pipeline.store.events import record
from pipeline.store.statements import Statements


class NotBlockedError(Exception):
    """A case stays live: `why` is `changed`, `papers` (one is missing or damaged) or `packet`."""

    def __init__(self, why: str) -> None:
        """Say *why*, in one word."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """What a case was when it was packed."""

    rows: Mapping[str, bytes]
    papers: tuple[Paper, ...]
    kept: Kept


def block(store: Store, ring: Ring, ending: Ending, around: Around, *, by: str, at: dt.datetime) -> None:
    """Block one case that has ended; raise NotBlockedError where it must stay live for now.

    Raises:
        EnvironmentFault: the ring or the record do not answer.
        OSError: the disk of the papers does not.
    """
    key = ring.key(ending.id)
    packed = _pack(store, key, ending.id)
    _read_back(store, key, ending.id, packed)
    with store.write() as connection:
        now = still_ended(connection, ending.id, around)
        if now is None or now.closed_on != ending.closed_on or rows_of(connection, ending.id) != packed.rows:
            raise NotBlockedError("changed")
        connection.execute(sa.insert(retiring).values(case_id=ending.id))
        let_go(connection, ending.id)
        _tell(connection, now, packed, by, at)
        connection.execute(sa.delete(retiring).where(retiring.c.case_id == ending.id))
    store.blobs.settle(packed.kept)


def _pack(store: Store, key: bytes, case: str) -> _Packed:
    """Put everything about a case into a packet among the papers."""
    with store.read() as connection:
        rows, papers = rows_of(connection, case), papers_of(connection, case)
    try:
        kept = store.blobs.pour(sealed(key, case, members(store, rows, papers)))
    except (FileNotFoundError, BrokenError):
        raise NotBlockedError("papers") from None
    return _Packed(rows=rows, papers=papers, kept=kept)


def _read_back(store: Store, key: bytes, case: str, packed: _Packed) -> None:
    """Read the packet from the disk, open it and compare each part with what was to be kept."""
    wanted = {f"rows/{table}.json": _listed(told) for table, told in packed.rows.items()}
    wanted |= {f"papers/{paper.sha256}": Listed(paper.sha256, paper.bytes) for paper in packed.papers}
    if not store.blobs.verify(packed.kept.sha256):
        raise NotBlockedError("packet")
    try:
        with store.blobs.opened(packed.kept.sha256) as file:
            found = verified(key, case, file)
    except BrokenError:
        raise NotBlockedError("packet") from None
    if found != wanted:
        # what the packet holds is what lay in the store: a paper that is not what its name says
        raise NotBlockedError("papers")


def _listed(told: bytes) -> Listed:
    """Return what a packet's list tells of these bytes."""
    return Listed(hashlib.sha256(told).hexdigest(), len(told))


def _tell(connection: Connection, ending: Ending, packed: _Packed, by: str, at: dt.datetime) -> None:
    """Write what is left of the case, the packet as its only paper, and who did it."""
    row: dict[str, Any] = {
        **ending._asdict(),
        "case_id": ending.id,
        "papers": [paper.sha256 for paper in packed.papers],
        "packet": packed.kept.sha256,
        "bytes": packed.kept.bytes,
    }
    del row["id"]
    connection.execute(sa.insert(retained).values(**row, blocked_at=at, blocked_by=by))
    attach(connection, ending.id, packed.kept, "", at)
    record(connection, ending.id, at, NOTED, seal=sealed_row(row))
    note(Statements(connection), by, "case-blocked", at, case=ending.id, papers=len(packed.papers))
