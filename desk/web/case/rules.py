"""Every rule that spoke: outcome in words, reason, article, evidence; those that are met are folded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desk.web.case.evidence import Spot, spots
from desk.web.case.found import Found
from desk.web.visit import Values, Visit
from validators.book import Entry, book

_ORDER = ("refer", "review", "not_met", "cure", "notice", "met")
"""As they weigh in routing."""


class Said(NamedTuple):
    """What one rule says of the case."""

    rule: str
    outcome: str
    reason: str
    basis: str
    whom: str
    evidence: tuple[Spot, ...]
    title: str
    explained: str
    """What the rule asks, by the book; in Spanish, as the book is written."""


def build(visit: Visit, case: Found) -> Values:
    """Return what the rules say: those that a person must look at, the others, and how many of each."""
    on = case.filed_on or case.received_at.date()
    said = sorted(_said(visit, case, on), key=lambda one: (_ORDER.index(one.outcome), one.rule))
    counts = {name: sum(one.outcome == name for one in said) for name in _ORDER}
    return {
        "open": [one for one in said if one.outcome not in {"met", "notice"}],
        "notices": [one for one in said if one.outcome == "notice"],
        "met": [one for one in said if one.outcome == "met"],
        "counts": {name: count for name, count in counts.items() if count},
        "dates": case.report.get("deadlines") or {},
    }


def _said(visit: Visit, case: Found, on: dt.date) -> Iterator[Said]:
    """Yield what each rule says, the same thing once."""
    seen = set()
    for one in case.report.get("findings", ()):
        told = _one(visit, case, one, on)
        key = (told.rule, told.outcome, told.reason, told.whom)
        if key not in seen:
            seen.add(key)
            yield told


def _one(visit: Visit, case: Found, finding: Mapping[str, Any], on: dt.date) -> Said:
    """Return one finding in words."""
    entry = book().get(finding["rule"])
    number = str(finding.get("person", "")).removeprefix("beneficiary-")
    return Said(
        rule=finding["rule"],
        outcome=finding["outcome"],
        reason=finding["reason"][visit.say.language],
        basis=finding["basis"],
        whom=visit.say("case.beneficiary", number=number) if number.isdigit() else "",
        evidence=_evidence(visit, case, finding),
        title=entry.title if entry else "",
        explained=_explained(entry, on),
    )


def _evidence(visit: Visit, case: Found, finding: Mapping[str, Any]) -> tuple[Spot, ...]:
    """Return what all findings of the same words stand on: two certificates give one line with two links."""
    alike = (
        place
        for one in case.report["findings"]
        if (one["rule"], one["reason"], one.get("person"))
        == (finding["rule"], finding["reason"], finding.get("person"))
        for place in one["evidence"]
    )
    return spots(visit.say, case, alike)


def _explained(entry: Entry | None, on: dt.date) -> str:
    """Return what the book says that the rule asks, with the figures of the day."""
    if entry is None:
        return ""
    figures = "; ".join(f"{used.label}: {used.figure.on(on)}" for used in entry.figures)
    return f"{entry.says} {figures}".strip()
