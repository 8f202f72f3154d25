"""Why a case lies where it lies: the reasons of its findings, by weight.

    reasons_of("review", findings, acceptance=0.9)    # Reasons(("residence", "doubtful"), ("CE-RES-05",))

The table is `reasons.yaml`: a rule's family, and the order in which reasons weigh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from validators.tables import Table, read

OTHER, LAW, DOUBTFUL = "other", "law", "doubtful"
"""No rule of the table; the law leaves two readings; something that decided was not surely read."""
DECISIVE: Mapping[str, str] = {"review": "review", "cure": "cure", "refer": "refer", "refuse": "not_met"}
"""The outcome of the findings that bring a case into a queue (docs/contract, routing)."""


class Reasons(NamedTuple):
    """The reasons of a case by weight, and the rules behind them in the same order."""

    names: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def reasons_of(queue: str, findings: Iterable[Mapping[str, Any]], acceptance: float) -> Reasons:
    """Return why a case is in *queue*; *acceptance* is the least certainty for which nobody looks again.

    `findings` are those of the report. A case that no finding brought where it is has the reason `other`.
    """
    decisive = [one for one in findings if one["outcome"] == DECISIVE.get(queue)]
    if not decisive:
        return Reasons() if queue == "approve" else Reasons((OTHER,))
    weight = {name: n for n, name in enumerate(names())}
    known = {one["rule"]: _reason(one, acceptance) for one in decisive}
    rules = sorted(known, key=lambda rule: (weight[known[rule]], rule))
    found = dict.fromkeys(known[rule] for rule in rules)
    doubtful = any(_certainty(one) < acceptance for one in decisive)
    return Reasons((*found, *((DOUBTFUL,) if doubtful else ())), tuple(rules))


def names() -> tuple[str, ...]:
    """Return every reason that a tray may have, by weight."""
    return (*_table().table("reasons"), OTHER)


def family(rule: str) -> str:
    """Return the reason of a rule, by its name in full before any star."""
    covered = [(name, pattern) for name, pattern in _patterns() if fnmatchcase(rule, pattern)]
    exact = [name for name, pattern in covered if pattern == rule]
    longest = sorted(covered, key=lambda one: -len(one[1]))
    return (exact or [name for name, _ in longest] or [OTHER])[0]


def _reason(finding: Mapping[str, Any], acceptance: float) -> str:
    """Return the reason of one finding."""
    rule = finding["rule"]
    sure = _certainty(finding) >= acceptance
    ambiguous = finding["outcome"] == "review" and rule in _table().text("ambiguous").split()
    return LAW if ambiguous and sure else family(rule)


def _certainty(finding: Mapping[str, Any]) -> float:
    """Return how surely the values behind a finding were read; an older report does not say."""
    return float(finding.get("certainty", 1.0))


@cache
def _table() -> Table:
    """Return the table, read once."""
    return read(files(__package__).joinpath("reasons.yaml")).expect("description", "reasons", "ambiguous")


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    """Return each pattern of a rule's name with its reason."""
    return tuple((name, one) for name, said in _table().table("reasons").items() for one in said.split())
