"""What somebody wants to see of the trays: which tray, whose cases, narrowed by what, from where on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from pipeline.store.schema import handling
from pipeline.trays import kinds
from pipeline.trays.tables import standings

ORDER = (standings.c.turn, standings.c.order_on, standings.c.entry)
"""Let go ahead by a written order; then the legal day that comes next; then the order of entry."""


_LONGEST = 31
"""Signs of a key: one digit, a day, and as many digits as a database has for the entry."""


class Key(NamedTuple):
    """The place of a case in its tray."""

    turn: int
    order_on: dt.date
    entry: int

    def __str__(self) -> str:
        return f"{self.turn}.{self.order_on:%Y-%m-%d}.{self.entry}"

    @classmethod
    def of(cls, text: str) -> Key | None:
        """Return the key that an address says, None where it says none, or numbers that no row has."""
        if len(text) > _LONGEST:
            return None
        try:
            turn, day, entry = text.split(".")
            return cls(int(turn), dt.date.fromisoformat(day), int(entry))
        except ValueError:
            return None

    def tuple(self) -> sa.Tuple:
        """Return the key to compare rows with."""
        return sa.tuple_(*(sa.literal(part, column.type) for part, column in zip(self, ORDER, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whose cases somebody sees: of some offices, queues and procedures; None is all of them."""

    offices: frozenset[str] | None = None
    queues: frozenset[str] | None = None
    procedures: frozenset[str] | None = None

    def limits(self) -> list[sa.ColumnElement[bool]]:
        """Return what the rows of `standings` must meet."""
        told: tuple[tuple[sa.Column[Any], frozenset[str] | None], ...] = (
            (standings.c.office, self.offices),
            (standings.c.queue, self.queues),
            (standings.c.procedure, self.procedures),
        )
        return [column.in_(sorted(values)) for column, values in told if values is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A tray as somebody looks at it: `who` and `at` tell what is in whose hand; the rest narrows it."""

    tray: str
    reach: Reach
    who: str
    at: dt.datetime
    office: str | None = None
    procedure: str | None = None

    def where(self) -> list[sa.ColumnElement[bool]]:
        """Return what the rows of `standings` must meet."""
        chosen = ((standings.c.office, self.office), (standings.c.procedure, self.procedure))
        narrowed = [column == value for column, value in chosen if value is not None]
        return [*_in_tray(self.tray, self.who, self.at), *self.reach.limits(), *narrowed]


def _in_tray(tray: str, who: str, at: dt.datetime) -> list[sa.ColumnElement[bool]]:
    """Return what the rows of a tray meet; nobody confirms, or looks blind at, what they decided."""
    not_mine = sa.or_(standings.c.decided_by.is_(None), standings.c.decided_by != who)
    held = sa.select(handling.c.case_id).where(handling.c.held_by == who, handling.c.held_until > at)
    given = sa.select(handling.c.case_id).where(handling.c.assigned_to == who)
    gathered: Mapping[str, list[sa.ColumnElement[bool]]] = {
        kinds.ALARM: [standings.c.alarm],
        kinds.SAMPLE: [standings.c.sample, not_mine],
        kinds.IN_HAND: [standings.c.case_id.in_(held)],
        kinds.MINE: [standings.c.case_id.in_(given), standings.c.tray.not_in((kinds.DONE, kinds.RETURNED))],
        kinds.SECOND: [standings.c.tray == kinds.SECOND, not_mine],
    }
    return gathered.get(tray, [standings.c.tray == tray])
