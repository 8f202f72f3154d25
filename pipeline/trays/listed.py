"""A page of a tray, in the order in which its cases are to be seen to.

    page(store, Wanted(tray="review-residence", reach=Reach(), who="ana", at=now))

The order is that of Ley 39/2015, art. 71.2, as docs/adr/024 reads it. A page begins after a key, not after a
number of rows: the last page of a hundred thousand cases costs what the first does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.store import Store
from pipeline.store.schema import cases, handling
from pipeline.trays.standing import AHEAD
from pipeline.trays.tables import let_ahead, standings
from pipeline.trays.turns import Ahead, an_order
from pipeline.trays.wanted import ORDER, Key, Wanted

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case of a list. `held_by` has it in hand now; `ahead` is the order that lets it go first."""

    case_id: str
    key: Key
    number: str
    office: str
    stage: str
    queue: str | None
    procedure: str | None
    tray: str
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    received_on: dt.date
    resolve_by: dt.date | None
    cure_by: dt.date | None
    provisional: bool
    calendars: tuple[tuple[str, ...], ...]
    saturdays: bool
    alarm: bool
    silence: str | None
    held_by: str | None
    assigned_to: str | None
    working: bool
    ahead: Ahead | None


class Page(NamedTuple):
    """The cases of a page; Beyond the keys `before` and `after` there is more; None where not."""

    lines: tuple[Line, ...]
    before: Key | None = None
    after: Key | None = None


def page(store: Store, wanted: Wanted, *, after: Key | None = None, before: Key | None = None) -> Page:
    """Return the page of a tray that comes *after* a key, or *before* one; the first without either."""
    back = before is not None and after is None
    query = rows_at(wanted.at).where(*wanted.where())
    if after is not None:
        query = query.where(sa.tuple_(*ORDER) > after.tuple())
    elif before is not None:
        query = query.where(sa.tuple_(*ORDER) < before.tuple())
    query = query.order_by(*(column.desc() if back else column for column in ORDER)).limit(PAGE + 1)
    with store.read() as connection:
        rows = connection.execute(query).all()
        found = lines(connection, list(reversed(rows[:PAGE])) if back else rows[:PAGE])
    more = len(rows) > PAGE
    return _turned(found, back, more, after)


def _turned(found: tuple[Line, ...], back: bool, more: bool, after: Key | None) -> Page:
    """Return the page with the keys at its ends; one that was reached by a key has more beyond it."""
    if not found:
        return Page((), before=after)
    first, last = found[0].key, found[-1].key
    if back:
        return Page(found, first if more else None, last)
    return Page(found, first if after is not None else None, last if more else None)


def first_free(store: Store, wanted: Wanted, after: Key | None = None) -> str | None:
    """Return the number of the first case that nobody else has in hand and the program is not reading."""
    free = sa.or_(
        handling.c.held_by.is_(None),
        handling.c.held_by == wanted.who,
        handling.c.held_until.is_(None),
        handling.c.held_until <= wanted.at,
    )
    lent = sa.select(cases.c.id).where(cases.c.lease_owner.is_not(None))
    query = (
        sa.select(standings.c.number)
        .select_from(standings.outerjoin(handling, handling.c.case_id == standings.c.case_id))
        .where(*wanted.where(), free, standings.c.case_id.not_in(lent))
        .order_by(*ORDER)
        .limit(1)
    )
    query = query if after is None else query.where(sa.tuple_(*ORDER) > after.tuple())
    with store.read() as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else str(found)


def rows_at(at: dt.datetime) -> sa.Select[Any]:
    """Return the query of the rows of lists, with who has each case in hand at a moment."""
    held = sa.case((handling.c.held_until > at, handling.c.held_by)).label("held_by")
    joined = standings.outerjoin(handling, handling.c.case_id == standings.c.case_id)
    return sa.select(standings, held, handling.c.assigned_to).select_from(joined)


def lines(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Line, ...]:
    """Return rows of `rows_at` as lists show them."""
    ids = [row.case_id for row in rows]
    lent = sa.select(cases.c.id).where(cases.c.lease_owner.is_not(None), cases.c.id.in_(ids))
    working = set(connection.execute(lent).scalars())
    ahead = _ahead(connection, [row.case_id for row in rows if row.turn == AHEAD])
    return tuple(_line(row, ahead.get(row.case_id), working=row.case_id in working) for row in rows)


def _ahead(connection: Connection, ids: Sequence[str]) -> dict[str, Ahead]:
    """Return the orders that stand, by case."""
    query = sa.select(let_ahead).where(let_ahead.c.case_id.in_(ids), let_ahead.c.ended_at.is_(None))
    return {row.case_id: an_order(row) for row in connection.execute(query)} if ids else {}


def _line(row: Row[Any], ahead: Ahead | None, *, working: bool) -> Line:
    """Return one case as lists show it."""
    same: tuple[str, ...] = (
        "case_id",
        "number",
        "office",
        "stage",
        "queue",
        "procedure",
        "tray",
        "received_on",
        "resolve_by",
    )
    same += ("cure_by", "provisional", "saturdays", "alarm", "silence", "held_by", "assigned_to")
    return Line(
        **{name: getattr(row, name) for name in same},
        key=Key(row.turn, row.order_on, row.entry),
        reasons=tuple(row.reasons.split()),
        rules=tuple(row.rules.split()),
        calendars=tuple(tuple(one.split("+")) for one in row.calendars.split("|") if one),
        working=working,
        ahead=ahead,
    )
