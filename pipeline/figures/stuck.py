"""What is stuck: cases that wait or are held, those longest in somebody's hand, and those that are late.

Counts and case numbers, never whose: figures tell of no applicant and of no colleague.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.figures.asked import Asked
from pipeline.store.schema import cases, handling
from pipeline.trays import kinds
from pipeline.trays.tables import standings

_MOST = 20
"""Cases of a list: who wants them all looks at the tray."""
_STAGES = ("waiting", "hold")
_UNREAD_FOR = dt.timedelta(hours=1)
"""After this time a case that nobody has begun to read is stuck: with workers alive it takes minutes."""


class Halted(NamedTuple):
    """Cases that wait by themselves (`waiting`), for a person (`hold`) or to be read (`accepted`).

    `since` is when the first began to; `why` is a word of `pipeline.waiting`, None for those that failed too
    often and those to be read.
    """

    stage: str
    why: str | None
    cases: int
    since: dt.datetime


class Named(NamedTuple):
    """One case of a list; `since` is when it was taken in hand, put aside, or its last day."""

    number: str
    office: str
    tray: str
    since: dt.datetime | dt.date


class Stuck(NamedTuple):
    """What is stuck, the oldest first. `failed` are tried again by themselves.

    `unread` came over an hour ago and nobody began to read them, None where there are none.
    """

    halted: tuple[Halted, ...] = ()
    unread: Halted | None = None
    failed: int = 0
    aside: tuple[Named, ...] = ()
    in_hand: tuple[Named, ...] = ()

    @property
    def every(self) -> tuple[Halted, ...]:
        """All that does not go on, the oldest first."""
        unread = (self.unread,) if self.unread else ()
        return tuple(sorted((*self.halted, *unread), key=lambda one: one.since))


def stuck(connection: Connection, asked: Asked, at: dt.datetime) -> Stuck:
    """Return what is stuck at a moment: all of it comes from indexes of the few cases that are."""
    aside, in_hand = _lists(connection, asked, at)
    return Stuck(
        halted=_halted(connection, asked),
        unread=_unread(connection, asked, at),
        failed=_failed(connection, asked),
        aside=aside,
        in_hand=in_hand,
    )


def late(connection: Connection, asked: Asked, most: int = _MOST) -> tuple[Named, ...]:
    """Return open cases whose last day has passed, the longest passed first."""
    trays = [one for one in kinds.every_tray() if one not in kinds.GATHERED]
    query = (
        sa.select(standings.c.number, standings.c.office, standings.c.tray, standings.c.resolve_by)
        .where(standings.c.tray.in_(trays), standings.c.turn.in_((0, 1)))
        .where(standings.c.order_on < asked.today, standings.c.resolve_by < asked.today)
        .where(*_named_limits(asked, standings))
        .order_by(standings.c.resolve_by, standings.c.entry)
        .limit(most)
    )
    return tuple(Named(*row) for row in connection.execute(query))


def _halted(connection: Connection, asked: Asked) -> tuple[Halted, ...]:
    """Return what waits or is held, by why."""
    by = (cases.c.stage, cases.c.waits_for)
    since = sa.func.min(cases.c.updated_at, type_=cases.c.updated_at.type)
    query = sa.select(*by, sa.func.count(), since).where(cases.c.stage.in_(_STAGES)).group_by(*by)
    rows = connection.execute(query.where(*_limits(asked, cases)).order_by(since))
    return tuple(Halted(*row) for row in rows)


def _unread(connection: Connection, asked: Asked, at: dt.datetime) -> Halted | None:
    """Return what came a while ago and was never begun."""
    waits = (cases.c.stage == "accepted", cases.c.attempts == 0, cases.c.lease_owner.is_(None))
    since = sa.func.min(cases.c.received_at, type_=cases.c.received_at.type)
    query = sa.select(sa.func.count(), since).where(*waits, cases.c.received_at < at - _UNREAD_FOR)
    number, first = connection.execute(query.where(*_limits(asked, cases))).one()
    return Halted("accepted", None, int(number), first) if number else None


def _failed(connection: Connection, asked: Asked) -> int:
    """Return how many cases failed and are tried again."""
    failed = (cases.c.stage == "accepted", cases.c.attempts > 0, cases.c.lease_owner.is_(None))
    query = sa.select(sa.func.count()).select_from(cases).where(*failed, *_limits(asked, cases))
    return int(connection.execute(query).scalar_one())


def _lists(
    connection: Connection, asked: Asked, at: dt.datetime
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Return the cases put aside the longest, and those longest in a hand."""
    aside = (
        sa.select(cases.c.number, cases.c.office, cases.c.stage, cases.c.updated_at)
        .where(cases.c.stage.in_(_STAGES), *_named_limits(asked, cases))
        .order_by(cases.c.updated_at)
    )
    hand = (
        sa.select(cases.c.number, cases.c.office, sa.literal(kinds.IN_HAND), handling.c.held_since)
        .join(handling, handling.c.case_id == cases.c.id)
        .where(handling.c.held_by.is_not(None), handling.c.held_until > at, *_named_limits(asked, cases))
        .order_by(handling.c.held_since)
    )
    return _named(connection, aside), _named(connection, hand)


def _named(connection: Connection, query: sa.Select[Any]) -> tuple[Named, ...]:
    """Return the first cases of a list."""
    return tuple(Named(*row) for row in connection.execute(query.limit(_MOST)))


def _limits(asked: Asked, table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """Return whose cases are asked for."""
    told = ((table.c.office, asked.offices), (table.c.procedure, asked.procedures))
    return [column.in_(sorted(values)) for column, values in told if values is not None]


def _named_limits(asked: Asked, table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """Return whose cases may be named: as everywhere, one without a queue is nobody's of some queues."""
    queues = [] if asked.queues is None else [table.c.queue.in_(sorted(asked.queues))]
    return [*_limits(asked, table), *queues]
