"""What came and went in some days, beside as many days before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.asked import Asked
from pipeline.figures.tables import day_counts


class Pair(NamedTuple):
    """A figure of the days asked for, and of as many days before."""

    now: int = 0
    before: int = 0

    @property
    def change(self) -> int:
        """By how much it rose."""
        return self.now - self.before


class Share(NamedTuple):
    """A part of a whole, in the days asked for and before; a share of nothing is None."""

    part: Pair
    whole: Pair

    @property
    def now(self) -> Fraction | None:
        """The share in the days asked for."""
        return Fraction(self.part.now, self.whole.now) if self.whole.now else None

    @property
    def before(self) -> Fraction | None:
        """The share before."""
        return Fraction(self.part.before, self.whole.before) if self.whole.before else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Sums by what, name and office."""

    sums: Mapping[tuple[str, str, str], Pair]

    def of(self, office: str) -> Flows:
        """Return those of one office."""
        return replace(self, sums={key: pair for key, pair in self.sums.items() if key[2] == office})

    def total(self, what: str, meets: Callable[[str], bool] = lambda _: True) -> Pair:
        """Return the sum of *what* over the names that it *meets*."""
        return added(pair for (one, name, _), pair in self.sums.items() if one == what and meets(name))

    def by(self, what: str, named: Callable[[str], str | None] = lambda name: name) -> dict[str, Pair]:
        """Return the sums of *what* by name, the largest first; None from *named* leaves a name out."""
        now, before = Counter[str](), Counter[str]()
        for (one, name, _), pair in self.sums.items():
            short = named(name) if one == what else None
            if short is not None:
                now[short] += pair.now
                before[short] += pair.before
        found = {name: Pair(now[name], before[name]) for name in now.keys() | before.keys()}
        return dict(sorted(found.items(), key=lambda one: (-one[1].now, -one[1].before, one[0])))


def added(pairs: Iterable[Pair]) -> Pair:
    """Return the sum of pairs."""
    every = list(pairs)
    return Pair(sum(one.now for one in every), sum(one.before for one in every))


def compared(connection: Connection, asked: Asked, whats: Iterable[str]) -> Flows:
    """Return the sums of *whats* in the days asked for, and before."""
    columns = day_counts.c
    now = sa.case((columns.day >= asked.span.first, columns.number), else_=0)
    before = sa.case((columns.day < asked.span.first, columns.number), else_=0)
    query = (
        sa.select(columns.what, columns.name, columns.office, sa.func.sum(now), sa.func.sum(before))
        .where(columns.what.in_(sorted(whats)), *asked.where())
        .where(columns.day.between(asked.span.before.first, asked.span.last))
        .group_by(columns.what, columns.name, columns.office)
    )
    rows = connection.execute(query)
    return Flows(sums={(what, name, office): Pair(int(n), int(b)) for what, name, office, n, b in rows})
