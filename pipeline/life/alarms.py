"""Cases whose time to answer has passed and of which the program may not say that silence answered.

An alarm stands until a person records what answered, or the case turns out to be answered in time. It is
told by events alone, so that every list shows it without asking the law.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipeline.journal.events import note
from pipeline.journal.kept import unpacked
from pipeline.journal.port import Journal, Row, Transaction, one
from validators.life.events import Kind

ALARM, OVER = "silence-alarm", "silence-alarm-over"
"""Events: the time has passed and a person must look; something else has answered since."""
_LAST = """SELECT kind FROM events WHERE case_id = :case AND kind IN (:alarm, :over)
ORDER BY seq DESC LIMIT 1"""
_STANDING = """SELECT cases.id, cases.number, cases.office, cases.resolve_by, events.detail FROM events
JOIN cases ON cases.id = events.case_id
WHERE events.kind = :alarm AND cases.stage <> 'blocked'
 AND NOT EXISTS (SELECT 1 FROM events later WHERE later.case_id = events.case_id
  AND later.seq > events.seq AND later.kind IN (:alarm, :over))
 AND NOT EXISTS (SELECT 1 FROM life WHERE life.case_id = events.case_id
  AND life.kind IN (:granted, :rejected))
ORDER BY events.seq"""


class Alarm(NamedTuple):
    """A case for a person: its id, number and office, and the last day on which it could be answered."""

    case: str
    number: str
    office: str
    last_day: dt.date | None


def alarmed(transaction: Transaction, case: str) -> bool:
    """Tell whether an alarm of this case stands."""
    last = one(transaction.all(_LAST, case=case, alarm=ALARM, over=OVER))
    return last is not None and last["kind"] == ALARM


def raise_alarm(transaction: Transaction, case: str, last_day: dt.date | None, now: dt.datetime) -> bool:
    """Note that the time has passed and a person must look; False if that stands already."""
    if alarmed(transaction, case):
        return False
    note(transaction, case, now, ALARM, last_day=last_day.isoformat() if last_day else None)
    return True


def end_alarm(transaction: Transaction, case: str, now: dt.datetime) -> None:
    """Note that nobody has to look any more, if somebody had to."""
    if alarmed(transaction, case):
        note(transaction, case, now, OVER)


def standing(journal: Journal, office: str | None = None) -> tuple[Alarm, ...]:
    """Return the alarms that stand, of one office or of all, the oldest last day first."""
    silent = {"granted": Kind.GRANTED_BY_SILENCE.value, "rejected": Kind.REJECTED_BY_SILENCE.value}
    with journal.reading() as transaction:
        rows = transaction.all(_STANDING, alarm=ALARM, over=OVER, **silent)
    found = [_alarm(row) for row in rows if office in {None, row["office"]}]
    return tuple(sorted(found, key=lambda alarm: (alarm.last_day or dt.date.min, alarm.number)))


def _alarm(row: Row) -> Alarm:
    """Return one row as an alarm; one that was noted without a day has that of the first judgement."""
    told = (unpacked(row["detail"]) or {}).get("last_day") or row["resolve_by"]
    day = dt.date.fromisoformat(str(told)) if told else None
    return Alarm(row["id"], row["number"], row["office"], day)
