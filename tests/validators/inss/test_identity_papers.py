"""The identity papers of the INSS application: which each group shows, and until when they are in force."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.facts import (
    Fact,
    Permit,
    Person,
)

S = dt.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("expires_on", "outcome", "queue"),
    [
        (Fact(value=S), "met", "approve"),
        (Fact(value=dt.date(2026, 3, 15)), "cure", "cure"),
        (Fact(value=dt.date(2026, 3, 15), confidence=0.5), "review", "review"),
        (Fact(value=None), "review", "review"),
        (None, "review", "review"),
    ],
)
def test_a_card_must_be_in_force_on_the_filing_day(expires_on, outcome, queue, spaniard, judged):
    """The last day of validity still counts; an unread date is never taken for valid."""
    shown = replace(spaniard.identities[0], expires_on=expires_on)
    found = judged(replace(spaniard, identities=(shown,)))
    assert (found.outcomes("AS-ID-01"), found.queue) == ({outcome}, queue)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [({}, "cure"), ({"confidence": 0.5}, "review"), ({"others": (dt.date(2015, 3, 1),)}, "review")],
    ids=["surely read", "doubtful", "told otherwise elsewhere"],
)
def test_a_dni_is_missing_where_the_age_that_asks_for_it_is_surely_known(told, outcome, spaniard, judged):
    """The birth may be that of a child, who needs none."""
    born = replace(spaniard.applicant.birth_date, **told)
    without = replace(spaniard, identities=(), applicant=replace(spaniard.applicant, birth_date=born))
    assert judged(without).outcomes("AS-ID-01") == {outcome}


@pytest.mark.parametrize(
    ("nationality", "cards", "rule", "outcome"),
    [
        ("ESP", (), "AS-ID-01", "cure"),
        ("ESP", ("passport",), "AS-ID-01", "cure"),
        ("DEU", ("passport",), "AS-ID-02", "cure"),
        ("DEU", ("passport", "eu_certificate"), "AS-ID-02", "met"),
        ("PAK", ("tie",), "AS-ID-04", "cure"),
        ("PAK", ("passport", "tie"), "AS-ID-04", "met"),
        ("GBR", ("passport", "eu_certificate"), "AS-ID-04", "cure"),
    ],
)
def test_each_group_shows_its_papers(nationality, cards, rule, outcome, foreigner, judged):
    """Spaniards the DNI, the Union its certificate, others passport and card."""
    assert judged(foreigner(nationality, *cards)).outcomes(rule) == {outcome}


def test_an_unknown_nationality_is_never_passed_over(spaniard, judged):
    """Without a nationality neither papers nor export can be judged."""
    found = judged(replace(spaniard, applicant=replace(spaniard.applicant, nationality=None)))
    assert (found.outcomes("AS-EXP-01"), found.queue) == ({"review"}, "review")


def test_a_blank_nationality_is_asked_for(spaniard, with_form, judged):
    """Surely blank on the form and told by no other paper: the person fills it in."""
    person = replace(spaniard.applicant, nationality=Fact(value=None))
    found = judged(with_form(replace(spaniard, applicant=person), holder=person))
    assert (found.outcomes("AS-FORM-01"), found.queue) == ({"cure"}, "cure")


def test_a_nationality_that_the_card_tells_is_not_asked_for(spaniard, with_form, judged):
    """Blank on the form, printed on the DNI of the same person."""
    holder = replace(spaniard.applicant, nationality=Fact(value=None))
    assert judged(with_form(spaniard, holder=holder)).queue == "approve"


@pytest.mark.parametrize("name", ["first_surname", "given_name", "birth_date"])
def test_a_blank_name_or_birth_is_asked_for(name, spaniard, with_form, judged):
    """Blank is cured; a place that was not found is looked at, whatever else is missing."""
    holder = replace(spaniard.applicant, nationality=None, **{name: Fact(value=None)})
    lost = replace(spaniard.applicant, nationality=None, **{name: None})
    assert judged(with_form(spaniard, holder=holder)).outcomes("AS-FORM-01") == {"cure"}
    assert judged(with_form(spaniard, holder=lost)).outcomes("AS-FORM-01") == {"review"}


def test_without_a_form_nothing_else_stands_in_its_way(spaniard, judged):
    """The form is asked for first; what it alone would tell is not doubted yet."""
    person = replace(spaniard.applicant, nationality=None)
    assert judged(replace(spaniard, asistencia=(), applicant=person)).queue == "cure"


def test_a_family_card_is_not_granted_unseen(foreigner, judged):
    """Residence as family of a Union citizen was granted against insurance."""
    case = foreigner("PAK", "passport", "tie")
    card = replace(case.identities[1], permit=Fact(value="FAMILIAR CIUDADANO DE LA UE"))
    found = judged(replace(case, identities=(case.identities[0], card)))
    assert found.outcomes("AS-ID-03") == {"met"}
    assert found.outcomes("AS-COB-02") == {"review"}


def test_a_card_whose_permit_is_not_read_is_looked_at(foreigner, judged):
    """The permit decides whether insurance was compulsory."""
    case = foreigner("PAK", "passport", "tie")
    card = replace(case.identities[1], permit=None)
    assert judged(replace(case, identities=(case.identities[0], card))).outcomes("AS-COB-02") == {"review"}


def test_a_permit_without_a_card_is_looked_at(foreigner, judged):
    """An authorisation may do where no card is due; a person decides."""
    permit = Permit(document="d5", person=Person(), permit=Fact(value="Residencia inicial"))
    found = judged(replace(foreigner("PAK", "passport"), permits=(permit,)))
    assert found.outcomes("AS-ID-04") == {"review"}
