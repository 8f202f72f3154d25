"""Every case that this version does not judge goes to a person."""

import datetime as dt
import re
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from validators.facts import (
    Absence,
    AsistenciaRequest,
    Beneficiary,
    Evidence,
    Fact,
    Mention,
    NonExport,
    Period,
    Person,
    Registration,
)
from validators.rules.unbuilt import RULES, UNBUILT

SUBJECTS = set(yaml.safe_load(files("extractors").joinpath("mentions.yaml").read_text("utf-8"))["subjects"])
YES, FAINT = Fact(value=True), Fact(value=False, confidence=0.5)
SOMEBODY = Person(given_name=Fact(value="Eva", evidence=(Evidence("d1", "beneficiaries"),)))


def of_form(**fields):
    return lambda case: replace(case, asistencia=(replace(case.asistencia[0], **fields),))


def relative(slug, **facts):
    return of_form(beneficiaries=(Beneficiary(person=SOMEBODY, relationship=Fact(value=slug), **facts),))


def paper(kind):
    return lambda case: replace(case, papers={**case.papers, kind: ("d9",)})


def mention(subject):
    said = Mention(subject=subject, evidence=Evidence("d9", subject), confidence=0.4)
    return lambda case: replace(case, mentions=(said,))


def young(case):
    return replace(case, applicant=replace(case.applicant, birth_date=Fact(value=dt.date(2008, 3, 17))))


def letter(country):
    paper = NonExport(document="d9", person=Person(), country=Fact(value=country))
    return lambda case: replace(case, non_exports=(paper,))


def ended_by_death(case):
    period = Period(
        municipality=Fact(value="Ceuta"),
        since=Fact(value=dt.date(2020, 1, 1)),
        until=Fact(value=dt.date(2026, 1, 1), evidence=(Evidence("d9", "periods"),)),
        cause_out="death",
    )
    return replace(
        case,
        registrations=(Registration(document="d9", official=True, person=Person(), periods=(period,)),),
    )


def abroad(case):
    return replace(case, absences=(Absence(since=Fact(value=dt.date(2025, 1, 1)), until=Fact(value=None)),))


CASES = [
    ("AS-ID-05", letter("MAR")),
    ("AS-ID-05", letter(None)),
    ("AS-REP-02", mention("power_of_attorney")),
    ("AS-REP-03", mention("guardianship")),
    ("AS-REP-03", mention("support_measures")),
    ("AS-TUT-01", mention("desamparo")),
    ("CE-EXT-01", ended_by_death),
    ("CAT-10", paper("consular_deregistration")),
    ("CAT-10", mention("returned_emigrant")),
    ("CAT-11", paper("consular_deregistration")),
    ("CAT-12", mention("returned_emigrant")),
    ("CAT-13", mention("foreign_cover")),
    ("CAT-13", mention("health_card")),
    ("CAT-15", paper("disability_certificate")),
    ("CAT-16", mention("mutual_insurance")),
    ("CAT-18", young),
    ("CAT-19", mention("pregnancy")),
    ("CAT-20", mention("international_protection")),
    ("CAT-20", mention("temporary_protection")),
    ("CAT-20", mention("statelessness")),
    ("CAT-21", mention("trafficking")),
    ("CAT-22", mention("gender_violence")),
    ("CAT-22", mention("sexual_violence")),
    ("CAT-24", abroad),
    ("CAT-24", paper("absence_statement")),
]
CONVENIO = [
    ("CE-VET-01", mention("earlier_convenio")),
    ("AS-REP-02", mention("power_of_attorney")),
    ("AS-REP-03", paper("court_decision")),
    ("AS-TUT-01", mention("desamparo")),
    ("CAT-10", paper("consular_deregistration")),
    ("CAT-15", paper("disability_certificate")),
    ("CE-EXT-01", ended_by_death),
]


@pytest.mark.parametrize(("rule", "spoil"), CASES)
def test_a_case_not_judged_yet_is_looked_at(rule, spoil, spaniard, judged):
    """The clean application with the subject added: a review that names the rule, never an approval."""
    found = judged(spoil(spaniard))
    assert found.outcomes(rule) == {"review"}
    assert found.queue in {"review", "refer"}


@pytest.mark.parametrize(("rule", "spoil"), CONVENIO)
def test_the_convenio_has_cases_not_judged_yet_too(rule, spoil, spaniard, judged):
    """Subjects that stop a convenio as well."""
    found = judged(spoil(replace(spaniard, procedure="convenio_especial")))
    assert "review" in found.outcomes(rule)


def test_every_line_of_the_table_is_tried_here():
    """A new line without a case that shows it fails this test."""
    assert {rule.id for rule in RULES} == {rule for rule, _ in (*CASES, *CONVENIO)}


PASSED_OVER = {"appeal", "earlier_convenio", "weighty_paper"}
"""Two of the convenio alone; and words that weigh only in a paper of no known kind."""


@pytest.mark.parametrize("subject", sorted(SUBJECTS - PASSED_OVER))
def test_no_subject_that_the_readers_notice_is_passed_over(subject, spaniard, judged):
    """Every subject that a paper's text may touch stops an INSS case, save those that others weigh."""
    assert judged(mention(subject)(spaniard)).queue != "approve"


def test_the_table_speaks_only_of_what_the_readers_give():
    """A misspelt subject, paper or box would never fire."""
    contract = (Path(__file__).parents[3] / "docs" / "contract" / "fields.md").read_text(encoding="utf-8")
    assert {subject for line in UNBUILT for subject in line.mentions} <= SUBJECTS
    assert {kind for line in UNBUILT for kind in line.papers} <= set(
        re.findall(r"^\| `(\w+)`", contract, re.MULTILINE)
    )
    assert {box for line in UNBUILT for box in line.boxes} <= {f.name for f in fields(AsistenciaRequest)}
