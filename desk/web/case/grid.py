"""The cross-check: a row for each fact, a cell for each paper, and what the differences mean in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desk.web.case.found import Found
from desk.web.case.told import share, value
from desk.web.visit import Values, Visit
from desk.web.words import Speaker


class Cell(NamedTuple):
    """What one paper says of a fact."""

    document: str
    field: str
    paper: str
    says: str
    sure: str
    verdict: str


class Row(NamedTuple):
    """One fact of one person; `verdict` is the gravest of its cells, `calm` whether nobody need look."""

    person: str
    fact: str
    verdict: str
    calm: bool
    reasons: tuple[str, ...]
    cells: tuple[Cell, ...]


def build(visit: Visit, case: Found) -> Values:
    """Return the rows that differ, and those that do not."""
    rows = tuple(_rows(visit.say, case.report.get("crosscheck") or ()))
    return {"differ": [row for row in rows if not row.calm], "same": [row for row in rows if row.calm]}


def _rows(say: Speaker, grid: Any) -> Iterator[Row]:
    """Yield the rows of the report's table."""
    for row in grid:
        yield Row(
            person=_person(say, row["person"]),
            fact=say(f"case.fact_{row['fact']}") if say.has(f"case.fact_{row['fact']}") else row["fact"],
            verdict=row["verdict"],
            calm=row["verdict"] in {"agree", "not_comparable"}
            or (row["verdict"] == "explained" and row["tolerated"]),
            reasons=tuple(dict.fromkeys(one["reason"][say.language] for one in row["differences"])),
            cells=tuple(_cell(say, cell) for cell in row["cells"]),
        )


def _cell(say: Speaker, cell: Mapping[str, Any]) -> Cell:
    """Return what one paper says, with where it says it."""
    place = next(iter(cell["evidence"]), {"document": cell["document"], "field": ""})
    name = f"case.paper_{cell['kind']}"
    return Cell(
        document=place["document"],
        field=place["field"],
        paper=say(name) if say.has(name) else cell["kind"],
        says=value(say, cell["value"]),
        sure=share(cell["confidence"]),
        verdict=cell["verdict"],
    )


def _person(say: Speaker, about: str) -> str:
    """Return whom a row is about."""
    kind, _, number = about.partition("-")
    if kind == "beneficiary":
        return say("case.beneficiary", number=number)
    return say(f"case.person_{about}") if say.has(f"case.person_{about}") else about
