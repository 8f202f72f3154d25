"""The life of a case in line with its notices: what they tell is there, what they told wrongly annulled.

    agree(connection, case, "ana", now, law)

Worked out from all rows each time, so that a second call, or a day that passes, changes only what it must.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.decisions.kept import FINAL
from pipeline.decisions.tables import decisions, ends
from pipeline.life.record import add, events_of
from pipeline.notices.kept import Notice, counted, notices_of
from pipeline.notices.standing import told_on
from pipeline.notices.steps import event_of
from pipeline.store.statements import Statements
from validators.life.events import Event, Kind, standing
from validators.rules import Law


def agree(connection: Connection, case: str, by: str, now: dt.datetime, law: Law) -> bool:
    """Add and annul what the notices of a case ask for; return whether anything was."""
    told, transaction = notices_of(connection, case), Statements(connection)
    gone = _fallen(connection, case)
    wanted = {*_events([one for one in counted(told) if one.decision not in gone], now.date(), law)}
    ever = {*_ever(told, now.date(), law)}
    changed = False
    for one in standing([kept.event for kept in events_of(transaction, case)], now.date()):
        plain = replace(one, id="", again=None)
        if plain in ever - wanted:
            annulled = Event(kind=Kind.ANNULLED, on=now.date(), event=one.id)
            changed = add(transaction, case, annulled, by, now) or changed
    for happened in sorted(wanted, key=lambda one: (one.on, one.kind.value)):
        changed = add(transaction, case, happened, by, now) or changed
    return changed


def _fallen(connection: Connection, case: str) -> frozenset[str]:
    """Return the decisions that stand no more: what was told of them has told nobody anything."""
    mine = (decisions.c.case_id == case, ends.c.how != FINAL)
    joined = ends.join(decisions, decisions.c.id == ends.c.decision)
    return frozenset(
        connection.execute(sa.select(ends.c.decision).select_from(joined).where(*mine)).scalars()
    )


def _ever(told: Sequence[Notice], today: dt.date, law: Law) -> Iterator[Event]:
    """Yield every event that the rows, annulled or not, can have made: each alone, and all together."""
    steps = [one for one in told if one.annuls is None]
    yield from _events(steps, today, law)
    for one in steps:
        yield from _events([one], today, law)


def _events(steps: Sequence[Notice], today: dt.date, law: Law) -> Iterator[Event]:
    """Yield the events that some steps are."""
    for one in steps:
        kind = event_of(one.act, one.step)
        if kind is not None:
            hour = dt.time.fromisoformat(one.hour) if one.hour and kind is Kind.NOTICE_ATTEMPTED else None
            chosen = False if one.step == "offered" else None
            yield Event(kind=kind, on=one.happened_on, hour=hour, chosen=chosen)
    asked = [one for one in steps if one.act == "requirement"]
    for decision in {one.decision for one in asked}:
        yield from _requirement([one for one in asked if one.decision == decision], today, law)


def _requirement(steps: Sequence[Notice], today: dt.date, law: Law) -> Iterator[Event]:
    """Yield the one event of a requirement that counts as told, with whether its notice stops the time."""
    day = told_on(steps, today, law)
    if day is not None:
        said = next((one.suspends for one in steps if one.suspends is not None), None)
        yield Event(kind=Kind.REQUIREMENT_NOTIFIED, on=day, suspends=said)
