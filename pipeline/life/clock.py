"""The dates of a case as lists show them, brought up to what was recorded of it.

    with store.writing() as transaction:
        add(transaction, case, happened, by, now)
        refresh(transaction, case, now, policy, calendars)

The columns are sealed as a result's are, so that `db check` still knows them.
"""

from __future__ import annotations

import datetime as dt

from pipeline.journal.events import note
from pipeline.journal.kept import moment, unpacked
from pipeline.journal.port import Transaction, one
from pipeline.life.lived import Lived, as_lived, judged
from pipeline.life.record import case_row, events_of
from pipeline.life.sweep import look_again
from pipeline.store.seals import result_seal
from validators.calendar import Calendars
from validators.policy import Policy

DATED = "dates"
"""The event that seals the columns of a case whose dates moved."""
_COLUMNS = """SELECT queue, procedure, filed_on, resolve_by, cure_by, silence_after, report FROM cases
WHERE id = :case"""
_MOVE = """UPDATE cases SET resolve_by = :resolve_by, cure_by = :cure_by, updated_at = :at WHERE id = :case"""


def refresh(
    transaction: Transaction, case: str, now: dt.datetime, policy: Policy, calendars: Calendars
) -> Lived | None:
    """Bring the dates of a judged case up to its record; return how it stands, None where nobody judged it.

    *now* is a moment with the zone of the office.
    """
    row = case_row(transaction, case)
    if row is None or (unpacked(row["report"]) or {}).get("status") != "routed":
        return None
    found = as_lived(judged(row), events_of(transaction, case), now.date(), policy, calendars)
    _move(transaction, found, now)
    return found


def _move(transaction: Transaction, found: Lived, now: dt.datetime) -> None:
    """Write the dates that are others than those that stand, and when to look at the case again."""
    columns = one(transaction.all(_COLUMNS, case=found.id))
    assert columns is not None
    clock = found.life.clock
    dates = {"resolve_by": _day(clock.resolve_by), "cure_by": _day(clock.cure_by)}
    if {name: _day(columns[name]) for name in dates} != dates:
        transaction.run(_MOVE, case=found.id, at=moment(now), **dates)
        told = {**columns, **dates, "report": unpacked(columns["report"])}
        note(transaction, found.id, now, DATED, seal=result_seal(told))
    if columns["silence_after"] is not None:
        look_again(transaction, found, now)


def _day(value: object) -> str | None:
    """Return a day as it is kept, however the database gives it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if value else None
