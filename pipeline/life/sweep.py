"""Silence answers when nobody did: looked for by whoever runs, recorded once, and never taken back.

    sweep = Silences(store, settings, calendars)
    sweep(now)      # any number of processes may, at any time

Only cases whose last day has passed are looked at, by an index that holds no others. Positive silence is
recorded on calendars that hold, once every reading of the last day has passed; where a date may still move
a person records it. It needs the record, no folders and no engine.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.journal.events import note
from pipeline.journal.port import Transaction
from pipeline.life.lived import Lived, as_lived, judged
from pipeline.life.record import PROGRAM, add, case_row, events_of
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars
from validators.life import Event, Kind, State

_DUE = """SELECT id FROM cases WHERE silence_after IS NOT NULL AND silence_after < :today
ORDER BY silence_after, id LIMIT :most"""
_DONE = "UPDATE cases SET silence_after = NULL WHERE id = :case"
_LATER = "UPDATE cases SET silence_after = :day WHERE id = :case"
_ALARMED = "SELECT 1 AS told FROM events WHERE case_id = :case AND kind = :kind LIMIT 1"
_MOST = 50
"""Cases at one look, so that a long night does not keep a worker from reading."""
ALARM = "silence-alarm"
"""The kind of the event of a case whose time has passed without the program being able to say so surely."""
_KINDS = {
    State.GRANTED_BY_SILENCE: Kind.GRANTED_BY_SILENCE,
    State.REJECTED_BY_SILENCE: Kind.REJECTED_BY_SILENCE,
}
_OPEN = frozenset({State.AWAITING, State.SUSPENDED, State.NOTIFYING, State.DOUBTFUL})


class Answered(NamedTuple):
    """The cases that silence answered at this look, and those that a person must look at."""

    recorded: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


class Silences:
    """The cases whose time to resolve has passed, seen to one by one."""

    def __init__(self, store: Store, settings: Settings, calendars: Calendars) -> None:
        self._store, self._settings, self._calendars = store, settings, calendars
        self._complaints = Complaints()

    def __call__(self, now: dt.datetime) -> Answered:
        """Record what silence answered by *now*, a moment with the zone of the office."""
        recorded, alarms = [], []
        for case in self._due(now.date()):
            try:
                kind = self._see_to(case, now)
            except EnvironmentFault:
                raise
            except Exception as error:  # noqa: BLE001 - one bad case never stops the others; its text may hold names
                self._complaints.error(f"case {case}: silence not looked at: {type(error).__name__}")
                self._put_off(case, now.date())
            else:
                recorded += [case] if kind in _KINDS.values() else []
                alarms += [case] if kind == ALARM else []
        return Answered(tuple(recorded), tuple(alarms))

    def _put_off(self, case: str, until: dt.date) -> None:
        """Look at a case again after a day: it must not stand in the way of the others."""
        with self._store.writing() as transaction:
            transaction.run(_LATER, case=case, day=until.isoformat())

    def _due(self, today: dt.date) -> list[str]:
        """Return the cases whose last day lies before *today*."""
        with self._store.reading() as transaction:
            rows = transaction.all(_DUE, today=today.isoformat(), most=_MOST)
        return [str(row["id"]) for row in rows]

    def _see_to(self, case: str, now: dt.datetime) -> str | None:
        """Look at one case with the record locked, and return what was recorded of it."""
        policy = self._settings.policy
        with self._store.writing() as transaction:
            row = judged(case_row(transaction, case))
            found = as_lived(row, events_of(transaction, case), now.date(), policy, self._calendars)
            record = self._settings.work.silence == "record"
            return _settle(transaction, found, now, record=record)


def _settle(transaction: Transaction, found: Lived, now: dt.datetime, *, record: bool) -> str | None:
    """Record what silence answered, or when to look again; return the kind of what was recorded."""
    kind = _KINDS.get(found.life.state)
    if kind is not None and found.life.since is not None:
        transaction.run(_DONE, case=found.id)
        if not record:
            return _alarm(transaction, found.id, now)
        added = add(transaction, found.id, Event(kind=kind, on=found.life.since), PROGRAM, now)
        return kind if added else None
    later = [day for day in found.life.last_days if day >= now.date()]
    in_time = found.life.state is State.NOTIFYING and not later
    if in_time or found.life.state not in _OPEN:
        transaction.run(_DONE, case=found.id)
        return None
    transaction.run(_LATER, case=found.id, day=min(later, default=now.date()).isoformat())
    return None if later else _alarm(transaction, found.id, now)


def _alarm(transaction: Transaction, case: str, now: dt.datetime) -> str | None:
    """Note once that the time has passed and a person must look."""
    if transaction.all(_ALARMED, case=case, kind=ALARM):
        return None
    note(transaction, case, now, ALARM)
    return ALARM
