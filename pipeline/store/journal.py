"""The journal of what was handed in: a row here is the moment of acceptance, and nothing undoes it.

The bytes are in the blob store before the row is written, and the original leaves the drop folder after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.case import Presentation, Source
from pipeline.intake.presentation import plain
from pipeline.store.cases import allocate, duplicated, known
from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.names import safe
from pipeline.store.schema import cases, originals, outbox, submissions
from pipeline.ulid import ulid

Kind = Literal["new", "answer", "duplicate"]
_BACKWARD = dt.timedelta(seconds=60)


class Part(NamedTuple):
    """One file of a drop: its name in it, and its bytes in the blob store."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """What lay in a drop folder, its bytes already safe. `answers` is the number of its case."""

    office: str
    found_in: str
    folder: bool
    stamp: str
    source: Source
    parts: tuple[Part, ...]
    said: tuple[Presentation, ...] = ()
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A row of the journal."""

    id: str
    case: str
    number: str
    office: str
    kind: Kind
    name: str
    folder: bool
    found_in: str
    stamp: str
    placed_as: str
    received_at: dt.datetime
    order: int
    """Which submission of its case this is, from 1."""


def enter(store: Store, drop: Drop, at: dt.datetime, still_there: Callable[[], bool]) -> Entered | None:
    """Accept *drop* at the moment *at* (with the office's offset) and return its row.

    None if it is gone or was changed: somebody else took it, or it is not finished. A drop whose row is
    there but whose original was not moved yet gives that row again.
    """
    with store.write() as connection:
        if not still_there():
            return None
        row = connection.execute(_rows().where(*_same_drop(drop))).first()
        if row is not None:
            return _entered(connection, row)
        kind, case = _place(connection, drop, at)
        identifier = _insert(connection, drop, at, kind, case)
        row = connection.execute(_rows().where(submissions.c.id == identifier)).one()
        return _entered(connection, row)


