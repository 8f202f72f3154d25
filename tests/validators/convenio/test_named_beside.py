"""Papers of no known kind that name a home, or people whose papers they send."""

from __future__ import annotations

import datetime as dt

import pytest

from validators.facts import Evidence, FamilyRecord, Mention, Named
from validators.rules._named import another_home, other_people


def _named(**what):
    return Mention(subject="named", evidence=Evidence("d6", "named"), whose="unsaid", **what)


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        ("Calle Nueva, 14, 51002 Ceuta", False),
        ("Barriada Alta, Ceuta", False),
        ("C/ Real, 3, puerta B", False),
        ("C/ Real, 4, Fez", True),
        ("Rabat", True),
        ("12, rue de la Paix, 60000 Oujda", True),
        ("Rua das Flores, 3, 4050-262 Porto", True),
    ],
)
def test_a_home_is_the_forms_by_its_town_or_its_street_and_number(place, elsewhere, make):
    """In doubt it is another, and a person reads the paper."""
    assert another_home(make.in_order(), _named(places=(place,))) == elsewhere


def test_papers_of_a_stranger_are_another_case(make):
    """By name or, in a letter, by the only numbers that stand in it."""
    case = make.in_order()
    assert not other_people(case, _named(people=("Nadia Benali",), numbers=("X1234567L", "12345678Z")))
    assert other_people(case, _named(people=("Omar Benali",)))
    assert other_people(case, _named(numbers=("12345678Z",)))


def test_a_paper_with_another_home_goes_to_a_person(make, routed):
    """A paper of no known kind alone is a notice."""
    assert routed(papers={"other": ("d6",)}) == "approve"
    assert routed(papers={"other": ("d6",)}, mentions=(_named(places=("Rabat",)),)) == "review"


@pytest.mark.parametrize(
    ("born", "queue"), [("1985-04-03", "approve"), ("1986-04-03", "review"), ("", "review")]
)
def test_a_birth_certificate_that_names_nobody_must_tell_the_applicants_day(born, queue, make, routed):
    """One person in all papers (CE-ID-12)."""
    record = FamilyRecord(document="d6", record=make.fact("birth"))
    mentions = (_named(births=(born,)),) if born else ()
    assert routed(family_records=(record,), mentions=mentions) == queue


def test_a_family_paper_with_the_applicants_name_and_another_birth_is_looked_at(make, routed):
    """Somebody of the same name, or a day that one of the papers has wrong."""
    one = Named(name="Nadia Benali Haddad", birth_date=dt.date(1985, 4, 4))
    assert (
        routed(family_records=(FamilyRecord(document="d6", record=make.fact("birth"), people=(one,)),))
        == "review"
    )
