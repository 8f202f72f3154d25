"""What the record knew of earlier convenios, as it is kept with a case and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from validators.facts import EarlierConvenio, Fact


def earlier_report(known: Iterable[EarlierConvenio]) -> list[dict[str, Any]]:
    """Return what the record knew, as it is kept with the case; what papers say is in their fields."""
    return [_kept(one) for one in known if one.case is not None]


def _kept(one: EarlierConvenio) -> dict[str, Any]:
    """Return one earlier convenio as JSON."""
    told: dict[str, Any] = {"case": one.case, "in_force": bool(one.in_force and one.in_force.value)}
    if one.ended_on is not None and one.ended_on.value is not None and one.reason is not None:
        told |= {
            "ended_on": one.ended_on.value.isoformat(),
            "others": [day.isoformat() for day in one.ended_on.others],
            "confidence": one.ended_on.confidence,
            "reason": one.reason.value,
            "reason_confidence": one.reason.confidence,
        }
    return told


def kept_earlier(rows: Iterable[Mapping[str, Any]]) -> tuple[EarlierConvenio, ...]:
    """Return what `earlier_report` told: the same facts, so the same judgement."""
    return tuple(_again(row) for row in rows)


def _again(row: Mapping[str, Any]) -> EarlierConvenio:
    """Return one kept earlier convenio."""
    if "ended_on" not in row:
        return EarlierConvenio(in_force=Fact(value=True) if row["in_force"] else None, case=row["case"])
    days = tuple(dt.date.fromisoformat(day) for day in row["others"])
    ended_on = dt.date.fromisoformat(row["ended_on"])
    return EarlierConvenio(
        ended_on=Fact(value=ended_on, confidence=row["confidence"], others=days),
        reason=Fact(value=row["reason"], confidence=row["reason_confidence"]),
        case=row["case"],
    )
