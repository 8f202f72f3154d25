"""The rows of the audit as the auditor asks for them: by person, case, days, act; newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from pipeline.audit.table import audit
from pipeline.store import Store
from pipeline.store.schema import cases

_PIECE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; what is None is not asked. `until` is the first moment that is too late.

    `offices` are those whose cases may be told; None for all.
    """

    who: str | None = None
    number: str | None = None
    did: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    offices: Collection[str] | None = None


class Line(NamedTuple):
    """One row, with the number of its case."""

    seq: int
    at: dt.datetime
    who: str
    did: str
    number: str | None
    detail: Mapping[str, Any]


def lines(store: Store, asked: Asked, before: int | None, most: int) -> tuple[Line, ...]:
    """Return the newest rows that meet *asked*, those *before* a row of the chain."""
    columns = (audit.c.seq, audit.c.at, audit.c.who, audit.c.did, cases.c.number, audit.c.detail)
    query = (
        sa.select(*columns)
        .outerjoin(cases, cases.c.id == audit.c.case_id)
        .where(*_wanted(asked))
        .order_by(audit.c.seq.desc())
        .limit(most)
    )
    query = query if before is None else query.where(audit.c.seq < before)
    with store.read() as connection:
        return tuple(Line(*row) for row in connection.execute(query))


def every(store: Store, asked: Asked) -> Iterator[Line]:
    """Yield all the rows that meet *asked*, piece by piece."""
    before: int | None = None
    while found := lines(store, asked, before, _PIECE):
        yield from found
        before = found[-1].seq


def _wanted(asked: Asked) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what a row must meet."""
    if asked.who is not None:
        yield audit.c.who == asked.who
    if asked.number is not None:
        yield audit.c.case_id == sa.select(cases.c.id).where(cases.c.number == asked.number).scalar_subquery()
    if asked.did is not None:
        yield audit.c.did == asked.did
    if asked.since is not None:
        yield audit.c.at >= asked.since
    if asked.until is not None:
        yield audit.c.at < asked.until
    if asked.offices is not None:
        yield sa.or_(audit.c.case_id.is_(None), cases.c.office.in_(asked.offices))
