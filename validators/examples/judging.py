"""Whether the law as the program applies it says what an example says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.assess import Assessment, assess
from validators.calendar import Calendars
from validators.examples.case import Example
from validators.examples.expected import APPLIES, SILENT
from validators.examples.reckoning import reckoned
from validators.examples.result import differing
from validators.finding import Applied

_PARTS = ("deadlines", "fee")
"""The parts of a judgement that dates and amounts come from."""


def judged(example: Example) -> Assessment:
    """Return the judgement of an example's case, under the shipped calendars."""
    return assess(example.application, example.policy, Calendars.shipped())


def differences(example: Example) -> tuple[str, ...]:
    """Return what an example says and the law as applied does not; nothing where they agree."""
    asked = example.reckoning
    found = reckoned(example, asked) if asked else judged(example)
    where = asked.name if asked else "case"
    wrong = (*_differences(example, found), *_misquoted(example, found))
    return (*wrong, *(differing(example.result, found, where) if example.result is not None else ()))


def _misquoted(example: Example, found: Any) -> Iterator[str]:
    """Yield one sentence for each rule that quotes another article than the example says."""
    for rule, article in example.articles.items():
        quoted = {
            one.basis for one in (*getattr(found, "findings", ()), *_applied(found)) if one.rule == rule
        }
        if quoted != {article}:
            yield f"{rule}: quotes {'; '.join(sorted(quoted)) or 'nothing'} instead of {article}"


def applied(found: Any) -> frozenset[str]:
    """Return the rules that fix a date or an amount of a judgement, or of one calculation."""
    return frozenset(one.rule for one in _applied(found))


def _applied(found: Any) -> Iterator[Applied]:
    """Yield what fixes a date or an amount."""
    inner = found if isinstance(found, tuple) else [getattr(found, name, None) for name in _PARTS]
    yield from (one for part in (found, *inner) for one in getattr(part, "applied", ()))


def _differences(example: Example, found: Any) -> Iterator[str]:
    """Yield one sentence for each rule that answers otherwise than the example says."""
    for rule, persons in example.expected.items():
        for about, outcomes in persons.items():
            answer = _answer(found, rule, about)
            if answer != outcomes:
                who = f" of {about}" if about else ""
                yield f"{rule}{who}: {_said(answer)} instead of {_said(outcomes)}"


def _answer(found: Any, rule: str, about: str | None) -> frozenset[str]:
    """Return the outcomes of a rule on the case, or on a person."""
    findings = (f for f in getattr(found, "findings", ()) if f.rule == rule and f.about == about)
    fixed = {APPLIES} if about is None and rule in applied(found) else set()
    return frozenset(f.outcome.value for f in findings) | fixed


def _said(outcomes: frozenset[str]) -> str:
    """Return outcomes as an example writes them."""
    return ", ".join(sorted(outcomes)) or SILENT
