"""How one case stands for the lists: its tray, its days, what it is found by. Read from the record alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.errors import EnvironmentFault
from pipeline.facts import put_together
from pipeline.kept import kept_case
from pipeline.life.record import Kept
from pipeline.trays.reasons import Reasons, reasons_of
from pipeline.trays.tray import Lies, Stood, lies
from pipeline.trays.words import words_of
from validators.calendar import STATE, Calendars
from validators.deadlines import where
from validators.deadlines.limit import saturdays
from validators.facts import Application
from validators.law import version
from validators.life import Life, life
from validators.policy import Policy
from validators.rules import Law

AHEAD, OWN_TURN = 0, 1


class Days(NamedTuple):
    """Today, and what the law of a case is counted with."""

    today: dt.date
    policy: Policy
    calendars: Calendars


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What is written of a case: the columns of its standing, and the words by which it is found.

    `whole` is False where its papers could not be put together again: it stands by its columns alone.
    """

    values: Mapping[str, Any]
    words: frozenset[str]
    whole: bool = True


class _Read(NamedTuple):
    """What the report of a case tells, as far as it can be read."""

    life: Life | None = None
    calendars: str = ""
    saturdays: bool = False
    words: frozenset[str] = frozenset()
    whole: bool = True


def placed(row: Mapping[str, Any], record: tuple[Kept, ...], days: Days) -> Placed:
    """Return how the case of *row* stands (`pipeline.trays.tidy` tells its keys), with its *record*."""
    report = row["report"] or {}
    read = _read(report, record, days)
    why = _why(row, report, days.policy)
    lying = lies(_stood(row, why, read.life), days.today)
    resolve_by = _resolve_by(row, read.life)
    next_day = min(filter(None, (resolve_by, lying.cure_by)), default=None)
    values = {
        "case_id": row["id"],
        "entry": row["entry"] or 0,
        **{name: row[name] for name in ("number", "office", "stage", "queue", "procedure", "filed_on")},
        "tray": lying.tray,
        "reasons": " ".join(why.names),
        "rules": _short(why.rules),
        "received_on": row["received_on"],
        "resolve_by": resolve_by,
        "cure_by": lying.cure_by,
        "provisional": _provisional(report, read.life),
        "calendars": read.calendars,
        "saturdays": read.saturdays,
        "turn": AHEAD if row["ahead"] else OWN_TURN,
        "order_on": next_day or row["filed_on"] or row["received_on"],
        **{name: row[name] for name in ("alarm", "sample", "decided_by", "silence")},
        "look_on": _look_on(lying, read.life, days.today),
    }
    return Placed(values=values, words=read.words, whole=read.whole)


def _read(report: Mapping[str, Any], record: tuple[Kept, ...], days: Days) -> _Read:
    """Return what a report tells; one that cannot be put together hides no case."""
    if report.get("status") != "routed":
        return _Read()
    try:
        application = put_together(kept_case(report))
        law = _law(application, days)
        at = where(application, days.calendars)
        names = "|".join("+".join(one) or STATE for one in at.every())
        told = life(application, [kept.event for kept in record], days.today, law) if record else None
        return _Read(told, names, saturdays(law), words_of(application))
    except EnvironmentFault:
        raise
    except Exception:  # noqa: BLE001 - one bad report never keeps the others from their trays; its text may hold names
        return _Read(whole=False)


def _law(application: Application, days: Days) -> Law:
    """Return the law of the filing day."""
    on = application.filing.filed_on
    return Law(on=on, version=version(on), policy=days.policy, calendars=days.calendars)


def _why(row: Mapping[str, Any], report: Mapping[str, Any], policy: Policy) -> Reasons:
    """Return why a case is in its queue."""
    if row["queue"] is None:
        return Reasons()
    return reasons_of(row["queue"], report.get("findings", ()), policy.acceptance)


def _stood(row: Mapping[str, Any], why: Reasons, told: Life | None) -> Stood:
    """Return what tells where a case lies."""
    return Stood(
        stage=row["stage"],
        queue=row["queue"],
        reasons=why.names,
        awaits=row["awaits"],
        awaits_until=row["awaits_until"],
        on_hold_until=row["on_hold_until"],
        level=row["level"] or 1,
        answered_on=row["answered_on"],
        life=told,
    )


def _resolve_by(row: Mapping[str, Any], told: Life | None) -> dt.date | None:
    """Return the earliest last day to resolve that can be defended."""
    found: dt.date | None = row["resolve_by"]
    if told is None:
        return found
    return told.last_days[0] if told.last_days else told.clock.resolve_by


def _provisional(report: Mapping[str, Any], told: Life | None) -> bool:
    """Whether the days may still move."""
    if told is not None:
        return told.clock.provisional
    return bool((report.get("deadlines") or {}).get("provisional"))


def _look_on(lying: Lies, told: Life | None, today: dt.date) -> dt.date | None:
    """Return the next day on which the calendar alone may move a case."""
    ahead = [day + dt.timedelta(days=1) for day in told.last_days] if told else []
    return min((day for day in (lying.look_on, *ahead) if day is not None and day > today), default=None)


def _short(rules: tuple[str, ...], most: int = 6) -> str:
    """Return the first rules."""
    return " ".join(rules[:most])
