"""The twenty ambiguities of docs/law.md section 11: each one explained and each one a setting."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from validators.ambiguities import ambiguities, of_rule
from validators.examples import Example, examples, judged
from validators.examples.reckoning import reckoned
from validators.policy import Policy

LAW = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
SECTION = LAW[LAW.index("# 11.") : LAW.index("# 12.")]
NOT_OPEN = {"acceptance", "transient_overlap_days"}
"""Settings that no reading of the law asks for."""


def test_every_ambiguity_of_the_law_is_explained():
    """Section 11 counts twenty; each has its number here and no other."""
    written = [int(number) for number in re.findall(r"(?:^|; )(\d+) [a-z0-9A-Z]", SECTION, re.MULTILINE)]
    assert [one.number for one in ambiguities()] == sorted(set(written)) == list(range(1, 21))


def test_every_open_setting_belongs_to_one_ambiguity():
    """No setting of the policy goes unexplained and none is explained twice."""
    named = [setting.name for one in ambiguities() for setting in one.settings]
    assert sorted([*named, *NOT_OPEN]) == sorted(field.name for field in fields(Policy))


@pytest.mark.parametrize("one", ambiguities(), ids=lambda one: str(one.number))
def test_an_ambiguity_names_its_rules_and_speaks_two_languages(one):
    """Its rules are ids of the law, and each text is there in Spanish and in English."""
    assert all(rule in LAW for rule in one.rules)
    assert all(said.es and said.en and said.es != said.en for said in (one.title, one.question, one.effect))


@pytest.mark.parametrize("one", ambiguities(), ids=lambda one: str(one.number))
def test_a_default_is_one_of_the_readings(one):
    """What the program does without being told is one of the readings, or a number."""
    assert all(s.default in s.readings or s.default.isdigit() for s in one.settings)


def test_a_rule_finds_its_ambiguities():
    """CE-DOC-04 is open in two ways."""
    assert [one.number for one in of_rule("CE-DOC-04")] == [11, 12]
    assert of_rule("CE-INI-01") == ()


def answer(example: Example, policy: Policy) -> object:
    """Return what the law says of an example under a policy: its judgement, or what it reckons."""
    case = replace(example, policy=policy)
    return reckoned(case, case.reckoning) if case.reckoning else judged(case)


@pytest.mark.parametrize("name", [field.name for field in fields(Policy)])
def test_a_setting_changes_what_the_law_says_of_some_example(name):
    """An outcome, a date or an amount: a setting without effect would be a promise not kept."""
    default = getattr(Policy(), name)
    chosen = [example for example in examples() if getattr(example.policy, name) != default]
    assert any(
        answer(one, one.policy) != answer(one, replace(one.policy, **{name: default})) for one in chosen
    )
