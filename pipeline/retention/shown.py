"""How retention stands: figures, the holds, and what of blocked cases lies where the program does not go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from pipeline.folders.places import ACCEPTED, CURE, RETURNED
from pipeline.retention.ring import Ring
from pipeline.retention.tables import holds, retained
from pipeline.store import Store
from pipeline.store.schema import BLOCKED, cases

_PAGE = 500
"""Cases asked for in one statement."""
_PLACES = (ACCEPTED, CURE, RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many cases are live, blocked and erased, and with how many a run that was stopped is not done."""

    live: int
    blocked: int
    erased: int
    erasing: int
    uncleaned: int
    unpurged: int


def figures(store: Store) -> Figures:
    """Return the figures."""

    def number(*where: sa.ColumnElement[bool]) -> int:
        """Return how many rows of what is left meet all."""
        query = sa.select(sa.func.count()).select_from(retained).where(*where)
        return int(connection.execute(query).scalar_one())

    with store.read() as connection:
        live = sa.select(sa.func.count()).select_from(cases).where(cases.c.stage != BLOCKED)
        return Figures(
            live=int(connection.execute(live).scalar_one()),
            blocked=number(retained.c.erased_at.is_(None)),
            erased=number(retained.c.erased_at.is_not(None)),
            erasing=number(retained.c.erasing_at.is_not(None), retained.c.erased_at.is_(None)),
            uncleaned=number(retained.c.cleaned_at.is_(None)),
            unpurged=number(retained.c.purged_at.is_(None)),
        )


def held(store: Store) -> list[Row[Any]]:
    """Return the holds that stand, with the number of each case, oldest first."""
    query = (
        sa.select(holds, cases.c.number)
        .join(cases, cases.c.id == holds.c.case_id)
        .where(holds.c.ended_at.is_(None))
        .order_by(holds.c.at)
    )
    with store.read() as connection:
        return list(connection.execute(query))


def returned(store: Store, ring: Ring) -> int:
    """Return how many live cases the ring knows: a copy from before they were blocked brought them back.

    Also the few that a run was about to block when it was stopped.
    """
    known = sorted(ring.all() | ring.destroyed())
    with store.read() as connection:
        return sum(
            connection.execute(
                sa.select(sa.func.count())
                .select_from(cases)
                .where(cases.c.id.in_(known[first : first + _PAGE]), cases.c.stage != BLOCKED)
            ).scalar_one()
            for first in range(0, len(known), _PAGE)
        )


def of_number(store: Store, number: str) -> Row[Any] | None:
    """Return what is left of a blocked case, None where there is no such one."""
    with store.read() as connection:
        return connection.execute(sa.select(retained).where(retained.c.number == number)).first()


def every(store: Store) -> Iterator[tuple[str, str]]:
    """Yield office and number of each case that was blocked."""
    with store.read() as connection:
        query = sa.select(retained.c.office, retained.c.number).order_by(retained.c.number)
        for row in connection.execution_options(yield_per=1000).execute(query):
            yield row.office, row.number


def lying(root: Path, numbers: Iterable[tuple[str, str]]) -> Iterator[Path]:
    """Yield the folders of cases, by office and number, that still lie among the office's.

    Receipts and letters there are the office's own: it decides on them, the program removes none. A case
    that was moved may lie with the office that it came to first, which its number names.
    """
    for office, number in numbers:
        for one in dict.fromkeys((office, number.partition("-")[0])):
            for place in _PLACES:
                path = root / one / place / number
                if path.exists():
                    yield path
