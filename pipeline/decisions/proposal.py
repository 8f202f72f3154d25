"""What the program proposed at the moment of a decision, and the doubts that stood open then."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, NamedTuple

from pipeline.decisions.kinds import SORTS, Kind
from pipeline.store.seals import seal

OPEN = frozenset({"review"})
"""Outcomes that a person must have seen, whatever is decided."""
ADVERSE = frozenset({"review", "refer", "not_met", "cure"})
"""Outcomes that a person must have settled before granting."""


class Doubt(NamedTuple):
    """One finding to be settled: `key` tells it from others of the same report; `reason` by language.

    `beneficiary` is the number of the one it is about, empty where it is about no beneficiary.
    """

    key: str
    rule: str
    outcome: str
    reason: Mapping[str, str]
    basis: str
    beneficiary: str = ""


def proposal(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the proposal as it is kept with a decision; `seal` tells the very report that was looked at."""
    found = report["findings"]
    spoke = sorted({f"{one['rule']} {one['outcome']}" for one in found if one["outcome"] in ADVERSE})
    return {
        "queue": report["queue"],
        "rules": spoke,
        "law_version": max((one["law_version"] for one in found), default=None),
        "program": version("ventanilla"),
        "seal": sealed(report),
    }


def sealed(report: Mapping[str, Any]) -> str:
    """Return what tells a report from any other."""
    return seal({"report": report})


def doubts(report: Mapping[str, Any], kind: Kind) -> tuple[Doubt, ...]:
    """Return what is to be settled before a decision of *kind*, each once."""
    wanted = ADVERSE if kind == "grant" else OPEN
    return tuple(one for one in every_doubt(report) if one.outcome in wanted)


def every_doubt(report: Mapping[str, Any]) -> tuple[Doubt, ...]:
    """Return the findings that speak against granting at once."""
    found: dict[tuple[str, ...], Doubt] = {}
    for n, one in enumerate(report["findings"], 1):
        if one["outcome"] in ADVERSE:
            told = (one["rule"], one["outcome"], one["reason"]["es"], one.get("person") or "")
            whose = str(one.get("person") or "").removeprefix("beneficiary-")
            about = whose if whose.isdigit() else ""
            doubt = Doubt(f"f{n}", one["rule"], one["outcome"], one["reason"], one["basis"], about)
            found.setdefault(told, doubt)
    return tuple(found.values())


def as_proposed(queue: str, kind: Kind) -> bool:
    """Tell whether a decision is what the program proposed."""
    return queue in SORTS[kind].proposed