def _same_drop(drop: Drop) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what tells a row whose original still lies in the drop folder."""
    columns = submissions.c
    return (
        columns.office == drop.office,
        columns.found_in == drop.found_in,
        columns.name == drop.source.name,
        columns.stamp == drop.stamp,
        columns.placed_at.is_(None),
    )


def _place(connection: Connection, drop: Drop, at: dt.datetime) -> tuple[Kind, Row[Any]]:
    """Return the case that *drop* belongs to, and as what."""
    if drop.answers is not None:
        case = known(connection, drop.office, drop.answers)
        if case is not None:
            return ("duplicate" if _has(connection, case.id, drop.source.sha256) else "answer"), case
    first, closed = duplicated(connection, drop.office, drop.source.sha256, drop.said)
    if first is not None:
        return "duplicate", first
    return "new", allocate(connection, drop.office, drop.source, at, linked_to=closed.id if closed else None)


def _has(connection: Connection, case: str, sha256: str) -> bool:
    """Tell whether *case* already has those very bytes."""
    found = sa.select(submissions.c.seq).where(submissions.c.case_id == case, submissions.c.sha256 == sha256)
    return connection.execute(found).first() is not None


def _insert(connection: Connection, drop: Drop, at: dt.datetime, kind: Kind, case: Row[Any]) -> str:
    """Write the row, its files and its event; an answer wakes its case up."""
    identifier = ulid(at)
    count = sa.select(sa.func.count()).where(submissions.c.case_id == case.id)
    order = connection.execute(count).scalar_one() + 1
    last = connection.execute(sa.select(sa.func.max(submissions.c.received_at))).scalar_one_or_none()
    connection.execute(
        sa.insert(submissions).values(
            id=identifier,
            case_id=case.id,
            office=drop.office,
            kind=kind,
            name=drop.source.name,
            folder=drop.folder,
            bytes=drop.source.bytes,
            sha256=drop.source.sha256,
            received_at=at,
            offset_minutes=offset_minutes(at),
            said=[plain(said) for said in drop.said],
            found_in=drop.found_in,
            stamp=drop.stamp,
            placed_as=safe(f"{case.number}_{order}" if order > 1 else case.number, drop.source.name),
        )
    )
    if drop.parts:
        connection.execute(sa.insert(originals), _parts(identifier, drop.parts))
    record(connection, case.id, at, f"received-{kind}", submission=identifier)
    if last is not None and at < last - _BACKWARD:
        record(connection, case.id, at, "clock-went-back", last=last.isoformat())
    if kind == "answer":
        _wake(connection, case, at)
    return identifier


def offset_minutes(at: dt.datetime) -> int:
    """Return the offset of *at* from UTC, in minutes."""
    offset = at.utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)


def _parts(identifier: str, parts: Sequence[Part]) -> list[dict[str, object]]:
    """Return the rows of the files of a drop."""
    return [{"submission": identifier, "position": n, **part._asdict()} for n, part in enumerate(parts)]


def _wake(connection: Connection, case: Row[Any], at: dt.datetime) -> None:
    """Let the case be worked on again; what comes late waits for a person (Ley 39/2015, 73.3)."""
    if case.decided_at is not None:
        record(connection, case.id, at, "answer-after-decision")
        return
    again = {"stage": "accepted", "attempts": 0, "not_before": None, "updated_at": at}
    connection.execute(sa.update(cases).where(cases.c.id == case.id).values(**again))


def _rows() -> sa.Select[Any]:
    """Return the query for rows with the number of their case."""
    return sa.select(submissions, cases.c.number).join(cases, cases.c.id == submissions.c.case_id)


def _entered(connection: Connection, row: Row[Any]) -> Entered:
    """Return the row as the rest of the program knows it."""
    before = sa.select(sa.func.count()).where(
        submissions.c.case_id == row.case_id, submissions.c.seq <= row.seq
    )
    return Entered(
        id=row.id,
        case=row.case_id,
        number=row.number,
        office=row.office,
        kind=row.kind,
        name=row.name,
        folder=row.folder,
        found_in=row.found_in,
        stamp=row.stamp,
        placed_as=row.placed_as,
        received_at=local(row.received_at, row.offset_minutes),
        order=connection.execute(before).scalar_one(),
    )


def local(at: dt.datetime, minutes: int) -> dt.datetime:
    """Return the moment as the clock on the wall showed it."""
    return at.astimezone(dt.timezone(dt.timedelta(minutes=minutes)))


def unplaced(store: Store) -> tuple[Entered, ...]:
    """Return the rows whose original may still lie in the drop folder, oldest first."""
    return _listed(store, submissions.c.placed_at.is_(None))


def uncleared(store: Store, case: str) -> tuple[Entered, ...]:
    """Return the rows of *case* whose original lies in 2_EN_CURSO."""
    columns = submissions.c
    return _listed(
        store, columns.case_id == case, columns.placed_at.is_not(None), columns.cleared_at.is_(None)
    )


def unpublished_duplicates(store: Store) -> tuple[Entered, ...]:
    """Return the duplicates that have not had their second receipt."""
    columns = submissions.c
    pending = (columns.placed_at.is_not(None), columns.cleared_at.is_(None))
    return _listed(store, columns.kind == "duplicate", *pending)


def leftover(store: Store) -> tuple[Entered, ...]:
    """Return the rows whose original came to 2_EN_CURSO after all that their case owed was done."""
    owed = sa.exists().where(outbox.c.case_id == cases.c.id, outbox.c.done_at.is_(None))
    columns = submissions.c
    return _listed(
        store,
        columns.kind != "duplicate",
        columns.placed_at.is_not(None),
        columns.cleared_at.is_(None),
        cases.c.stage.in_(("routed", "returned", "resolved")),
        cases.c.lease_owner.is_(None),
        sa.not_(owed),
    )


def of_case(store: Store, case: str) -> tuple[Entered, ...]:
    """Return all rows of *case*, oldest first."""
    return _listed(store, submissions.c.case_id == case)


def _listed(store: Store, *where: sa.ColumnElement[bool]) -> tuple[Entered, ...]:
    """Return the rows that meet *where*, in the journal's order."""
    with store.read() as connection:
        rows = connection.execute(_rows().where(*where).order_by(submissions.c.seq)).all()
        return tuple(_entered(connection, row) for row in rows)


def parts(store: Store, submission: str) -> tuple[Part, ...]:
    """Return the files of *submission*."""
    columns = (originals.c.name, originals.c.sha256, originals.c.bytes)
    query = sa.select(*columns).where(originals.c.submission == submission).order_by(originals.c.position)
    with store.read() as connection:
        return tuple(Part(*row) for row in connection.execute(query))


def mark_placed(store: Store, entered: Entered, at: dt.datetime, *, found: bool) -> None:
    """Note that the original left the drop folder; *found* False if somebody took it away meanwhile."""
    with store.write() as connection:
        connection.execute(sa.update(submissions).where(submissions.c.id == entered.id).values(placed_at=at))
        if not found:
            record(connection, entered.case, at, "original-gone", submission=entered.id)


def mark_cleared(store: Store, entered: Entered, at: dt.datetime) -> None:
    """Note that the original is no longer in 2_EN_CURSO."""
    with store.write() as connection:
        connection.execute(sa.update(submissions).where(submissions.c.id == entered.id).values(cleared_at=at))
