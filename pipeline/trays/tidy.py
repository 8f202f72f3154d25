"""The cases that moved, put where they lie now: whoever moved them left a mark.

    tidy(store, Days(today, policy, calendars))     # how many were placed; any process, any time

Done in the writer's transaction, so that no case is placed as it stood before. Whoever shows a list asks
first; workers do it all the time, so that little is left to do then.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.decisions.tables import decisions, ends, looks
from pipeline.errors import UsageError
from pipeline.figures.keep import recount
from pipeline.life.alarms import ALARM, OVER
from pipeline.life.record import Kept, events_of
from pipeline.store import Store
from pipeline.store.cases import SILENCES
from pipeline.store.schema import BLOCKED, cases, events, handling, life, submissions
from pipeline.store.statements import Statements
from pipeline.trays.standing import Days, Placed, placed
from pipeline.trays.tables import let_ahead, moves, standings, words

MOST = 50
"""Cases in one transaction, so that nobody waits long for the writer's lock."""
_log = logging.getLogger(__name__)
_HANDLED = ("awaits", "awaits_until", "on_hold_until", "level")


def tidy(store: Store, days: Days, most: int = MOST) -> int:
    """Place the cases that moved, no more than *most* marks at once; return how many marks were seen to."""
    with store.read() as connection:
        if not _wanted(connection, days, 1):
            return 0
    with store.write() as connection:
        marks = connection.execute(sa.select(moves.c.seq, moves.c.case_id).order_by(moves.c.seq).limit(most))
        found = marks.all()
        due = _due(connection, days, most - len(found))
        place(connection, dict.fromkeys((*(mark.case_id for mark in found), *due)), days)
        seen = moves.c.seq.in_([mark.seq for mark in found])
        connection.execute(sa.delete(moves).where(seen))
    return len(found) + len(due)


def pending(store: Store) -> int:
    """Return how many marks nobody has seen to yet."""
    with store.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(moves)).scalar_one())


def place(connection: Connection, which: Iterable[str], days: Days) -> None:
    """Write how the cases of these ids stand."""
    ids = list(which)
    rows = _rows(connection, ids)
    told = set(connection.execute(sa.select(life.c.case_id).where(life.c.case_id.in_(ids))).scalars())
    found = [placed(row, _record(connection, row["id"]) if row["id"] in told else (), days) for row in rows]
    for table in (standings, words):
        connection.execute(sa.delete(table).where(table.c.case_id.in_(ids)))
    if found:
        standing = [dict(one.values) for one in found]
        connection.execute(sa.insert(standings), standing)
        recount(connection, rows, standing, days.policy.acceptance)
    _index(connection, found)
    if broken := sum(not one.whole for one in found):
        _log.warning(
            "%d cases stand in their trays by their columns alone: their reports do not read", broken
        )


def _index(connection: Connection, found: Sequence[Placed]) -> None:
    """Write the words by which cases are found."""
    rows = [
        {"case_id": one.values["case_id"], "word": word, "entry": one.values["entry"]}
        for one in found
        for word in sorted(one.words)
    ]
    if rows:
        connection.execute(sa.insert(words), rows)


def _wanted(connection: Connection, days: Days, most: int) -> bool:
    """Whether anything is to be placed."""
    mark = connection.execute(sa.select(moves.c.seq).limit(1)).first()
    return mark is not None or bool(_due(connection, days, most))


def _due(connection: Connection, days: Days, most: int) -> list[str]:
    """Return the cases that the calendar alone moves."""
    query = sa.select(standings.c.case_id).where(standings.c.look_on <= days.today).limit(max(most, 0))
    return list(connection.execute(query).scalars())


def _record(connection: Connection, case: str) -> tuple[Kept, ...]:
    """Return what was told of a case; of one whose record is damaged, nothing (`db check` tells it)."""
    try:
        return events_of(Statements(connection), case)
    except UsageError:
        return ()


def _rows(connection: Connection, ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the cases with what other tables say of each.

    Besides the columns of `cases` and `handling`: `entry`, `answered_on`, `alarm`, `silence`, `ahead`,
    `decided_by`, `sample`, and `received_on` by the clock of the office.
    """
    columns = [column for column in cases.c if column.name != "person"]
    handled = [handling.c[name] for name in _HANDLED]
    query = (
        sa.select(*columns, *handled, handling.c.decision)
        .outerjoin(handling, handling.c.case_id == cases.c.id)
        .where(cases.c.id.in_(ids), cases.c.stage != BLOCKED)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    more = _others(connection, ids)
    return [
        {**row, **_received(row), **more[row["id"]], **_decided(connection, row["decision"])} for row in rows
    ]


def _received(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the day on which a case came, by the clock on the wall of the office."""
    zone = dt.timezone(dt.timedelta(minutes=row["offset_minutes"]))
    return {"received_on": row["received_at"].astimezone(zone).date()}


def _others(connection: Connection, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what was handed in, said and ordered of each case."""
    entries = _handed(connection, ids)
    alarms = _alarms(connection, ids)
    query = sa.select(life.c.case_id, life.c.kind).where(life.c.case_id.in_(ids), life.c.kind.in_(SILENCES))
    silences = {row.case_id: row.kind for row in connection.execute(query)}
    ordered = sa.select(let_ahead.c.case_id).where(
        let_ahead.c.case_id.in_(ids), let_ahead.c.ended_at.is_(None)
    )
    ahead = set(connection.execute(ordered).scalars())
    return {
        one: {
            **entries.get(one, {"entry": None, "answered_on": None}),
            "alarm": one in alarms and one not in silences,
            "silence": silences.get(one),
            "ahead": one in ahead,
        }
        for one in ids
    }


def _handed(connection: Connection, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return the place in the journal of what came first, and the day of the last answer."""
    answer = sa.case((submissions.c.kind == "answer", submissions.c.received_at))
    query = (
        sa.select(submissions.c.case_id, sa.func.min(submissions.c.seq), sa.func.max(answer))
        .where(submissions.c.case_id.in_(ids))
        .group_by(submissions.c.case_id)
    )
    return {
        case: {"entry": entry, "answered_on": came.date() if came else None}
        for case, entry, came in connection.execute(query)
    }


def _alarms(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return the cases whose last alarm stands."""
    query = (
        sa.select(events.c.case_id, events.c.kind)
        .where(events.c.case_id.in_(ids), events.c.kind.in_((ALARM, OVER)))
        .order_by(events.c.seq)
    )
    last = {row.case_id: row.kind for row in connection.execute(query)}
    return {str(case) for case, kind in last.items() if kind == ALARM}


def _decided(connection: Connection, decision: str | None) -> Mapping[str, Any]:
    """Return who decided, and whether the decision waits for a blind second look."""
    if decision is None:
        return {"decided_by": None, "sample": False}
    looked = sa.exists().where(looks.c.decision == decisions.c.id, looks.c.purpose == "sample")
    final = sa.exists().where(ends.c.decision == decisions.c.id, ends.c.how == "final")
    query = sa.select(
        decisions.c.by, sa.and_(decisions.c.sampled, final, sa.not_(looked)).label("sample")
    ).where(decisions.c.id == decision)
    row = connection.execute(query).first()
    return {"decided_by": row.by if row else None, "sample": bool(row and row.sample)}
