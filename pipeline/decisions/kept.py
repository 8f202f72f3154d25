"""Decisions as the record keeps them: each as it was taken, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.decisions.kinds import Kind, resolves
from pipeline.decisions.tables import decisions, ends, looks
from pipeline.store.schema import cases, handling

FINAL, UNDONE, OVERTAKEN, DISAGREED = "final", "undone", "overtaken", "disagreed"
CONFIRM, SAMPLE = "confirm", "sample"
_RECENT = 3
"""Decisions of a person that may still be undone and are offered beside another case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What became of a decision; `paper` is the digest of its letter."""

    how: str
    by: str
    at: dt.datetime
    text: str
    paper: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a second person said of a decision."""

    purpose: str
    by: str
    at: dt.datetime
    kind: Kind
    agrees: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision with its ends and second looks, oldest first."""

    id: str
    case: str
    kind: Kind
    by: str
    at: dt.datetime
    dated_on: dt.date
    final_at: dt.datetime
    proposal: Mapping[str, Any]
    reason: str | None
    text: str
    seen: Sequence[Mapping[str, Any]]
    letter: Mapping[str, Any]
    confirm: bool
    sampled: bool
    ends: tuple[End, ...] = ()
    looks: tuple[Look, ...] = ()

    @property
    def resolves(self) -> bool:
        """Whether it answers the application."""
        return resolves(self.kind)

    @property
    def stands(self) -> bool:
        """Whether nothing took it back."""
        return all(end.how == FINAL for end in self.ends)

    @property
    def final(self) -> End | None:
        """How it became final, None while it is not."""
        return next((end for end in self.ends if end.how == FINAL), None)

    @property
    def confirmed(self) -> Look | None:
        """The second look that confirmed it."""
        return next((look for look in self.looks if look.purpose == CONFIRM and look.agrees), None)

    @property
    def taken(self) -> bool:
        """Whether it was taken: by one person, or by two where a second one must confirm."""
        return self.stands and (not self.confirm or self.confirmed is not None)

    def final_from(self, undo_seconds: float) -> dt.datetime | None:
        """Return the moment from which it can be undone no more; None while it waits for a second person."""
        if not self.taken:
            return None
        second = self.confirmed.at + dt.timedelta(seconds=undo_seconds) if self.confirmed else self.final_at
        return max(self.final_at, second)


def decisions_of(connection: Connection, case: str) -> tuple[Decision, ...]:
    """Return the decisions on a case, oldest first."""
    query = sa.select(decisions).where(decisions.c.case_id == case).order_by(decisions.c.turn)
    return tuple(_whole(connection, row) for row in connection.execute(query))


def decision_of(connection: Connection, identifier: str) -> Decision | None:
    """Return one decision."""
    row = connection.execute(sa.select(decisions).where(decisions.c.id == identifier)).first()
    return None if row is None else _whole(connection, row)


def standing(connection: Connection, case: str) -> Decision | None:
    """Return the last decision on a case that nothing took back."""
    return next((one for one in reversed(decisions_of(connection, case)) if one.stands), None)


def _whole(connection: Connection, row: Row[Any]) -> Decision:
    """Return a row with what became of it."""
    ended = connection.execute(sa.select(ends).where(ends.c.decision == row.id).order_by(ends.c.at))
    looked = connection.execute(sa.select(looks).where(looks.c.decision == row.id).order_by(looks.c.at))
    return Decision(
        id=row.id,
        case=row.case_id,
        kind=row.kind,
        by=row.by,
        at=row.at,
        dated_on=row.dated_on,
        final_at=row.final_at,
        proposal=row.proposal,
        reason=row.reason,
        text=row.text,
        seen=row.seen,
        letter=row.letter,
        confirm=row.confirm,
        sampled=row.sampled,
        ends=tuple(End(how=e.how, by=e.by, at=e.at, text=e.text, paper=e.paper) for e in ended),
        looks=tuple(
            Look(purpose=k.purpose, by=k.by, at=k.at, kind=k.kind, agrees=k.agrees, text=k.text)
            for k in looked
        ),
    )


def sample_of(taken: Sequence[Decision], who: str) -> Decision | None:
    """Return the decision of the sample that waits for the look of somebody else than who took it."""
    for one in taken:
        looked = any(look.purpose == SAMPLE for look in one.looks)
        if one.sampled and one.final is not None and one.stands and not looked and one.by != who:
            return one
    return None


class Rate(NamedTuple):
    """How many decisions of the sample were looked at, and how many were to be another by that look."""

    looked: int
    otherwise: int


def sample_rate(connection: Connection, since: dt.datetime, offices: frozenset[str] | None = None) -> Rate:
    """Return how the sample came out *since* then in *offices* (None: all): a figure, of no person."""
    mine = [looks.c.purpose == SAMPLE, looks.c.at >= since]
    if offices is not None:
        mine.append(cases.c.office.in_(offices))
    joined = looks.join(decisions, decisions.c.id == looks.c.decision)
    joined = joined.join(cases, cases.c.id == decisions.c.case_id)
    query = sa.select(looks.c.agrees).select_from(joined).where(*mine)
    agreed = list(connection.execute(query).scalars())
    return Rate(len(agreed), sum(not one for one in agreed))


def recent(connection: Connection, who: str, at: dt.datetime, but: str) -> list[tuple[Decision, str]]:
    """Return the last decisions of somebody that can still be undone, with the number of their cases.

    Those that wait for a second person count among them. *but* is a case that is looked at already.
    """
    mine = (
        decisions.c.by == who,
        decisions.c.case_id != but,
        sa.or_(handling.c.final_at > at, sa.and_(handling.c.awaits == "second", decisions.c.final_at > at)),
    )
    joined = handling.join(decisions, decisions.c.id == handling.c.decision)
    joined = joined.join(cases, cases.c.id == handling.c.case_id)
    query = sa.select(decisions, cases.c.number).select_from(joined).where(*mine)
    rows = connection.execute(query.order_by(decisions.c.at.desc()).limit(_RECENT))
    return [(_whole(connection, row), row.number) for row in rows]
