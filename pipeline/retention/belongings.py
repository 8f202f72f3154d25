"""What of the record belongs to one case: what goes into its packet and leaves, and what stays for ever.

Rows are read as their columns hold them: they are kept for a court, not to be written back. Every table of
the record that names a case is in one of the lists below; a test sees to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.retention.packet import Member
from pipeline.store import Store
from pipeline.store.blobs import PIECE
from pipeline.store.schema import BLOCKED, cases

_OF_CASE = "case_id = :case"
_OF_DECISIONS = "decision IN (SELECT id FROM decisions WHERE case_id = :case)"
_OF_ENTRIES = "submission IN (SELECT id FROM submissions WHERE case_id = :case)"
_LEAVE: Mapping[str, str] = MappingProxyType(
    {
        "decision_ends": _OF_DECISIONS,
        "second_looks": _OF_DECISIONS,
        "notices": _OF_CASE,
        "decisions": _OF_CASE,
        "corrections": _OF_CASE,
        "after_filing": _OF_CASE,
        "life": _OF_CASE,
        "let_ahead": _OF_CASE,
        "api_sent": _OF_ENTRIES,
        "originals": _OF_ENTRIES,
        "submissions": _OF_CASE,
        "attached": _OF_CASE,
        "handling": _OF_CASE,
        "outbox": _OF_CASE,
    }
)
"""The tables whose rows are packed and leave: none before the rows that name it."""
_INDEXES = ("standings", "case_words", "moves")
"""What is made from the record to find and list cases: it goes, and is not packed."""
LEAVE = frozenset(_LEAVE) | frozenset(_INDEXES)
"""What goes. Codes, counts, days and digests alone stay; the row of `cases` is emptied."""
_READ: Mapping[str, str] = MappingProxyType({"cases": "id = :case", **_LEAVE, "events": _OF_CASE})
_PAPERS = """SELECT sha256, MAX(bytes) AS bytes FROM (
 SELECT sha256, bytes FROM originals WHERE submission IN (SELECT id FROM submissions WHERE case_id = :case)
 UNION ALL SELECT sha256, bytes FROM attached WHERE case_id = :case) AS mine
GROUP BY sha256 ORDER BY sha256"""
_EMPTIED = {
    "source_name": "",
    "source_sha256": "",
    "stage": BLOCKED,
    "waits_for": None,
    "not_before": None,
    "silence_after": None,
    "person": None,
}


class Paper(NamedTuple):
    """A paper of a case: its digest and size."""

    sha256: str
    bytes: int


def rows_of(connection: Connection, case: str) -> Mapping[str, bytes]:
    """Return the rows of a case by table, as JSON."""
    return {
        table: _told(connection.execute(sa.text(f"SELECT * FROM {table} WHERE {where}"), {"case": case}))  # noqa: S608 - our own names
        for table, where in _READ.items()
    }


def _told(found: sa.CursorResult[tuple[object, ...]]) -> bytes:
    """Return rows as JSON, in an order of their own: the same rows give the same bytes."""
    told = sorted(
        json.dumps(dict(row), ensure_ascii=False, sort_keys=True, default=str) for row in found.mappings()
    )
    return f"[{','.join(told)}]".encode("utf-8", "surrogatepass")


def papers_of(connection: Connection, case: str) -> tuple[Paper, ...]:
    """Return the papers of a case: as they came, and what was attached to it."""
    found = connection.execute(sa.text(_PAPERS), {"case": case})
    return tuple(Paper(row.sha256, row.bytes) for row in found)


def members(store: Store, rows: Mapping[str, bytes], papers: tuple[Paper, ...]) -> Iterator[Member]:
    """Yield what a packet holds; raise OSError where a paper is not in the store."""
    for table, told in rows.items():
        yield Member(f"rows/{table}.json", len(told), (told,))
    for paper in papers:
        yield Member(f"papers/{paper.sha256}", paper.bytes, _bytes(store, paper))


def _bytes(store: Store, paper: Paper) -> Iterator[bytes]:
    """Yield the bytes of a paper."""
    with store.blobs.opened(paper.sha256) as file:
        while piece := file.read(PIECE):
            yield piece


def let_go(connection: Connection, case: str) -> None:
    """Remove the rows of a case, and empty its own, in the transaction that names it in `retiring`."""
    if connection.dialect.name == "sqlite":
        # what is removed is overwritten in the pages at once, not only when they are written anew
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for table, where in _LEAVE.items():
        connection.execute(sa.text(f"DELETE FROM {table} WHERE {where}"), {"case": case})  # noqa: S608 - our own names
    empty = sa.update(cases).where(cases.c.id == case).values(**_EMPTIED, report=sa.null())
    connection.execute(empty)
    # the change above has left a mark for the trays, from which the case is gone
    for table in _INDEXES:
        connection.execute(sa.text(f"DELETE FROM {table} WHERE {_OF_CASE}"), {"case": case})  # noqa: S608 - as above
