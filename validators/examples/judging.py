"""Whether the law as the program applies it says what an example says."""

from __future__ import annotations

from collections.abc import Iterator

from validators.assess import Assessment, assess
from validators.calendar import Calendars
from validators.examples.case import Example
from validators.examples.expected import APPLIES, SILENT


def judged(example: Example) -> Assessment:
    """Return the judgement of an example's case, under the shipped calendars."""
    return assess(example.application, example.policy, Calendars.shipped())


def applied(assessment: Assessment) -> frozenset[str]:
    """Return the rules that fix a date or an amount of a judgement."""
    parts = (assessment.deadlines, assessment.fee)
    return frozenset(one.rule for part in parts for one in getattr(part, "applied", ()))


def differences(example: Example, assessment: Assessment) -> tuple[str, ...]:
    """Return what an example says and the judgement does not, rule by rule; nothing where they agree."""
    return tuple(_differences(example, assessment))


def _differences(example: Example, assessment: Assessment) -> Iterator[str]:
    """Yield one sentence for each rule that answers otherwise than the example says."""
    for rule, persons in example.expected.items():
        for about, outcomes in persons.items():
            found = _found(assessment, rule, about)
            if found != outcomes:
                who = f" of {about}" if about else ""
                yield f"{rule}{who}: {_said(found)} instead of {_said(outcomes)}"


def _found(assessment: Assessment, rule: str, about: str | None) -> frozenset[str]:
    """Return the outcomes of a rule on the case, or on a person."""
    findings = (f for f in assessment.findings if f.rule == rule and f.about == about)
    fixed = {APPLIES} if about is None and rule in applied(assessment) else set()
    return frozenset(f.outcome.value for f in findings) | fixed


def _said(outcomes: frozenset[str]) -> str:
    """Return outcomes as an example writes them."""
    return ", ".join(sorted(outcomes)) or SILENT
