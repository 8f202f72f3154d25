"""A sign of life of each process in the record, so that any machine knows which parts of all of them live.

    with Pulse(store, "worker") as pulse:
        pulse()      # at every turn of the work; written every half minute

A process counts as alive for two minutes after its last sign, unless it is one of this machine's that has
ended: one that hangs at a share that is away gives none. A record that cannot be written keeps nobody from
working.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from types import TracebackType
from typing import Literal, NamedTuple, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.errors import EnvironmentFault
from pipeline.parts.tables import pulses
from pipeline.store import Store
from pipeline.store.schema import cases
from pipeline.workers import alive, me

Kind = Literal["watch", "worker", "desk"]
KINDS: tuple[Kind, ...] = ("watch", "worker", "desk")
EVERY_SECONDS = 30.0
"""Between two signs: one small write of each process."""
SILENT_SECONDS = 120.0
"""After how long without a sign a process elsewhere counts as gone: a dead machine is replaced by then."""
_KEPT = dt.timedelta(days=1)
"""For how long it is told of a process that it fell silent; then it is forgotten."""


class Seen(NamedTuple):
    """One process as the record knows it; `holds` are the cases in its hands."""

    name: str
    part: str
    machine: str
    started_at: dt.datetime
    seen_at: dt.datetime
    release: str
    lives: bool
    holds: int


class Pulse:
    """The signs of life of this process; `clock` gives seconds that never jump."""

    def __init__(self, store: Store, part: Kind, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._part, self._clock = store, part, clock
        self._name, self._next = me(), 0.0
        self._begun: dt.datetime | None = None

    def __call__(self) -> None:
        """Give a sign, unless the last one is recent."""
        if self._begun is not None and self._clock() < self._next:
            return
        self._next = self._clock() + EVERY_SECONDS
        now = dt.datetime.now(dt.UTC)
        with suppress(EnvironmentFault), self._store.write() as connection:
            self._write(connection, now)

    def _write(self, connection: Connection, now: dt.datetime) -> None:
        """Write the sign; the first one forgets those of this part that are known to be dead."""
        if self._begun is None:
            _forget(connection, self._part, now)
            self._begun = now
        changed = sa.update(pulses).where(pulses.c.name == self._name).values(seen_at=now)
        if connection.execute(changed).rowcount:
            return
        row = {"name": self._name, "part": self._part, "machine": self._name.partition(":")[0]}
        told = {**row, "started_at": self._begun, "seen_at": now, "release": version("ventanilla")}
        connection.execute(sa.insert(pulses).values(**told))

    def __enter__(self) -> Self:
        """Give the first sign."""
        self()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the sign away: this process ends in order."""
        with suppress(EnvironmentFault), self._store.write() as connection:
            connection.execute(sa.delete(pulses).where(pulses.c.name == self._name))


def _forget(connection: Connection, part: Kind, now: dt.datetime) -> None:
    """Forget who is long silent, and who died on this machine in the same part."""
    connection.execute(sa.delete(pulses).where(pulses.c.seen_at < now - _KEPT))
    rows = connection.execute(sa.select(pulses.c.name).where(pulses.c.part == part)).scalars()
    if dead := [name for name in rows if alive(name) is False]:
        connection.execute(sa.delete(pulses).where(pulses.c.name.in_(dead)))


def seen(store: Store, now: dt.datetime) -> tuple[Seen, ...]:
    """Return the processes of all machines, by part and machine."""
    lent = sa.select(cases.c.lease_owner, sa.func.count()).where(cases.c.lease_owner.is_not(None))
    with store.read() as connection:
        holds = {row[0]: int(row[1]) for row in connection.execute(lent.group_by(cases.c.lease_owner))}
        order = (pulses.c.part, pulses.c.machine, pulses.c.started_at)
        rows = connection.execute(sa.select(pulses).order_by(*order)).mappings().all()
    return tuple(
        Seen(**row, lives=_lives(row["name"], row["seen_at"], now), holds=holds.get(row["name"], 0))
        for row in rows
    )


def _lives(name: str, seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a process lives and works."""
    return alive(name) is not False and now - seen_at <= dt.timedelta(seconds=SILENT_SECONDS)
