"""The law of a day and no other: every edition begins and ends when an act says so."""

import datetime as dt
from itertools import pairwise

import pytest

from validators.finding import Outcome
from validators.law import regimes, version, versions
from validators.policy import Policy
from validators.rules import BEGINS, Law, editions, rules
from validators.rules.asistencia_right import INCOME

DAY = dt.timedelta(days=1)
OLD, NEW = dt.date(2018, 7, 30), dt.date(2018, 7, 31)
NAMED = {name: day for name, day in vars(regimes).items() if name.isupper()}
OUTSIDE = {"ALWAYS", "INE_2020"}
"""What changed none of the rules: the law older than both procedures, and instructions on the register."""


@pytest.mark.parametrize("name", sorted(set(NAMED) - OUTSIDE))
def test_a_regime_begins_on_a_day_of_the_version_timeline(name):
    """What code calls by the name of an act stands in docs/law.md section 0b."""
    assert NAMED[name] in versions()


@pytest.mark.parametrize(("number", "same"), editions().items(), ids=editions())
def test_the_editions_of_a_rule_follow_each_other(number, same):
    """None begins before the one before it has ended, and none ends before it begins."""
    assert all(one.until is not None and one.until < other.since for one, other in pairwise(same))
    assert all(rule.until is None or rule.since <= rule.until for rule in same)


def test_no_rule_holds_before_its_procedure():
    """The convenio begins with the Orden, the rest with RD 1192/2012; only GEN and PLZ are older."""
    older = set(rules(BEGINS["unknown"] - DAY))
    convenio = {number for number in rules(BEGINS["convenio_especial"] - DAY) if number[:3] == "CE-"}
    assert {number.partition("-")[0] for number in older} <= {"GEN", "PLZ"}
    assert {number[:6] for number in convenio} <= {"CE-ID-"}


@pytest.mark.parametrize("change", versions())
def test_the_rules_of_a_day_are_those_in_force(change):
    """The last day of the old law and the first of the new one each have their own editions."""
    for day in (change - DAY, change):
        assert all(rule.in_force(day) for rule in rules(day).values())
        assert {n for n, same in editions().items() if any(r.in_force(day) for r in same)} == set(rules(day))


def test_a_finding_quotes_the_article_of_its_day():
    """A rule that code names in its newest edition speaks with the older article for an older filing."""
    older, newer = dt.date(2016, 10, 1), dt.date(2016, 10, 2)
    rule = rules(newer)["GEN-SPLIT"]
    said = [rule.finds(Outcome.REVIEW, law_of(day)).basis for day in (older, newer)]
    assert said == ["Ley 30/1992, arts. 70.2 y 73", "Ley 39/2015, art. 57 y 66.2"]


def law_of(day):
    return Law(on=day, version=version(day), policy=Policy(), calendars=None)


def test_an_edition_that_changed_its_words_says_the_old_ones():
    """AS-PLZ-01 speaks of a transitional rule only since there is one."""
    rule = rules()["AS-PLZ-01"]
    said = [rule.on(day).es for day in (OLD, NEW)]
    assert ["transitoria" in text for text in said] == [False, True]


def test_the_cap_of_income_ended_with_the_judgment():
    """AS-ING-01 holds until 14 August 2016 and not a day longer."""
    assert INCOME.id in rules(dt.date(2016, 8, 14))
    assert INCOME.id not in rules(dt.date(2016, 8, 15))
