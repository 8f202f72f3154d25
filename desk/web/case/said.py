"""What people set right in a case, as pages tell it: what was there, what is, who, when, why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest

from desk.people.accounts import names
from desk.web.case.found import Found
from desk.web.case.values import label, told
from desk.web.visit import Visit
from pipeline.corrections.kept import Kept, standing
from pipeline.corrections.record import of_case
from pipeline.corrections.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One correction that stands. `document` is None where it no longer applies."""

    seq: int
    document: str | None
    field: str
    label: str
    what: str
    before: str
    now: str
    who: str
    at: dt.datetime
    why: str


def rows_of(visit: Visit, case: Found) -> tuple[Kept, ...]:
    """Return all that was ever set right in a case."""
    with visit.room.store.read() as connection:
        return of_case(connection, case.id)


def said_of(visit: Visit, case: Found) -> list[Said]:
    """Return the corrections that stand, in their order."""
    rows = standing(rows_of(visit, case))
    known = names(visit.room.store, {row.who for row in rows})
    places = [one["document"] for one in case.report.get("corrections", ())]
    return [_said(visit, row, place, known) for row, place in zip_longest(rows, places[: len(rows)])]


def _said(visit: Visit, row: Kept, document: str | None, known: dict[str, str]) -> Said:
    """Return one correction in words."""
    shape = shape_of(row.paper.kind, row.field, row.before.value)
    before = row.before.confidence is not None
    return Said(
        seq=row.seq,
        document=document,
        field=row.field,
        label=label(visit.say, row.field) if row.field else visit.say("mend.the_paper"),
        what=visit.say(f"mend.what_{row.what}"),
        before=_value(visit, row.before.value, shape) if before else "",
        now=_value(visit, row.value, shape) if row.what in {"corrected", "row_added"} else "",
        who=known.get(row.who, row.who),
        at=row.at,
        why=row.why,
    )


def _value(visit: Visit, value: object, shape: Shape) -> str:
    """Return a value in words; of a row, its cells one after the other."""
    if not isinstance(value, dict):
        return told(visit.say, value, shape)
    cells = ((shape.columns.get(name, Shape(sort="text")), one) for name, one in value.items())
    return " · ".join(told(visit.say, one, cell) for cell, one in cells if one is not None)
