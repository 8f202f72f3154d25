"""The law of a day and no other: every edition begins and ends when an act says so."""

import datetime as dt
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from pipeline.routing import queue
from validators.assess import assess
from validators.calendar import Calendars
from validators.examples import examples
from validators.finding import Outcome
from validators.law import regimes, version, versions
from validators.policy import Policy
from validators.rules import BEGINS, Law, editions, rules
from validators.rules.asistencia_right import INCOME

DAY = dt.timedelta(days=1)
OLD, NEW = dt.date(2018, 7, 30), dt.date(2018, 7, 31)
NAMED = {name: day for name, day in vars(regimes).items() if name.isupper()}
OUTSIDE = {"ALWAYS", "INE_2020", "LGSS_2015"}
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


ACTS = {
    "Ley 39/2015": regimes.LEY_39_2015,
    "RDL 7/2018": regimes.RDL_7_2018,
    "180/2026": regimes.RD_180_2026,
    "576/2013": regimes.RD_576_2013,
    "SSI/1475/2014": regimes.SSI_1475_2014,
    "de 17-2-2020": regimes.INE_2020,
    "RDLeg 8/2015": regimes.LGSS_2015,
    "Ley 16/2003, art. 3.2": regimes.RDL_7_2018,
}
ALREADY = {"PLZ-02"}
"""Its older edition quotes the transitional rule of the younger act on purpose."""
EVERY = [pytest.param(rule, id=f"{n} {rule.since}") for n, same in editions().items() for rule in same]


@pytest.mark.parametrize("rule", EVERY)
def test_an_edition_quotes_no_act_that_was_still_to_come(rule):
    """Nor Ley 30/1992 for a filing after Ley 39/2015 took its place."""
    younger = {act for act, day in ACTS.items() if act in rule.basis and rule.since < day}
    assert not younger or "texto anterior a" in rule.basis or rule.id in ALREADY
    assert "Ley 30/1992" not in rule.basis or rule.until < regimes.LEY_39_2015


def test_no_rule_holds_before_its_procedure():
    """The convenio begins with the Orden, the rest with RD 1192/2012; only GEN and PLZ are older."""
    older = set(rules(BEGINS["unknown"] - DAY))
    convenio = {number for number in rules(BEGINS["convenio_especial"] - DAY) if number[:3] == "CE-"}
    assert {number.partition("-")[0] for number in older} <= {"GEN", "PLZ"}
    assert {number for number in convenio if number[:6] != "CE-ID-"} <= {"CE-EXT-01"}


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


DAYS = sorted({day for change in versions() for day in (change - DAY, change)} | {dt.date(1999, 5, 3)})
"""The last day of each regime, the first of the next, and one on which there was no procedure at all."""


@cache
def cases():
    """Return a seventh of all examples' cases."""
    return [example.application for example in examples()][::7]


def filed(application, day):
    """Return an application as if it had been filed and received on a day."""
    filing = replace(application.filing, filed_on=day, received_on=day, stated=())
    return replace(application, filing=filing)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_finding_comes_from_a_rule_of_another_day(day):
    """Every rule that speaks holds on the day of the filing, and quotes the article of that day."""
    held = rules(day)
    spoken = [f for case in cases() for f in assess(filed(case, day), Policy(), Calendars.shipped()).findings]
    wrong = {(f.rule, f.basis) for f in spoken if f.rule not in held or f.basis != held[f.rule].basis}
    assert wrong == set()
    assert {f.reason.es for f in spoken if "no regía el día" in f.reason.es} == set()


@pytest.mark.parametrize(
    "day", [BEGINS["convenio_especial"] - DAY, dt.date(1999, 5, 3), dt.date(2012, 8, 4)], ids=str
)
def test_before_its_procedure_a_case_goes_to_a_person_and_nothing_is_computed(day):
    """No date, fee nor timeline, and the reason says since when there is such a procedure."""
    case = next(c for c in cases() if c.procedure == "convenio_especial" and not c.unreadable)
    found = assess(filed(case, day), Policy(), Calendars.shipped())
    assert {f.rule.partition("-")[0] for f in found.findings} == {"GEN"}
    assert any("rige desde el 07/08/2014" in f.reason.es for f in found.findings)
    assert (found.residence, found.fee, found.deadlines.resolve_by) == (None, None, None)
    assert queue(found.findings) == "review"


def test_the_editions_of_a_day_can_be_asked_for_another():
    """A replay under the law of 2016 quotes the law of 2016, whenever the case was filed."""
    case = next(c for c in cases() if c.procedure == "convenio_especial" and not c.unreadable)
    old = assess(case, Policy(), Calendars.shipped(), as_of=dt.date(2016, 10, 1)).findings
    held = rules(dt.date(2016, 10, 1))
    assert {f.rule for f in old if f.rule in held and f.basis != held[f.rule].basis} == set()
    assert {f.law_version for f in old} == {dt.date(2016, 8, 15)}


CHANGED = [number for number, same in editions().items() if len(same) > 1]
UNSEEN = {"CE-PLZ-CAL", "PLZ-06", "PLZ-17", "PLZ-CAL"}
"""Whose cases cannot be filed on the day of the change: ages, papers and calendars of their own years."""


@pytest.mark.parametrize("number", CHANGED)
def test_a_rule_that_changed_speaks_on_both_sides_of_each_change(number):
    """Some case in which it speaks, filed on the last day of one edition and the first of the next."""
    cases = [e for e in examples() if e.fires(number) and not e.reckoning]
    days = [day for old in editions()[number][:-1] for day in (old.until, old.until + DAY)]
    told = {day: {basis for case in cases for basis in quoted(case, number, day)} for day in days}
    assert all(bases <= {rules(day)[number].basis} for day, bases in told.items())
    assert all(told.values()) or not cases or number in UNSEEN


def quoted(example, number, day):
    """Return the articles that a rule quotes in an example filed on a day."""
    found = assess(filed(example.application, day), example.policy, Calendars.shipped())
    spoken = [f.basis for f in found.findings if f.rule == number]
    parts = (found.deadlines, found.fee)
    return [*spoken, *(one.basis for part in parts if part for one in part.applied if one.rule == number)]
