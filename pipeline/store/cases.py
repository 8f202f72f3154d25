"""The cases: their numbers, how a drop finds the case it belongs to, and the lists that people see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.case import Presentation, Source
from pipeline.errors import UsageError
from pipeline.store.database import Store
from pipeline.store.events import record
from pipeline.store.schema import cases, numbers, submissions
from pipeline.ulid import ulid
from pipeline.waiting import sentence

CLOSED = ("returned", "resolved")
WAITING = ("waiting", "hold")


def allocate(
    connection: Connection, office: str, source: Source, at: dt.datetime, linked_to: str | None
) -> Row[Any]:
    """Make a new case with the office's next number of the year, in the transaction that accepts it."""
    last = sa.select(numbers.c.last).where(numbers.c.office == office, numbers.c.year == at.year)
    found = connection.execute(last.with_for_update()).scalar_one_or_none()
    count = (found or 0) + 1
    if found is None:
        connection.execute(sa.insert(numbers).values(office=office, year=at.year, last=count))
    else:
        same = (numbers.c.office == office, numbers.c.year == at.year)
        connection.execute(sa.update(numbers).where(*same).values(last=count))
    offset = at.utcoffset() or dt.timedelta()
    identifier = ulid(at)
    connection.execute(
        sa.insert(cases).values(
            id=identifier,
            number=f"{office}-{at.year}-{count:06}",
            office=office,
            source_name=source.name,
            source_sha256=source.sha256,
            received_at=at,
            offset_minutes=int(offset.total_seconds() // 60),
            stage="accepted",
            linked_to=linked_to,
            updated_at=at,
        )
    )
    if linked_to:
        record(connection, identifier, at, "same-package-as-closed-case", closed=linked_to)
    return connection.execute(sa.select(cases).where(cases.c.id == identifier)).one()


def known(connection: Connection, office: str, number: str) -> Row[Any] | None:
    """Return the case of *office* with that number."""
    found = sa.select(cases).where(cases.c.office == office, cases.c.number == number)
    return connection.execute(found).first()


def duplicated(
    connection: Connection, office: str, sha256: str, said: Sequence[Presentation]
) -> tuple[Row[Any] | None, Row[Any] | None]:
    """Return the open case that is this same filing, else the last other case of the same bytes.

    People are told to file again once the year is complete, often with the same PDF: another filing date
    or registry number, or a first case that is closed, makes a new case, linked to the old one.
    """
    same = (cases.c.office == office, cases.c.source_sha256 == sha256)
    rows = connection.execute(sa.select(cases).where(*same).order_by(cases.c.received_at)).all()
    for row in rows:
        is_open = row.decided_at is None and row.stage not in CLOSED
        if is_open and _same_filing(connection, row, said):
            return row, None
    return None, (rows[-1] if rows else None)


def _same_filing(connection: Connection, case: Row[Any], said: Sequence[Presentation]) -> bool:
    """Tell whether what the office says of a drop agrees with the filing that *case* is of."""
    date = next((s.filed_on for s in said if s.filed_on), None)
    entry = next((s.registry_number for s in said if s.registry_number), None)
    first = sa.select(submissions.c.said, submissions.c.received_at, submissions.c.offset_minutes).where(
        submissions.c.case_id == case.id, submissions.c.kind == "new"
    )
    row = connection.execute(first).one()
    told = {key: word for words in reversed(row.said) for key, word in words.items()}
    wall = row.received_at + dt.timedelta(minutes=row.offset_minutes)
    filed = case.filed_on or told.get("filed_on") or wall.date()
    return (date is None or date.isoformat() == str(filed)) and (
        entry is None or entry == told.get("registry_number")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case as lists show it: no person's data but the name of the file as it was dropped."""

    id: str
    number: str
    office: str
    source_name: str
    received_at: dt.datetime
    stage: str
    queue: str | None
    procedure: str | None
    filed_on: dt.date | None
    resolve_by: dt.date | None
    cure_by: dt.date | None
    waits_for: str | None
    working: bool


def lines(
    store: Store,
    *,
    office: str | None = None,
    queue: str | None = None,
    stage: str | None = None,
    since: dt.datetime | None = None,
    limit: int = 1000,
) -> tuple[Line, ...]:
    """Return the cases that meet all that is given, in the order they came (Ley 39/2015, 71.2)."""
    told = [column for column in cases.c if column.name != "report"]
    first = sa.and_(submissions.c.case_id == cases.c.id, submissions.c.kind == "new")
    query = sa.select(*told).join(submissions, first).order_by(submissions.c.seq).limit(limit)
    wanted = {"office": office, "queue": queue, "stage": stage}
    for column, value in wanted.items():
        query = query if value is None else query.where(cases.c[column] == value)
    query = query if since is None else query.where(cases.c.updated_at >= since)
    with store.read() as connection:
        return tuple(_line(row) for row in connection.execute(query))


def _line(row: Row[Any]) -> Line:
    """Return a case as lists show it."""
    zone = dt.timezone(dt.timedelta(minutes=row.offset_minutes))
    return Line(
        id=row.id,
        number=row.number,
        office=row.office,
        source_name=row.source_name,
        received_at=row.received_at.astimezone(zone),
        stage=row.stage,
        queue=row.queue,
        procedure=row.procedure,
        filed_on=row.filed_on,
        resolve_by=row.resolve_by,
        cure_by=row.cure_by,
        waits_for=row.waits_for if row.stage in WAITING else None,
        working=row.lease_owner is not None,
    )


def report(store: Store, name: str) -> dict[str, Any] | None:
    """Return the last report of the case with that id or number; raise UsageError if there is none.

    Of a case that waits it says so, and what for.
    """
    query = sa.select(cases).where(sa.or_(cases.c.id == name, cases.c.number == name))
    with store.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise UsageError("No existe ese expediente", "Vea los que hay con `ventanilla case list`.")
    found: dict[str, Any] | None = row.report
    if row.stage not in WAITING:
        return found
    message = sentence(row.waits_for) or "Ha fallado varias veces: lo ha de mirar una persona"
    told = {"id": row.id, "number": row.number, "office": row.office, "status": "waiting"}
    return (found or {}) | told | {"waiting": {"code": row.waits_for, "message": {"es": message}}}
