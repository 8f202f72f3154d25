"""The record of corrections: rows are added, never changed and never removed; each is sealed by an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.corrections.kept import Before, Kept, Paper
from pipeline.corrections.table import corrections
from pipeline.journal.kept import unpacked
from pipeline.store.events import record
from pipeline.store.seals import seal

NOTED = "corrected"
"""The kind of the journal's event that seals a row."""
_TEXTS = ("pages", "path", "said", "at")


def add(connection: Connection, case: str, said: Kept) -> int:
    """Add a correction of *case* in the transaction of what it changes; return its number."""
    row: dict[str, Any] = {
        "case_id": case,
        "what": said.what,
        "sha256": said.paper.sha256,
        "pages": list(said.paper.pages),
        "kind": said.paper.kind,
        "field": said.field,
        "path": list(said.path),
        "said": _said(said),
        "undoes": said.undoes,
        "who": said.who,
        "at": said.at,
    }
    adding = sa.insert(corrections).values(**row).returning(corrections.c.seq)
    seq: int = connection.execute(adding).scalar_one()
    written = connection.execute(_plain().where(corrections.c.seq == seq)).one()
    record(connection, case, said.at, NOTED, row=seq, seal=sealed(dict(written._mapping)))  # noqa: SLF001 - SQLAlchemy's public name
    return seq


def _said(said: Kept) -> dict[str, Any]:
    """Return the words of a correction."""
    where = dict(said.where) if said.where else None
    return {"value": said.value, "before": said.before.told(), "where": where, "why": said.why}


def of_case(connection: Connection, case: str) -> tuple[Kept, ...]:
    """Return all that was ever set right in *case*, in the order in which it was said."""
    rows = sa.select(corrections).where(corrections.c.case_id == case).order_by(corrections.c.seq)
    return tuple(_kept(dict(row._mapping)) for row in connection.execute(rows))  # noqa: SLF001 - as above


def _kept(row: Mapping[str, Any]) -> Kept:
    """Return one row."""
    said = row["said"]
    return Kept(
        seq=row["seq"],
        what=row["what"],
        who=row["who"],
        at=row["at"],
        why=said["why"],
        paper=Paper(row["sha256"], tuple(row["pages"]), row["kind"]),
        field=row["field"],
        path=tuple(row["path"]),
        value=said["value"],
        before=Before(**said["before"]),
        where=said["where"],
        undoes=row["undoes"],
    )


def _plain() -> sa.Select[Any]:
    """Return the query for rows as their columns hold them, JSON and moments as text."""
    texts = [sa.type_coerce(corrections.c[name], sa.String).label(name) for name in _TEXTS]
    return sa.select(*(column for column in corrections.c if column.name not in _TEXTS), *texts)


def sealed(row: Mapping[str, Any]) -> str | None:
    """Return the digest of all that a row holds, None where its words are no JSON any more."""
    try:
        return seal({**row, **{name: unpacked(row[name]) for name in ("pages", "path", "said")}})
    except ValueError:
        return None


def unsealed(connection: Connection, seals: Mapping[int, str]) -> Iterator[tuple[int, str | None]]:
    """Yield the rows that are not as they were sealed, with their case, and those that are gone, without."""
    there = set()
    for row in connection.execute(_plain().order_by(corrections.c.seq)):
        there.add(row.seq)
        if seals.get(row.seq) != sealed(dict(row._mapping)):  # noqa: SLF001 - SQLAlchemy's public name
            yield row.seq, row.case_id
    yield from ((seq, None) for seq in sorted(seals.keys() - there))
