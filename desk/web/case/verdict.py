"""What the last correction changed: the proposal and the rules, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk.web.case.found import Found
from desk.web.visit import Visit
from pipeline.reassess import Closed, judged, taken_up
from pipeline.report import case_report

_FAILS = ("refer", "review", "not_met", "cure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The queue and the rules that do not hold, before and after; `mended` are rules that hold now."""

    was: str
    was_rules: tuple[str, ...]
    now: str
    now_rules: tuple[str, ...]

    @property
    def mended(self) -> tuple[str, ...]:
        """Return the rules that did not hold and do now."""
        return tuple(rule for rule in self.was_rules if rule not in self.now_rules)


def verdict(visit: Visit, case: Found) -> Verdict | None:
    """Return what the last correction changed, judged once more without it; None where there is none."""
    try:
        taken = taken_up(visit.room.store, case.id)
    except Closed:
        return None
    if not taken.rows:
        return None
    room, earlier = visit.room, taken.rows[:-1]
    before = judged(taken, earlier, room.settings, room.calendars, room.store, visit.at.date())
    return verdict_of(case_report(before), taken.report)


def verdict_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Verdict:
    """Return the difference of two reports of one case."""
    return Verdict(was=before["queue"], was_rules=_rules(before), now=after["queue"], now_rules=_rules(after))


def _rules(report: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the rules that do not hold, the gravest first."""
    found = sorted(
        (_FAILS.index(one["outcome"]), one["rule"]) for one in report["findings"] if one["outcome"] in _FAILS
    )
    return tuple(dict.fromkeys(rule for _, rule in found))
