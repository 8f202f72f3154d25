"""Which cases will pass their last day unanswered if things go on as they go, and what would be enough.

    forecast(due={dt.date(2026, 3, 27): 8}, pace=pace, today=dt.date(2026, 3, 23), off=frozenset())

A manager can recompute it with pencil and paper. Cases are answered in the order of their last days, those
that are past first (Ley 39/2015, art. 71.2, as trays have it). On each day as many are answered as on that
weekday in the last four weeks, in the mean of its days that were no holidays; none on a holiday. What is
answered by the end of a day is the sum of these means up to it, whole cases only. A case that is not reached
by the end of its last day passes it. What comes from now on has later days, so it holds none of these up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import NamedTuple

WEEKS = 4
"""Weeks that the pace is taken from: each weekday four times, and no more than is remembered."""
FARTHEST = 400
"""Days ahead that are looked at: no time to resolve is longer."""
_DAY = dt.timedelta(days=1)
_WEEK, _SATURDAY = 7, 5


class Step(NamedTuple):
    """A day that is the last of `due` cases, of which `unanswered` will pass it.

    By its end `wanted` of all are to be answered, those already late among them, and `answered` will be.
    """

    day: dt.date
    due: int
    wanted: int
    answered: int
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`late` passed their day already; `steps` are the days that are some case's last, in order.

    `pace` are the means of Monday to Sunday. `enough` is the least whole number of cases a working day with
    which none of them would pass its day; `now` is how many are answered on a working day, in the mean.
    """

    late: int
    steps: tuple[Step, ...]
    pace: tuple[Fraction, ...]
    enough: int
    now: Fraction

    @property
    def breaches(self) -> int:
        """How many cases will pass their day."""
        return sum(step.unanswered for step in self.steps)

    @property
    def first(self) -> dt.date | None:
        """The first day that a case will pass, None where none will."""
        return next((step.day for step in self.steps if step.unanswered), None)


def pace(resolved: Mapping[dt.date, int], today: dt.date, off: Collection[dt.date]) -> tuple[Fraction, ...]:
    """Return how many cases are resolved on a Monday, ..., a Sunday, in the mean of the weeks before *today*.

    *resolved* are the cases by day, *off* the holidays: they say nothing of how a day goes.
    """
    days = [today - n * _DAY for n in range(1, WEEKS * _WEEK + 1)]
    counted = [
        [day for day in days if day.weekday() == weekday and day not in off] for weekday in range(_WEEK)
    ]
    return tuple(
        Fraction(sum(resolved.get(day, 0) for day in some), len(some)) if some else Fraction(0)
        for some in counted
    )


def forecast(
    due: Mapping[dt.date, int],
    pace: Sequence[Fraction],
    today: dt.date,
    off: Collection[dt.date],
    done_today: int = 0,
) -> Forecast:
    """Return what will come of the cases *due* by day at a *pace* (Monday first).

    *off* are the holidays; *done_today* have been answered today: of today's mean the rest is to come.
    """
    late = sum(number for day, number in due.items() if day < today)
    steps, wanted, enough = list[Step](), late, 0
    reached, day, working = Fraction(0), today, 0
    counted = done_today if _works(today, off) else 0
    ahead = {d: n for d, n in due.items() if today <= d <= today + FARTHEST * _DAY and n}
    while day <= max(ahead, default=today - _DAY):
        reached += _mean(pace, day, off, done_today if day == today else 0)
        working += _works(day, off)
        if day in ahead:
            wanted += ahead[day]
            answered = min(int(reached), wanted)
            unanswered = min(ahead[day], wanted - answered)
            steps.append(Step(day, ahead[day], wanted, answered, unanswered))
            enough = max(enough, _rate(wanted + counted, working))
        day += _DAY
    return Forecast(late=late, steps=tuple(steps), pace=tuple(pace), enough=enough, now=_working_mean(pace))


def _mean(pace: Sequence[Fraction], day: dt.date, off: Collection[dt.date], done: int) -> Fraction:
    """Return how many are answered on a day."""
    return Fraction(0) if day in off else max(pace[day.weekday()] - done, Fraction(0))


def _works(day: dt.date, off: Collection[dt.date]) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < _SATURDAY and day not in off


def _rate(wanted: int, working: int) -> int:
    """Return how many a working day are enough, those of today among them; with none left, all in one."""
    return ceil(Fraction(wanted, max(working, 1)))


def _working_mean(pace: Sequence[Fraction]) -> Fraction:
    """Return the mean of Monday to Friday."""
    return Fraction(sum(pace[:_SATURDAY], Fraction(0)), _SATURDAY)
