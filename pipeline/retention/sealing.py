"""What is left of blocked cases: its seal in the journal, and whether both are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.journal.kept import unpacked
from pipeline.retention.tables import retained
from pipeline.store.schema import BLOCKED, cases, events
from pipeline.store.seals import seal

NOTED = "blocked"
"""The kind of the journal's event that seals what is left of a case."""
_SEALED = (
    "case_id",
    "number",
    "office",
    "procedure",
    "outcome",
    "received_on",
    "closed_on",
    "papers",
    "packet",
    "bytes",
)


def sealed_row(row: Mapping[str, Any]) -> str:
    """Return the digest of what is left of a case, but for what became of it later."""
    return seal({name: row[name] for name in _SEALED})


def unsealed(connection: Connection) -> Iterator[str]:
    """Yield in words each blocked case of which not all is left that was, each only once."""
    noted = sa.select(events.c.case_id, sa.type_coerce(events.c.detail, sa.String).label("detail"))
    seals = {
        row.case_id: _seal(row.detail) for row in connection.execute(noted.where(events.c.kind == NOTED))
    }
    blocked = set(connection.execute(sa.select(cases.c.id).where(cases.c.stage == BLOCKED)).scalars())
    for row in connection.execute(sa.select(retained)).mappings():
        if row["case_id"] not in blocked or seals.get(row["case_id"]) != sealed_row(dict(row)):
            yield f"La constancia del expediente bloqueado {row['case_id']} no es la que se escribió"
        blocked.discard(row["case_id"])
    yield from (f"La constancia del expediente bloqueado {case} ya no está" for case in sorted(blocked))


def _seal(detail: Any) -> str | None:
    """Return the seal that an event holds, None where it is no JSON any more."""
    try:
        return str(unpacked(detail).get("seal"))
    except (ValueError, AttributeError):
        return None
