"""All cases in which the number of a person's document stands: rarely asked for, so every one is read.

The database leaves out what does not hold the figures of the number; the rest is looked at field by field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.after_filing.table import after_filing
from pipeline.errors import UsageError
from pipeline.exchange.mentioned import ROLES, roles
from pipeline.store import Store
from pipeline.store.schema import cases
from validators.numbers import plain

_PAGE = 100
"""Cases taken from the database at a time: a report has some tens of kB."""
_LEAST = 5
"""Figures or letters of a number below which it would be found in every case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A case in which the person stands, and as what."""

    row: Row[Any]
    roles: tuple[str, ...]

    @property
    def applies(self) -> bool:
        """Whether it is the person's own application."""
        return ROLES["applicant"] in self.roles


def asked(number: str) -> str:
    """Return a number as the record has it, however it was typed; raise UsageError where it is none."""
    found = plain(number)
    if len(found) < _LEAST or not re.fullmatch(r"[0-9A-Z]+", found):
        raise UsageError("Ese número de documento no vale", "Escriba el DNI, el NIE o el pasaporte entero.")
    return found


def cases_of(store: Store, number: str) -> Iterator[Found]:
    """Yield the cases in which the person of that *number* (as `asked` gives it) stands, in their order."""
    query = sa.select(cases).where(_may_hold(number)).order_by(cases.c.id).limit(_PAGE)
    last = ""
    while True:
        with store.read() as connection:
            rows = connection.execute(query.where(cases.c.id > last)).all()
        for row in rows:
            found = _roles(store, row, number)
            if found:
                yield Found(row=row, roles=found)
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


def _may_hold(number: str) -> sa.ColumnElement[bool]:
    """Return that a case may hold the number: its longest run of figures, whatever parts them."""
    core = max(re.findall(r"\d+", number) or [number], key=len).lstrip("0") or number
    later = sa.select(after_filing.c.case_id).where(_bare(after_filing.c.said).contains(core))
    return sa.or_(cases.c.person == number, _bare(cases.c.report).contains(core), cases.c.id.in_(later))


def _bare(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Return what a column says in capitals, without what parts the figures of a number."""
    told: sa.ColumnElement[str] = sa.func.upper(sa.cast(column, sa.Text))
    for sign in (" ", ".", "-", "/"):
        told = sa.func.replace(told, sign, "")
    return told


def _roles(store: Store, row: Row[Any], number: str) -> tuple[str, ...]:
    """Return as what the person stands in a case, nothing where the figures are another number's."""
    found = {role for paper in (row.report or {}).get("documents") or () for role in roles(paper, number)}
    if row.person == number:
        found.add(ROLES["applicant"])
    with store.read() as connection:
        query = sa.select(after_filing.c.said).where(after_filing.c.case_id == row.id)
        said = connection.execute(query).scalars().all()
    if any(plain(str(value)) == number for one in said for value in _values(one)):
        found.add("nombrado después de presentar")
    return tuple(sorted(found))


def _values(said: Any) -> Iterator[str]:
    """Yield the texts in what was said after filing."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for one in said.values() if isinstance(said, dict) else said:
            yield from _values(one)
