"""The turn of a case: a reasoned written order lets it go ahead of those that came before it.

"... salvo que por el titular de la unidad administrativa se dé orden motivada en contrario, de la que quede
constancia" (Ley 39/2015, art. 71.2). Orders stay in the record, those taken back too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.trays.tables import let_ahead
from pipeline.ulid import ulid


class Ahead(NamedTuple):
    """One order: why, by which account and when; by whom and when it was taken back, None while it stands."""

    why: str
    by: str
    at: dt.datetime
    ended_by: str | None
    ended_at: dt.datetime | None


def orders(store: Store, case: str) -> tuple[Ahead, ...]:
    """Return the orders about a case, the newest first."""
    query = sa.select(let_ahead).where(let_ahead.c.case_id == case).order_by(let_ahead.c.id.desc())
    with store.read() as connection:
        return tuple(an_order(row) for row in connection.execute(query))


def an_order(row: Row[Any]) -> Ahead:
    """Return a row of the table as an order."""
    return Ahead(row.why, row.by, row.at, row.ended_by, row.ended_at)


def let_go_ahead(connection: Connection, case: str, why: str, by: str, at: dt.datetime) -> None:
    """Write the order, inside `pipeline.acts.acting`.

    Raises:
        UsageError: it says no reason, or one stands already.
    """
    if not why.strip():
        raise UsageError("La orden ha de decir el motivo (Ley 39/2015, art. 71.2)", "Escríbalo.")
    if connection.execute(_standing(case)).first() is not None:
        raise UsageError("Ya hay una orden que adelanta ese expediente", "Retírela antes de dar otra.")
    told = {"id": ulid(at), "case_id": case, "why": why, "by": by, "at": at}
    connection.execute(sa.insert(let_ahead).values(**told))


def take_back(connection: Connection, case: str, by: str, at: dt.datetime) -> bool:
    """End the order that lets a case go ahead; False if there was none."""
    ended = sa.update(let_ahead).where(let_ahead.c.case_id == case, let_ahead.c.ended_at.is_(None))
    return connection.execute(ended.values(ended_by=by, ended_at=at)).rowcount > 0


def _standing(case: str) -> sa.Select[tuple[str]]:
    """Return the query of the order that stands for a case."""
    return sa.select(let_ahead.c.id).where(let_ahead.c.case_id == case, let_ahead.c.ended_at.is_(None))
