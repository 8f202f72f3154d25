"""What holds of every case when its dates move: cycles of the calendar, changes of the law, one more day."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.law.changed import (
    QUICK,
    cases,
    judged,
    one_of,
    rebuilt,
    said,
)
from validators.examples import Example
from validators.facts import Application, Fact
from validators.law import versions
from validators.law.regimes import RD_576_2013
from validators.rules import editions

CYCLE, TURN = 400, 146_097
"""Years, and days, after which the Gregorian calendar repeats itself, days of the week included."""


def moved(value: Any, days: int) -> Any:
    """Return the value with all its dates later by some days."""

    def later(one: Any) -> Any:
        if isinstance(one, Fact):
            others = tuple(later(other) for other in one.others)
            return replace(one, value=later(one.value), others=others)
        if type(one) is int:  # a year
            return one + CYCLE * days // TURN
        return one + dt.timedelta(days=days) if type(one) is dt.date else one

    return rebuilt(value, later)


def older_than_convenios(example: Example) -> bool:
    """Whether a case tells of a convenio that ended before there were any: a day that is the law's own."""
    ends = (one.ended_on for one in example.application.earlier_convenios)
    return any(end is not None and end.value is not None and end.value < RD_576_2013 for end in ends)


MOVABLE = one_of(lambda: (e for e in cases() if e.filed_on >= versions()[-1] and not older_than_convenios(e)))
"""Cases under the newest law, without dates that are the law's own."""


@QUICK
@given(example=MOVABLE, times=st.integers(1, 3))
def test_four_hundred_years_later_the_same_dates_mean_the_same(example, times):
    """Only the calendars of working days, which end, may speak otherwise."""
    days = times * TURN
    later = moved(example.application, days)
    before, after = judged(example.application, example.policy), judged(later, example.policy)
    differing = {rule for rule, _ in (said(before) - said(after)) + (said(after) - said(before))}
    assert {rule for rule in differing if not rule.startswith("PLZ-")} == set()
    assert moved(before.residence, days) == after.residence


def on_day(example: Example, day: dt.date) -> Application:
    """Return an example's case as if it had been filed on another day, all its dates as far from it."""
    return moved(example.application, (day - example.filed_on).days)


CHANGED = [
    pytest.param(edition, day, id=f"{rule} {day}")
    for rule, same in editions().items()
    if len(same) > 1 and not rule.startswith("PLZ-")
    for edition in same
    for day in (edition.since, edition.until)
    if day is not None and day > dt.date(2012, 8, 5)
]


@pytest.mark.parametrize(("edition", "day"), CHANGED)
def test_each_edition_of_a_rule_is_quoted_on_its_first_and_on_its_last_day(edition, day):
    """Where the law changed, a case in which the rule speaks quotes the article of that very day.

    What stands on calendars of days off cannot be moved to another year; examples show both sides of it.
    """
    speaking = [e for e in cases() if e.fires(edition.id) and not e.applies(edition.id)]
    found = (judged(on_day(e, day), e.policy).findings for e in speaking)
    quoted = next((q for q in ({f.basis for f in some if f.rule == edition.id} for some in found) if q), None)
    assert speaking == [] or quoted == {edition.basis}


def oldest_stay(application: Application, days: int) -> Application:
    """Return the application with its oldest stay begun some days earlier, in every paper that shows it."""
    known = [p.since.value for r in application.registrations for p in r.periods if p.since.value]
    first = min(known)

    def earlier(one: Any) -> Any:
        return replace(one, since=replace(one.since, value=first - dt.timedelta(days=days)))

    papers = tuple(
        replace(r, periods=tuple(earlier(p) if p.since.value == first else p for p in r.periods))
        for r in application.registrations
    )
    return replace(application, registrations=papers)


PROVED = one_of(lambda: (e for e in cases() if e.expected.get("CE-RES-02") == {None: frozenset({"met"})}))


@QUICK
@given(example=PROVED, days=st.integers(1, 800))
def test_more_days_of_registration_never_take_the_year_away(example, days):
    """Who proves the year still proves it when the first registration is older."""
    found = judged(oldest_stay(example.application, days), example.policy).findings
    assert "not_met" not in {f.outcome for f in found if f.rule.startswith("CE-RES")}


@QUICK
@given(example=PROVED, days=st.integers(1, 60))
def test_filing_later_never_takes_the_year_away(example, days):
    """Who proves the year on a day does not fail it by waiting, with certificates that are as fresh."""
    application = example.application
    assume(all(p.until.value is None for r in application.registrations[-1:] for p in r.periods))
    assume(not application.absences)
    day = example.filed_on + dt.timedelta(days=days)
    filing = replace(application.filing, filed_on=day, received_on=day)
    found = judged(replace(application, filing=filing), example.policy).findings
    assert "not_met" not in {f.outcome for f in found if f.rule.startswith("CE-RES")}
