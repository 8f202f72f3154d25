"""The cases as lists show them, and their reports."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.errors import UsageError
from pipeline.folders.places import CURE
from pipeline.store.database import Store
from pipeline.store.schema import BLOCKED, cases, events, handling, life, submissions
from pipeline.waiting import sentence

WAITING = ("waiting", "hold")
_GONE = ("returned", "closed", BLOCKED)
_MOST_OF_ONE = 20
"""A person has a handful of cases; a number that many share is no person's."""
SILENCES = ("granted_by_silence", "rejected_by_silence")
"""What silence answers, as the life of a case names it; a list need not load the law."""


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
    before: str | None
    """Number of the case in which the same package came before, if this one is a case of its own."""
    working: bool
    silence: str | None = None
    """What silence answered (`validators.life`), if it did: it stands whatever is proposed."""
    decided: str | None = None
    """What a person decided (`pipeline.decisions.kinds`), as long as it stands."""
    awaits: str | None = None
    """What comes next then (`pipeline.store.schema.handling`)."""


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
    query = _listing().limit(limit)
    wanted = {"office": office, "queue": queue, "stage": stage}
    for column, value in wanted.items():
        query = query if value is None else query.where(cases.c[column] == value)
    query = query if since is None else query.where(cases.c.updated_at >= since)
    with store.read() as connection:
        return tuple(_line(row) for row in connection.execute(query))


def line_of(store: Store, case: str) -> Line:
    """Return the case of that id, which must be there."""
    with store.read() as connection:
        return _line(connection.execute(_listing().where(cases.c.id == case)).one())


def of_the_same_person(store: Store, case: str) -> tuple[Line, ...]:
    """Return the other cases of a case's applicant that are open or were decided, in the order they came.

    By the number of the identity document, where it was read surely; no more than twenty.
    """
    mine = sa.select(cases.c.person).where(cases.c.id == case).scalar_subquery()
    theirs = (cases.c.person == mine, cases.c.id != case, cases.c.stage.not_in(_GONE))
    with store.read() as connection:
        return tuple(_line(row) for row in connection.execute(_listing().where(*theirs).limit(_MOST_OF_ONE)))


def meant_for(store: Store, case: str) -> str | None:
    """Return the number under which a clerk filed a new case's papers as an answer, where no case has it."""
    folder = f"{CURE}/"
    first = sa.select(submissions.c.found_in).where(
        submissions.c.case_id == case,
        submissions.c.kind == "new",
        submissions.c.found_in.startswith(folder, autoescape=True),
    )
    with store.read() as connection:
        found = connection.execute(first).scalar()
    return None if found is None else str(found).removeprefix(folder)


def row_of(store: Store, number: str) -> Row[Any] | None:
    """Return the whole row of the case of that number, None where there is none: any, whoever asks.

    One that is blocked is nobody's to see: there is none.
    """
    mine = (cases.c.number == number, cases.c.stage != BLOCKED)
    with store.read() as connection:
        return connection.execute(sa.select(cases).where(*mine)).first()


@cache
def _listing() -> sa.Select[Any]:
    """Return the query for cases as lists show them, built once: each look at each office asks it thrice."""
    told = [column for column in cases.c if column.name != "report"]
    first = sa.and_(submissions.c.case_id == cases.c.id, submissions.c.kind == "new")
    before = cases.alias()
    return (
        sa.select(
            *told,
            before.c.number.label("before"),
            life.c.kind.label("silence"),
            # what waits for a second person is told to nobody
            sa.case((handling.c.awaits != "second", handling.c.kind)).label("decided"),
            handling.c.awaits,
        )
        .join(submissions, first)
        .outerjoin(handling, handling.c.case_id == cases.c.id)
        .outerjoin(before, before.c.id == cases.c.linked_to)
        .outerjoin(life, sa.and_(life.c.case_id == cases.c.id, life.c.kind.in_(SILENCES)))
        .order_by(submissions.c.seq)
    )


class Repeated(NamedTuple):
    """A package that had come before: its name, when it came again, and the case that it belongs to."""

    name: str
    received_at: dt.datetime
    number: str


