"""What lies open now: how many cases, since when the oldest; by tray, by who is next, by office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipeline.figures.asked import Sum
from pipeline.figures.sides import SIDES, side
from pipeline.figures.told import LIES, NO_DAY


class Lying(NamedTuple):
    """The cases of a tray, a side or an office: how many, and the day on which the oldest came."""

    name: str
    cases: int
    oldest: dt.date


def by_tray(found: Iterable[Sum]) -> tuple[Lying, ...]:
    """Return what lies in each tray, the most first."""
    return tuple(sorted(_by(found, lambda one: one.name), key=lambda one: (-one.cases, one.name)))


def by_side(found: Iterable[Sum]) -> tuple[Lying, ...]:
    """Return what each side has to see to, in the order of `SIDES`."""
    return tuple(sorted(_by(found, lambda one: side(one.name)), key=lambda one: SIDES.index(one.name)))


def by_office(found: Iterable[Sum]) -> Mapping[str, Lying]:
    """Return what lies open of each office."""
    return {one.name: one for one in _by(found, lambda one: one.office or "")}


def without_day(found: Iterable[Sum]) -> int:
    """Return how many open cases have no last day."""
    return sum(one.number for one in found if one.what == NO_DAY)


def _by(found: Iterable[Sum], named: Callable[[Sum], str]) -> list[Lying]:
    """Return the sums of `LIES`, which are apart by day, put together by a name."""
    together: dict[str, Lying] = {}
    for one in found:
        if one.what == LIES and one.day is not None:
            name = named(one)
            known = together.get(name, Lying(name, 0, one.day))
            together[name] = Lying(name, known.cases + one.number, min(known.oldest, one.day))
    return list(together.values())
