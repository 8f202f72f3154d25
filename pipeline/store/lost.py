"""Cases whose worker is gone come back: at once when it is known to be dead, else when its loan runs out.

A loan runs out by the clock on the wall, which may jump; who looks on has a clock that does not. So a
worker of another machine counts as alive while its loan goes on being renewed, and as dead when it was not
for the time of a loan, whatever hour either clock shows; one of this machine for as long as its process runs.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.store.database import Store
from pipeline.store.events import record, since_anew
from pipeline.store.schema import cases
from pipeline.workers import alive

GIVEN_BACK = "given-back"


class Owners(NamedTuple):
    """What is known of those who hold cases; of the rest only the loan's end tells."""

    living: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()


NOBODY = Owners()


class _Sign(NamedTuple):
    """A sign of life: until when the loan was last renewed, and when that was seen here."""

    until: dt.datetime
    seen: float


@dataclass(slots=True, kw_only=True)
class Lookout:
    """Watches those who hold cases; `clock` gives seconds that never jump."""

    lease_seconds: float
    clock: Callable[[], float] = time.monotonic
    _signs: dict[str, _Sign] = field(default_factory=dict)

    def look(self, store: Store) -> Owners:
        """Return who lives and who is dead among those who hold a case."""
        query = (
            sa.select(cases.c.lease_owner, sa.func.max(cases.c.lease_until))
            .where(cases.c.lease_owner.is_not(None))
            .group_by(cases.c.lease_owner)
        )
        with store.read() as connection:
            held = {owner: _moment(until) for owner, until in connection.execute(query)}
        self._signs = {owner: self._sign(owner, until) for owner, until in held.items()}
        living = frozenset(owner for owner in held if self._lives(owner))
        return Owners(living, frozenset(held) - living)

    def _lives(self, owner: str) -> bool:
        """Tell whether an owner lives: its process is here, or it is elsewhere and stirs."""
        here = alive(owner)
        return self._stirs(owner) if here is None else here

    def _sign(self, owner: str, until: dt.datetime) -> _Sign:
        """Return the last sign of life of *owner*."""
        before = self._signs.get(owner)
        return before if before and before.until == until else _Sign(until, self.clock())

    def _stirs(self, owner: str) -> bool:
        """Tell whether an owner elsewhere gave a sign of life within the time of a loan."""
        return self.clock() - self._signs[owner].seen <= self.lease_seconds


def _moment(value: str | dt.datetime) -> dt.datetime:
    """Return a moment that went through a function of the database, which forgets its type."""
    return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)


def give_back(store: Store, at: dt.datetime, *, losses: int, owners: Owners | None = None) -> tuple[str, ...]:
    """Take back the cases of dead workers and return their ids; of loans that ran out where none are told.

    Losing its worker is not counted as an attempt: whoever killed it may have had no thought of the case.
    A case that has cost *losses* workers one after the other is held for a person.
    """
    # whoever began since the look at the owners is no dead worker, whatever hour its machine's clock shows
    gone = cases.c.lease_until < at if owners is None else cases.c.lease_owner.in_(owners.dead)
    lent = cases.c.lease_owner.is_not(None)
    query = sa.select(cases.c.id, cases.c.attempts, cases.c.stage).where(lent, gone)
    with store.read() as connection:
        if connection.execute(query).first() is None:
            return ()
    with store.write() as connection:
        rows = connection.execute(query.with_for_update(of=cases)).all()
        for row in rows:
            _free(connection, row, at, losses)
    return tuple(row.id for row in rows)


def _free(connection: Connection, row: Row[Any, Any, Any], at: dt.datetime, losses: int) -> None:
    """End the loan of one case."""
    unread = row.stage in {"accepted", "waiting"}
    held = unread and since_anew(connection, row.id, GIVEN_BACK) + 1 >= losses
    changes: dict[str, object] = {"lease_owner": None, "lease_until": None, "updated_at": at}
    changes["attempts"] = max(row.attempts - 1, 0)
    changes |= {"stage": "hold", "waits_for": None} if held else {}
    connection.execute(sa.update(cases).where(cases.c.id == row.id).values(**changes))
    record(connection, row.id, at, "held" if held else GIVEN_BACK, code="worker-lost")