class Change(NamedTuple):
    """A place in the order of change: a moment, and the id of the last case before, empty for none."""

    at: dt.datetime
    id: str = ""


def repeated(store: Store, office: str, since: dt.datetime, limit: int = 100) -> tuple[Repeated, ...]:
    """Return the last packages that *office* handed in again after *since*, the newest first."""
    again = sa.and_(
        submissions.c.case_id == events.c.case_id,
        submissions.c.id == events.c.detail["submission"].as_string(),
    )
    query = (
        sa.select(submissions.c.name, submissions.c.received_at, submissions.c.offset_minutes, cases.c.number)
        .join(submissions, again)
        .join(cases, cases.c.id == submissions.c.case_id)
        .where(events.c.kind == "received-duplicate", events.c.at >= since, submissions.c.office == office)
        .order_by(events.c.at.desc(), events.c.seq.desc())
        .limit(limit)
    )
    with store.read() as connection:
        return tuple(
            Repeated(name, at.astimezone(dt.timezone(dt.timedelta(minutes=minutes))), number)
            for name, at, minutes, number in connection.execute(query.select_from(events))
        )


def _line(row: Row[*tuple[Any, ...]]) -> Line:
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
        before=row.before,
        working=row.lease_owner is not None,
        silence=row.silence,
        decided=row.decided,
        awaits=row.awaits,
    )


def returned_for(store: Store, among: Collection[str]) -> dict[str, str]:
    """Return why those cases *among* these were returned, as codes of the contract."""
    query = sa.select(cases.c.id, cases.c.report).where(cases.c.id.in_(among), cases.c.stage == "returned")
    with store.read() as connection:
        told = {row.id: (row.report or {}).get("returned") or {} for row in connection.execute(query)}
    return {case: one["code"] for case, one in told.items() if "code" in one}


def changed(
    store: Store, offices: Collection[str] | None, since: Change | None, limit: int
) -> tuple[Row[Any], ...]:
    """Return the rows, but their reports, of the cases that changed *since*, in the order of change.

    *offices* are codes, None for all: each is asked by itself, for which there is an index.
    """
    columns = [column for column in cases.c if column.name != "report"]
    query = sa.select(*columns).where(cases.c.stage != BLOCKED)
    query = query.order_by(cases.c.updated_at, cases.c.id).limit(limit)
    if since is not None:
        later = sa.or_(cases.c.updated_at > since.at, cases.c.id > since.id)
        query = query.where(cases.c.updated_at >= since.at, later)
    every = [query] if offices is None else [query.where(cases.c.office == one) for one in sorted(offices)]
    with store.read() as connection:
        found = [connection.execute(one).all() for one in every]
    return tuple(islice(heapq.merge(*found, key=lambda row: (row.updated_at, row.id)), limit))


def number_of(store: Store, case_id: str) -> str | None:
    """Return the number of the case with that id, None where there is none."""
    with store.read() as connection:
        query = sa.select(cases.c.number).where(cases.c.id == case_id)
        found: str | None = connection.execute(query).scalar()
        return found


def report(store: Store, name: str) -> dict[str, Any] | None:
    """Return the last report of the case with that id or number; raise UsageError if there is none.

    Of a case that waits it says so, and what for.
    """
    query = sa.select(cases).where(sa.or_(cases.c.id == name, cases.c.number == name))
    with store.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise UsageError("No existe ese expediente", "Vea los que hay con `ventanilla case list`.")
    if row.stage == BLOCKED:
        raise UsageError("Ese expediente está bloqueado o suprimido", "Vea `ventanilla retention show`.")
    found: dict[str, Any] | None = row.report
    if row.stage not in WAITING:
        return found
    message = sentence(row.waits_for) or "Ha fallado varias veces: lo ha de mirar una persona"
    told = {"id": row.id, "number": row.number, "office": row.office, "status": "waiting"}
    return (found or {}) | told | {"waiting": {"code": row.waits_for, "message": {"es": message}}}
