"""The life of a case as JSON, for `case life --json` and whoever shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.life.lived import Lived
from pipeline.life.record import Kept
from pipeline.report import applied_report, finding_report
from validators.life import Ended, Life, Quota, plain

SCHEMA_VERSION = 1


def life_report(found: Lived) -> dict[str, Any]:
    """Return how a case stands, why, and all that was recorded of it; dates ISO, money as text."""
    life = found.life
    counted = {event.id for event in life.events}
    return {
        "schema_version": SCHEMA_VERSION,
        "id": found.id,
        "number": found.number,
        "on": life.on.isoformat(),
        "filed_on": found.law.on.isoformat(),
        "state": life.state.value,
        "since": _day(life.since),
        "silent_since": _day(life.silent_since),
        "deadlines": _deadlines(life),
        "granted_on": _day(life.granted_on),
        "sign_by": _day(life.sign_by.date if life.sign_by else None),
        "signed_on": _day(life.signed_on),
        "ended": _ended(life.ended) if life.ended else None,
        "events": [_event(kept, counts=kept.event.id in counted) for kept in found.record],
        "findings": [finding_report(finding) for finding in life.findings],
        "rules": applied_report(life.applied),
        "fees": [_quota(quota) for quota in life.quotas],
    }


def _deadlines(life: Life) -> Mapping[str, Any]:
    """Return the dates to resolve: by the reading of the settings, and by every reading."""
    clock = life.clock
    return {
        "resolve_by": _day(clock.resolve_by),
        "resolve_by_seat": _day(clock.resolve_by_seat),
        "resolve_by_readings": [day.isoformat() for day in life.last_days],
        "silence": clock.silence,
        "cure_by": _day(clock.cure_by),
        "provisional": clock.provisional,
    }


def _ended(ended: Ended) -> Mapping[str, Any]:
    """Return an end: the first day without the convenio, those of other readings, and the bar."""
    return {
        "reason": ended.reason,
        "on": ended.on.isoformat(),
        "others": [day.isoformat() for day in ended.others],
        "bar_until": _day(ended.bar_until),
        "certain": ended.sure and not ended.others,
    }


def _event(kept: Kept, *, counts: bool) -> Mapping[str, Any]:
    """Return one event as it was told; `counts` is false for one annulled, or of a day still to come."""
    return {
        "id": kept.event.id,
        "event": kept.event.kind.value,
        "on": kept.event.on.isoformat(),
        "details": plain(kept.event),
        "told_by": kept.told_by,
        "recorded_at": kept.recorded_at.isoformat(timespec="seconds"),
        "counts": counts,
    }


def _quota(quota: Quota) -> Mapping[str, Any]:
    """Return the fee of one month and what became of it."""
    due = quota.due
    return {
        "month": f"{due.month:%Y-%m}",
        "from": due.first.isoformat(),
        "to": due.last.isoformat(),
        "amount": _money(due.amount),
        "otherwise": [_money(amount) for amount in due.otherwise],
        "pay_by": _day(quota.pay_by),
        "provisional": quota.provisional,
        "status": quota.status,
        "paid_on": _day(quota.paid_on),
        "rules": applied_report(due.applied),
    }


def _day(day: dt.date | None) -> str | None:
    """Return a day as ISO text."""
    return day.isoformat() if day else None


def _money(amount: Decimal | None) -> str | None:
    """Return an amount with two decimals."""
    return None if amount is None else f"{amount:.2f}"
