"""What was done to some cases: decisions that stand, values set right, the days that ended them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.corrections.table import corrections
from pipeline.decisions.kept import FINAL
from pipeline.decisions.kinds import resolves
from pipeline.decisions.proposal import as_proposed
from pipeline.decisions.tables import decisions, ends
from pipeline.figures.told import Decided, Mended
from pipeline.store.cases import SILENCES
from pipeline.store.schema import cases, life

_ANSWERED = ("resolution_notified", "withdrawal_declared", "lapse_declared", "signed")
"""What a command tells of a case that the desk did not decide (`validators.life.Kind`)."""
_UNDONE = "undone"


class Acts(NamedTuple):
    """What was done to one case, oldest first."""

    decided: tuple[Decided, ...] = ()
    mended: tuple[Mended, ...] = ()
    ended_on: dt.date | None = None
    silent_on: dt.date | None = None
    closed_on: dt.date | None = None


def acts(connection: Connection, ids: Sequence[str]) -> Mapping[str, Acts]:
    """Return what was done to each case of *ids*."""
    decided, mended = _decided(connection, ids), _mended(connection, ids)
    ended, silent = _first(connection, ids, _ANSWERED), _first(connection, ids, SILENCES)
    closed = _closed(connection, ids)
    return {
        one: Acts(
            decided=tuple(decided.get(one, ())),
            mended=tuple(mended.get(one, ())),
            ended_on=ended.get(one),
            silent_on=silent.get(one),
            closed_on=closed.get(one),
        )
        for one in ids
    }


def _decided(connection: Connection, ids: Sequence[str]) -> dict[str, list[Decided]]:
    """Return the decisions that nothing took back."""
    how = dict[str, set[str]]()
    joined = ends.join(decisions, decisions.c.id == ends.c.decision)
    ended = sa.select(ends.c.decision, ends.c.how).select_from(joined).where(decisions.c.case_id.in_(ids))
    for decision, end in connection.execute(ended):
        how.setdefault(decision, set()).add(end)
    columns = (
        decisions.c.id,
        decisions.c.case_id,
        decisions.c.kind,
        decisions.c.dated_on,
        decisions.c.proposal,
    )
    query = sa.select(*columns).where(decisions.c.case_id.in_(ids)).order_by(decisions.c.turn)
    found: dict[str, list[Decided]] = {}
    for row in connection.execute(query):
        if how.get(row.id, set()) <= {FINAL}:
            queue = row.proposal.get("queue") or ""
            one = Decided(
                queue=queue,
                kind=row.kind,
                on=row.dated_on,
                resolves=resolves(row.kind),
                final=FINAL in how.get(row.id, ()),
                proposed=as_proposed(queue, row.kind),
            )
            found.setdefault(row.case_id, []).append(one)
    return found


def _mended(connection: Connection, ids: Sequence[str]) -> dict[str, list[Mended]]:
    """Return what people said of values, but what they took back."""
    columns = corrections.c
    query = sa.select(corrections).where(columns.case_id.in_(ids)).order_by(columns.seq)
    rows = connection.execute(query).all()
    fallen = {row.undoes for row in rows if row.undoes is not None}
    found: dict[str, list[Mended]] = {}
    for row in rows:
        if row.what != _UNDONE and row.seq not in fallen:
            before = row.said["before"]["confidence"]
            one = Mended(row.what, row.kind, row.sha256, row.field, before)
            found.setdefault(row.case_id, []).append(one)
    return found


def _first(connection: Connection, ids: Sequence[str], kinds: Sequence[str]) -> dict[str, dt.date]:
    """Return the first day on which something of *kinds* happened to a case."""
    columns = (life.c.case_id, sa.func.min(life.c.happened_on).label("first"))
    query = sa.select(*columns).where(life.c.case_id.in_(ids), life.c.kind.in_(kinds))
    found = connection.execute(query.group_by(life.c.case_id))
    return {row.case_id: dt.date.fromisoformat(row.first[:10]) for row in found}


def _closed(connection: Connection, ids: Sequence[str]) -> dict[str, dt.date]:
    """Return the day, by the office's clock, on which each case was ended without an answer."""
    columns = (cases.c.id, cases.c.decided_at, cases.c.offset_minutes)
    query = sa.select(*columns).where(cases.c.id.in_(ids), cases.c.stage == "closed")
    query = query.where(cases.c.decided_at.is_not(None))
    return {row.id: _there(row.decided_at, row.offset_minutes) for row in connection.execute(query)}


def _there(at: dt.datetime, minutes: int) -> dt.date:
    """Return the day of a moment where the clock is *minutes* ahead of UTC."""
    return at.astimezone(dt.timezone(dt.timedelta(minutes=minutes))).date()
