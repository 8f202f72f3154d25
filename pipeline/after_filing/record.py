"""The record of what came after filing: rows are added in the transaction of the act, and read back.

Each row is sealed by a digest in the journal's event, so that `db check` sees a letter that became another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.after_filing.table import after_filing
from pipeline.journal.kept import unpacked
from pipeline.store import Store
from pipeline.store.events import of_live_cases, record
from pipeline.store.schema import cases, events
from pipeline.store.seals import seal

NOTED = "after-filing"
"""The kind of the journal's event that seals a row."""


class Kind(StrEnum):
    """What may come after filing: first what the person asks, then what becomes of the case's papers."""

    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    ADDITION = "addition"
    NOTICE_ADDRESS = "notice_address"
    REPRESENTATIVE = "representative"
    REPRESENTATIVE_REMOVED = "representative_removed"
    SPLIT_OFF = "split_off"
    SPLIT_FROM = "split_from"
    JOINED_INTO = "joined_into"
    JOINED = "joined"
    PAPERS_OUT = "papers_out"
    PAPERS_IN = "papers_in"
    MOVED = "moved"
    TAKEN_BACK = "taken_back"


ASKED = (
    Kind.WITHDRAWAL,
    Kind.CORRECTION,
    Kind.ADDITION,
    Kind.NOTICE_ADDRESS,
    Kind.REPRESENTATIVE,
    Kind.REPRESENTATIVE_REMOVED,
)
"""What the interested person asks."""
CLOSING = (Kind.JOINED_INTO, Kind.TAKEN_BACK)
"""What ends a case without a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """One row; `seq` is 0 before it is written. `other` is the number of the other case."""

    kind: Kind
    entered_on: dt.date
    who: str
    at: dt.datetime
    said: Mapping[str, Any] = field(default_factory=dict)
    submission: str | None = None
    other_case: str | None = None
    other: str | None = None
    left_office: str | None = None
    seq: int = 0


def add(connection: Connection, case: str, told: After) -> int:
    """Write one row with its seal, and return its number."""
    row = {
        "case_id": case,
        "kind": told.kind.value,
        "entered_on": told.entered_on.isoformat(),
        "said": dict(told.said),
        "submission": told.submission,
        "other_case": told.other_case,
        "left_office": told.left_office,
        "who": told.who,
    }
    written = connection.execute(sa.insert(after_filing).values(**row, at=told.at))
    (seq,) = written.inserted_primary_key or (0,)
    record(connection, case, told.at, NOTED, what=told.kind.value, seq=seq, seal=seal(row))
    return int(seq)


def of_case(store: Store, case: str) -> tuple[After, ...]:
    """Return what came after the filing of *case*, in order."""
    with store.read() as connection:
        return listed(connection, case)


def listed(connection: Connection, case: str) -> tuple[After, ...]:
    """Return the same inside a transaction."""
    query = (
        sa.select(after_filing, cases.c.number.label("other"))
        .outerjoin(cases, cases.c.id == after_filing.c.other_case)
        .where(after_filing.c.case_id == case)
        .order_by(after_filing.c.seq)
    )
    return tuple(_after(row) for row in connection.execute(query))


def _after(row: sa.Row[Any]) -> After:
    """Return one row as the program knows it."""
    return After(
        kind=Kind(row.kind),
        entered_on=dt.date.fromisoformat(row.entered_on),
        who=row.who,
        at=row.at,
        said=row.said,
        submission=row.submission,
        other_case=row.other_case,
        other=row.other,
        left_office=row.left_office,
        seq=row.seq,
    )


def unsealed(connection: Connection) -> Iterator[str]:
    """Yield in words the rows that are not what was written, or that went away."""
    sealing = (events.c.kind == NOTED, of_live_cases())
    noted = sa.select(sa.type_coerce(events.c.detail, sa.String)).where(*sealing)
    seals = {one["seq"]: one["seal"] for one in map(_read, connection.execute(noted).scalars()) if one}
    names = ("case_id", "kind", "entered_on", "submission", "other_case", "left_office", "who", "seq")
    told = sa.type_coerce(after_filing.c.said, sa.String).label("said")
    for row in connection.execute(sa.select(*(after_filing.c[name] for name in names), told)):
        plain = {name: getattr(row, name) for name in names if name != "seq"} | {"said": _read(row.said)}
        if seals.pop(row.seq, None) != seal(plain):
            yield f"Lo anotado tras la presentación con el número {row.seq} no es lo que se escribió"
    if seals:
        yield f"{len(seals)} anotaciones posteriores a la presentación ya no están"


def _read(text: Any) -> Any:
    """Return JSON, None for what is none any more."""
    try:
        return unpacked(text)
    except ValueError:
        return None


def moved_to(connection: Connection) -> dict[str, str]:
    """Return the office that each case was moved to, of those that were."""
    moved = (after_filing.c.kind == Kind.MOVED.value,)
    query = sa.select(after_filing.c.case_id, after_filing.c.said).where(*moved).order_by(after_filing.c.seq)
    return {case: said["office"] for case, said in connection.execute(query)}
