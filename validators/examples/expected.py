"""What an example says must follow: rules and their outcomes, persons where the rule speaks of several."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from validators.examples.values import Entry
from validators.finding import Outcome
from validators.tables import Table

SILENT, APPLIES = "silent", "applies"
APPLICANT = "applicant"
_WORDS = frozenset({*(outcome.value for outcome in Outcome), APPLIES})

Expected = Mapping[str, Mapping[str | None, frozenset[str]]]
"""By rule and person (None where the rule speaks of the case): the outcomes, none at all where silent."""


def expected(said: Table) -> Expected:
    """Return the expectations of an example.

    A rule stands with its outcome, a list of outcomes, `silent`, `applies` (it fixes a date or an amount)
    or, where it speaks of persons, with theirs: `{beneficiary-1: met, beneficiary-2: cure}`.
    """
    found: dict[str, Mapping[str | None, frozenset[str]]] = {}
    for rule, raw in said.items():
        if isinstance(raw, Table):
            found[rule] = {_who(name): _outcomes(Entry(raw, name, one)) for name, one in raw.items()}
        else:
            found[rule] = {None: _outcomes(Entry(said, rule, raw))}
    return MappingProxyType(found)


def _who(name: str) -> str | None:
    """Return whom a finding is about, as findings name persons."""
    return None if name == APPLICANT else name


def _outcomes(entry: Entry) -> frozenset[str]:
    """Return the outcomes of one rule."""
    if entry.raw == SILENT:
        return frozenset()
    words = entry.raw if isinstance(entry.raw, list) else [entry.raw]
    if not words or not set(words) <= _WORDS:
        raise entry.wrong(f"`{SILENT}`, or one or more of {sorted(_WORDS)}")
    return frozenset(words)
