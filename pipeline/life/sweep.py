"""Silence answers when nobody did: looked for by whoever runs, recorded once, and never taken back.

    sweep = Silences(store, settings, calendars)
    sweep(now)      # any number of processes may, at any time

Only cases whose last day has passed are looked at, by an index that holds no others. Positive silence is
recorded on calendars that hold, once every reading of the last day has passed; where a date may still move,
or the record may lack events, a person is asked. It needs no engine.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.complaints import Complaints
from pipeline.errors import EnvironmentFault
from pipeline.journal.kept import local
from pipeline.journal.port import Transaction, one
from pipeline.life.alarms import ALARM, end_alarm, raise_alarm
from pipeline.life.gap import gap_since, older_than_the_folders
from pipeline.life.lived import Lived, as_lived, judged
from pipeline.life.record import PROGRAM, add, case_row, events_of
from pipeline.settings import Settings
from pipeline.store import Store
from validators.calendar import Calendars
from validators.life import SILENT, Event, Kind, State

_DUE = """SELECT id FROM cases WHERE silence_after IS NOT NULL AND silence_after < :today
ORDER BY silence_after, id LIMIT :most"""
_DONE = "UPDATE cases SET silence_after = NULL WHERE id = :case"
_LATER = "UPDATE cases SET silence_after = :day WHERE id = :case"
_CAME = "SELECT received_at, offset_minutes FROM cases WHERE id = :case"
_MOST = 50
"""Cases at one look, so that a long night does not keep a worker from reading."""
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
        due = self._due(now.date())
        try:
            old = bool(due) and older_than_the_folders(self._store, self._settings.folders.root)
        except OSError as error:
            # they may show that the record is old: it is not presumed from a share that is away
            self._complaints.warn(f"silence not looked at: folders not read: {type(error).__name__}")
            return Answered()
        for case in due:
            try:
                kind = self._see_to(case, now, old=old)
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

    def _see_to(self, case: str, now: dt.datetime, *, old: bool) -> str | None:
        """Look at one case with the record locked, and return what was recorded of it."""
        policy = self._settings.policy
        with self._store.writing() as transaction:
            row = judged(case_row(transaction, case))
            found = as_lived(row, events_of(transaction, case), now.date(), policy, self._calendars)
            record = self._settings.work.silence == "record"
            whole = not old and gap_since(transaction) is None
            return _settle(transaction, found, now, record=record, whole=whole)


def _settle(
    transaction: Transaction, found: Lived, now: dt.datetime, *, record: bool, whole: bool
) -> str | None:
    """Record what silence answered, or when to look again; return the kind of what was recorded.

    A record that is not *whole* says nothing by itself, and is looked at again the next day.
    """
    if any(kept.event.kind in SILENT for kept in found.record):
        _done(transaction, found, now)
        return None
    kind, since = _answered(found)
    if kind is None or since is None:
        return _open(transaction, found, now)
    if record and not whole:
        transaction.run(_LATER, case=found.id, day=now.date().isoformat())
        return _alarm(transaction, found, now)
    transaction.run(_DONE, case=found.id)
    if not record or _came_later(transaction, found.id, since):
        return _alarm(transaction, found, now)
    added = add(transaction, found.id, Event(kind=kind, on=since), PROGRAM, now)
    return kind if added else None


def look_again(transaction: Transaction, found: Lived, now: dt.datetime) -> None:
    """Set when a case is looked at again after something was recorded; silence is the sweep's to tell."""
    silent = any(kept.event.kind in SILENT for kept in found.record)
    if not silent and _answered(found)[0] is None:
        _open(transaction, found, now)


def _open(transaction: Transaction, found: Lived, now: dt.datetime) -> str | None:
    """See to a case that silence has not answered: done with, to be looked at again, or for a person."""
    later = [day for day in found.life.last_days if day >= now.date()]
    in_time = found.life.state is State.NOTIFYING and not later
    if in_time or found.life.state not in _OPEN:
        _done(transaction, found, now)
        return None
    transaction.run(_LATER, case=found.id, day=min(later, default=now.date()).isoformat())
    if not later:
        return _alarm(transaction, found, now)
    end_alarm(transaction, found.id, now)
    return None


def _done(transaction: Transaction, found: Lived, now: dt.datetime) -> None:
    """Look at a case no more: something has answered."""
    transaction.run(_DONE, case=found.id)
    end_alarm(transaction, found.id, now)


def _answered(found: Lived) -> tuple[Kind | None, dt.date | None]:
    """Return what silence answered and since when, though the time to sign has passed since then too."""
    life = found.life
    lapsed = life.state is State.LAPSE_DOUBTFUL and life.silent_since is not None
    kind = Kind.GRANTED_BY_SILENCE if lapsed else _KINDS.get(life.state)
    return kind, life.silent_since if lapsed else life.since


def _came_later(transaction: Transaction, case: str, since: dt.date) -> bool:
    """Whether a case came into this record after silence had answered: what was before was not told here."""
    row = one(transaction.all(_CAME, case=case))
    return row is not None and local(str(row["received_at"]), row["offset_minutes"]).date() >= since


def _alarm(transaction: Transaction, found: Lived, now: dt.datetime) -> str | None:
    """Note once that the time has passed and a person must look."""
    day = next(iter(found.life.last_days), None)
    return ALARM if raise_alarm(transaction, found.id, day, now) else None
