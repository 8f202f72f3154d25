"""What came after filing as lists and commands tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from pipeline.after_filing.record import CLOSING, Kind, of_case
from pipeline.after_filing.table import after_filing
from pipeline.store import Store
from pipeline.store.cases import Line
from pipeline.store.schema import cases

_GIVEN_UP = "La persona ha desistido: falta declararlo"


class Gone(NamedTuple):
    """A case that an office passed on: its number, when it had come, its file's name, and where it went."""

    number: str
    received_at: dt.datetime
    name: str
    office: str


def passed_on(store: Store, office: str, since: dt.datetime) -> tuple[Gone, ...]:
    """Return the cases that *office* passed on from *since*, in that order, and does not have again."""
    query = (
        sa.select(cases, after_filing.c.said)
        .join(after_filing, after_filing.c.case_id == cases.c.id)
        .where(after_filing.c.left_office == office, after_filing.c.at >= since, cases.c.office != office)
        .order_by(after_filing.c.seq)
    )
    with store.read() as connection:
        return tuple(
            Gone(
                row.number,
                row.received_at.astimezone(dt.timezone(dt.timedelta(minutes=row.offset_minutes))),
                row.source_name,
                row.said["office"],
            )
            for row in connection.execute(query)
        )


def ends(store: Store, identifiers: list[str]) -> dict[str, str]:
    """Return how each of those cases that were closed without a decision ended, in words."""
    if not identifiers:
        return {}
    other = cases.alias()
    query = (
        sa.select(after_filing.c.case_id, after_filing.c.kind, other.c.number)
        .outerjoin(other, other.c.id == after_filing.c.other_case)
        .where(
            after_filing.c.case_id.in_(identifiers), after_filing.c.kind.in_([one.value for one in CLOSING])
        )
    )
    with store.read() as connection:
        return {row.case_id: _end(row.kind, row.number) for row in connection.execute(query)}


def given_up(store: Store, shown: Iterable[Line]) -> dict[str, str]:
    """Return in words those of the cases *shown* whose people withdrew, while nobody has declared it.

    Without it a list would go on saying that papers are missing (Ley 39/2015, art. 94).
    """
    open_ = {one.id for one in shown if one.stage == "routed" and not one.decided and not one.silence}
    if not open_:
        return {}
    withdrew = (after_filing.c.kind == Kind.WITHDRAWAL.value, after_filing.c.case_id.in_(sorted(open_)))
    query = sa.select(after_filing.c.case_id, after_filing.c.said).where(*withdrew)
    with store.read() as connection:
        found = connection.execute(query).all()
    return {case: _GIVEN_UP for case, said in found if said.get("everybody")}


def _end(kind: str, number: str | None) -> str:
    """Return how a case ended."""
    if kind == Kind.JOINED_INTO.value:
        return f"Unido al expediente {number}, donde sigue"
    return "Retirado: se entregó por error"


def as_json(store: Store, case: str) -> list[dict[str, Any]]:
    """Return what came after the filing of *case*, for programs: what, when, who, and the other case.

    What the person said of themselves is left out: it is in the record, for those who work on the case.
    """
    return [
        {
            "what": one.kind.value,
            "entered_on": one.entered_on.isoformat(),
            "told_by": one.who,
            "at": one.at.isoformat(),
            "case": one.other,
            "office": one.said.get("office"),
            "with_paper": one.submission is not None,
        }
        for one in of_case(store, case)
    ]
