"""All examples of the law, and ways to change what their papers say."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from pipeline.routing import queue
from validators.assess import Assessment, assess
from validators.calendar import Calendars
from validators.examples import Example, examples
from validators.facts import Application, Fact
from validators.policy import Policy

QUICK = settings(max_examples=100, deadline=None)


@cache
def cases() -> tuple[Example, ...]:
    """Return the examples that are cases: made when a test is run, not when tests are listed."""
    return tuple(example for example in examples() if example.reckoning is None)


def approved() -> tuple[Example, ...]:
    """Return those that are proposed for approval."""
    return tuple(example for example in cases() if example.queue == "approve")


def one_of(found: Callable[[], Iterable[Any]]) -> st.SearchStrategy[Any]:
    """Return a strategy for one of what is *found* when the first is asked for."""
    return st.deferred(lambda: st.sampled_from(tuple(found())))


a_case = one_of(cases)
an_approved_case = one_of(approved)


def judged(application: Application, policy: Policy | None = None) -> Assessment:
    return assess(application, policy or Policy(), Calendars.shipped())


def routed(application: Application, policy: Policy | None = None) -> str:
    return queue(judged(application, policy).findings)


def said(assessment: Assessment) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.outcome.value) for f in assessment.findings)


def rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return the value with every fact, and every date outside of facts, changed."""
    if isinstance(value, Fact | dt.date):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: rebuilt(getattr(value, f.name), change) for f in fields(value)})
    if isinstance(value, tuple):
        parts = [rebuilt(part, change) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, dict):
        return {name: rebuilt(part, change) for name, part in value.items()}
    return value


def facts(value: Any) -> list[Fact[Any]]:
    """Return every fact that a value holds, in order."""
    found: list[Fact[Any]] = []
    rebuilt(value, lambda one: found.append(one) or one if isinstance(one, Fact) else one)
    return found


def with_fact(value: Any, number: int, change: Callable[[Fact[Any]], Fact[Any]]) -> Any:
    """Return the value with one of its facts changed."""
    places = iter(range(1_000_000))
    return rebuilt(
        value, lambda one: change(one) if isinstance(one, Fact) and next(places) == number else one
    )
