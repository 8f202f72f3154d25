"""The figures kept up to date: what a case added is taken out, what it adds now is put in.

    recount(connection, rows, standings, acceptance)    # in the transaction that placed the cases

Done where cases are placed in their trays (`pipeline.trays.tidy`), so whatever moves a case is counted.
Doing it twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.acts import acts
from pipeline.figures.tables import case_counts, day_counts
from pipeline.figures.told import Case, Count, told

_ADD = sa.text(
    """INSERT INTO day_counts (what, day, office, procedure, name, number)
    VALUES (:what, :day, :office, :procedure, :name, :number)
    ON CONFLICT (what, day, office, procedure, name)
    DO UPDATE SET number = day_counts.number + excluded.number"""
).bindparams(sa.bindparam("day", type_=sa.Date))
_LONGEST = 200
"""Letters of a name: the column's length."""


class Place(NamedTuple):
    """Where a case counts."""

    office: str
    procedure: str


Added = tuple[Place, Counter[Count]]
"""What one case adds, and where."""


def recount(
    connection: Connection,
    rows: Sequence[Mapping[str, Any]],
    standings: Sequence[Mapping[str, Any]],
    acceptance: float,
) -> None:
    """Count cases anew: *rows* hold `id` and `report` of each, *standings* its columns there.

    A case whose report was erased keeps what it added: the figures of a year outlive its papers.
    """
    reports = {row["id"]: row["report"] for row in rows}
    before = _before(connection, list(reports))
    kept = {case for case, report in reports.items() if report is None and case in before}
    found = _now(connection, reports, [one for one in standings if one["case_id"] not in kept], acceptance)
    _change(connection, before, found)


def _now(
    connection: Connection,
    reports: Mapping[str, Mapping[str, Any] | None],
    standings: Sequence[Mapping[str, Any]],
    acceptance: float,
) -> dict[str, Added]:
    """Return what cases add as they stand."""
    done = acts(connection, [one["case_id"] for one in standings])
    found = {}
    for one in standings:
        case = Case(
            standing=one,
            report=reports[one["case_id"]] or {},
            decided=done[one["case_id"]].decided,
            mended=done[one["case_id"]].mended,
            ended_on=done[one["case_id"]].ended_on,
            silent_on=done[one["case_id"]].silent_on,
            closed_on=done[one["case_id"]].closed_on,
            acceptance=acceptance,
        )
        found[one["case_id"]] = (Place(one["office"], one["procedure"] or ""), _told(case))
    return found


def _told(case: Case) -> Counter[Count]:
    """Return what a case adds; one whose report does not read counts by its columns."""
    try:
        return _cut(told(case))
    except Exception:  # noqa: BLE001 - one bad report never keeps the others from being counted; its text may hold names
        return told(replace(case, report={}))


def _cut(counts: Counter[Count]) -> Counter[Count]:
    """Return counts under names that fit: a damaged report may hold any."""
    found: Counter[Count] = Counter()
    for count, number in counts.items():
        found[count._replace(name=count.name[:_LONGEST])] += number
    return found


def _before(connection: Connection, ids: Sequence[str]) -> dict[str, Added]:
    """Return what cases added when they were counted last."""
    query = sa.select(case_counts).where(case_counts.c.case_id.in_(ids))
    return {
        row.case_id: (Place(row.office, row.procedure), read(row.counts)) for row in connection.execute(query)
    }


def _change(connection: Connection, before: Mapping[str, Added], found: Mapping[str, Added]) -> None:
    """Write what differs."""
    moved = [case for case, added in found.items() if before.get(case) != added]
    if not moved:
        return
    sums: Counter[tuple[Place, Count]] = Counter()
    for case in moved:
        for sign, added in ((-1, before.get(case)), (1, found[case])):
            if added is not None:
                for count, number in added[1].items():
                    sums[added[0], count] += sign * number
    add(connection, sums)
    connection.execute(sa.delete(case_counts).where(case_counts.c.case_id.in_(moved)))
    rows = [{"case_id": one, **found[one][0]._asdict(), "counts": _written(found[one][1])} for one in moved]
    connection.execute(sa.insert(case_counts), rows)


def add(connection: Connection, sums: Mapping[tuple[Place, Count], int]) -> None:
    """Add to the sums of days, always in one order; a sum that came to nothing goes."""
    rows = [
        {**place._asdict(), "day": count.day, "what": count.what, "name": count.name, "number": n}
        for (place, count), n in sorted(sums.items())
        if n
    ]
    if rows:
        connection.execute(_ADD, rows)
        connection.execute(sa.delete(day_counts).where(day_counts.c.number == 0))


def _written(counts: Counter[Count]) -> str:
    """Return what a case adds as text."""
    told_ = [[one.day.isoformat(), one.what, one.name, number] for one, number in sorted(counts.items())]
    return json.dumps(told_, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Counter[Count]:
    """Return what a case added."""
    rows: Iterable[tuple[str, str, str, int]] = json.loads(text)
    return Counter({Count(dt.date.fromisoformat(day), what, name): n for day, what, name, n in rows})
