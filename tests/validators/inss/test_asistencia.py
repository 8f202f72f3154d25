"""The INSS application: a clean one is proposed for approval, and each defect by itself is noticed."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.facts import (
    Absence,
    Address,
    Beneficiary,
    Evidence,
    Fact,
    Mention,
    NonExport,
    Period,
    Person,
    Registration,
    Representation,
    Signature,
)

S = dt.date(2026, 3, 16)
YES, NO, FAINT = Fact(value=True), Fact(value=False), Fact(value=True, confidence=0.6)


def test_a_clean_application_is_proposed_for_approval(spaniard, judged):
    """Form, signature, DNI and declaration in order: approve, with the notices of the law's open points."""
    found = judged(spaniard)
    assert found.queue == "approve"
    assert found.outcomes("AS-PLZ-01") == {"notice"}
    assert found.outcomes("AS-ID-01") == {"met"}


@pytest.mark.parametrize(
    ("fields", "rule", "queue"),
    [
        ({"for_holder": NO}, "AS-FORM-01", "cure"),
        ({"for_holder": None}, "AS-FORM-01", "review"),
        ({"holder_signature": Signature(present=NO)}, "AS-FIR-01", "cure"),
        ({"holder_signature": Signature(present=FAINT)}, "AS-FIR-01", "review"),
        ({"holder_signature": Signature()}, "AS-FIR-01", "review"),
        (
            {"holder_signature": Signature(present=YES, on=Fact(value=dt.date(2026, 3, 17)))},
            "AS-FIR-01",
            "review",
        ),
        ({"address": Address()}, "AS-NOT-01", "cure"),
        ({"province": Fact(value=None)}, "AS-PROV-01", "cure"),
        ({"province": Fact(value="Málaga")}, "AS-PROV-01", "review"),
        ({"province": Fact(value="Madriz")}, "AS-PROV-01", "review"),
        ({"opposes_queries": YES}, "AS-PAD-01", "cure"),
        ({"opposes_queries": FAINT}, "AS-PAD-01", "review"),
        ({"social_security_number": Fact(value="281234567841")}, "CE-ID-10", "cure"),
        ({"social_security_number": Fact(value="510123456744")}, "CE-ID-10", "approve"),
    ],
)
def test_a_defect_of_the_form_is_noticed(fields, rule, queue, spaniard, with_form, judged):
    """One thing wrong at a time: the rule speaks and the case leaves the queue of approval."""
    found = judged(with_form(spaniard, **fields))
    assert found.outcomes(rule)
    assert found.queue == queue


@pytest.mark.parametrize(
    ("remarks", "queue", "rule"), [(None, "cure", "AS-OBS-01"), ("Adjunto todo", "review", "AS-FORM-01")]
)
def test_without_a_form_remarks_are_read_by_a_person(remarks, queue, rule, spaniard, judged):
    """No form and nothing said: cure; something said: a person reads it."""
    found = judged(replace(spaniard, asistencia=(), remarks=remarks))
    assert found.outcomes(rule)
    assert found.queue == queue


def test_remarks_beside_a_form_are_told(spaniard, judged):
    """A notice, no more."""
    assert judged(replace(spaniard, remarks="Gracias")).outcomes("AS-OBS-01") == {"notice"}


@pytest.mark.parametrize(("size", "queue"), [(10_000_000, "approve"), (10_000_001, "review")])
@pytest.mark.parametrize("measure", ["stored_bytes", "unpacked_bytes"])
def test_ten_million_bytes_are_the_safe_reading_of_ten_megabytes(size, queue, measure, spaniard, judged):
    """As stored or unpacked, one byte more is looked at."""
    assert judged(replace(spaniard, **{measure: size})).queue == queue


@pytest.mark.parametrize(
    ("born", "outcomes"),
    [
        (dt.date(2025, 12, 15), set()),
        (dt.date(2025, 12, 16), {"notice"}),
        (dt.date(2025, 12, 17), {"refer"}),
        (dt.date(2026, 3, 17), {"review"}),
    ],
)
def test_a_baby_under_three_months_belongs_elsewhere(born, outcomes, spaniard, with_form, judged):
    """Date to date: the very day is told, a day younger is referred, a birth to come is looked at."""
    child = Beneficiary(person=Person(birth_date=Fact(value=born)))
    assert judged(with_form(spaniard, beneficiaries=(child,))).outcomes("AS-EDAD3-01") == outcomes


REPRESENTATIVE = Person(
    given_name=Fact(value="Luis"), first_surname=Fact(value="Pérez"), id_number=Fact(value="00000000T")
)


def paper(spaniard, **changes):
    said = {
        "document": "d4",
        "represented": spaniard.applicant,
        "representative": REPRESENTATIVE,
        "procedure": Fact(value="Prestación de asistencia sanitaria"),
        "represented_signature": Signature(present=YES),
    }
    return Representation(**(said | changes))


def test_a_representative_without_a_paper_is_cured(spaniard, with_form, judged):
    """Named in the form, nothing else: the proof is asked for."""
    found = judged(with_form(spaniard, representative=REPRESENTATIVE))
    assert (found.outcomes("AS-REP-01"), found.queue) == ({"cure"}, "cure")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "met"),
        ({"represented_signature": Signature(present=NO)}, "cure"),
        ({"procedure": Fact(value="Reagrupación familiar")}, "review"),
        ({"represented_signature": Signature(present=FAINT)}, "review"),
        ({"representative": Person(id_number=Fact(value="12345678Z"))}, "review"),
        ({"represented": REPRESENTATIVE}, "review"),
    ],
)
def test_the_paper_must_be_signed_and_name_both(changes, outcome, spaniard, with_form, judged):
    """Signed by the applicant, for this representative."""
    named = with_form(spaniard, representative=REPRESENTATIVE)
    found = judged(replace(named, representations=(paper(spaniard, **changes),)))
    assert found.outcomes("AS-REP-01") == {outcome}


def test_a_paper_without_a_representative_named_is_looked_at(spaniard, judged):
    """Who files is not clear then."""
    found = judged(replace(spaniard, representations=(paper(spaniard),)))
    assert found.outcomes("AS-REP-01") == {"review"}


def letter(spaniard, **changes):
    said = {
        "document": "d6",
        "person": spaniard.applicant,
        "country": Fact(value="DEU"),
        "not_exportable": YES,
        "issued_on": Fact(value=spaniard.filing.filed_on - dt.timedelta(days=30)),
    }
    return NonExport(**(said | changes))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "met"),
        ({"not_exportable": NO}, "review"),
        ({"not_exportable": FAINT}, "review"),
        ({"country": Fact(value="FRA")}, "review"),
        ({"issued_on": None}, "review"),
        ({"issued_on": Fact(value=dt.date(2020, 1, 1))}, "review"),
        ({"country": Fact(value="DEU", confidence=0.7)}, "review"),
        ({"person": REPRESENTATIVE}, "review"),
    ],
)
def test_the_letter_must_be_of_the_own_country_about_the_applicant(changes, outcome, foreigner, judged):
    """Another country, another person, a doubtful or contrary word: a person looks."""
    case = foreigner("DEU", "passport", "eu_certificate")
    found = judged(replace(case, non_exports=(letter(case, **changes),)))
    assert found.outcomes("AS-EXP-01") == {outcome}


def test_a_citizen_of_the_union_with_all_papers_is_proposed_for_approval(foreigner, judged):
    """Passport, certificate and letter of the own country; the ground of the certificate is told."""
    case = foreigner("DEU", "passport", "eu_certificate")
    found = judged(replace(case, non_exports=(letter(case),)))
    assert (found.queue, found.outcomes("AS-COB-02")) == ("approve", {"notice"})


@pytest.mark.parametrize(("nationality", "outcome"), [("DEU", "cure"), ("GBR", "cure"), ("PAK", "review")])
def test_a_missing_letter_follows_the_country(nationality, outcome, foreigner, judged):
    """Asked for where the duty stands, looked at where the country is in no table."""
    assert judged(foreigner(nationality, "passport")).outcomes("AS-EXP-01") == {outcome}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"declares": NO}, "cure"),
        ({"declares": None}, "review"),
        ({"signature": Signature(present=NO)}, "cure"),
        ({"signature": Signature(present=FAINT)}, "review"),
    ],
)
def test_the_declaration_must_be_ticked_and_signed(changes, outcome, spaniard, judged):
    """An empty box or an empty place is cured, a doubtful one looked at."""
    declaration = replace(spaniard.declarations[0], **changes)
    found = judged(replace(spaniard, declarations=(declaration,)))
    assert found.outcomes("AS-DEC-01") == {outcome}


def test_a_missing_declaration_is_asked_for(spaniard, judged):
    """No declaration: cure."""
    assert judged(replace(spaniard, declarations=())).queue == "cure"


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        ("social_security_worker", "AS-COB-01"),
        ("pensioner", "AS-COB-01"),
        ("unemployment_benefit", "AS-COB-01"),
        ("maritime", "AS-ISM-01"),
    ],
)
@pytest.mark.parametrize(("confidence", "outcome"), [(0.95, "refer"), (0.6, "review")])
def test_another_title_is_referred_if_surely_read(subject, rule, confidence, outcome, spaniard, judged):
    """Work, pension, benefit and the sea have their own way; a doubtful word is looked at."""
    mention = Mention(subject=subject, evidence=Evidence("d9", subject), confidence=confidence)
    assert judged(replace(spaniard, mentions=(mention,))).outcomes(rule) == {outcome}


def registration(spaniard, **changes):
    period = Period(
        municipality=Fact(value="Ceuta"), since=Fact(value=dt.date(2020, 1, 1)), until=Fact(value=None)
    )
    said = {
        "document": "d7",
        "official": True,
        "person": spaniard.applicant,
        "periods": (period,),
        "signed": YES,
    }
    return Registration(**(said | changes))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "met"),
        ({"signed": NO}, "cure"),
        ({"person": REPRESENTATIVE}, "review"),
        ({"periods": ()}, "review"),
    ],
)
def test_a_certificate_that_came_is_the_applicants_and_open(changes, outcome, spaniard, judged):
    """Somebody else's, closed or unsigned registrations do not pass."""
    found = judged(replace(spaniard, registrations=(registration(spaniard, **changes),)))
    assert found.outcomes("AS-PAD-01") == {outcome}


@pytest.mark.parametrize(
    ("filed", "outcomes"), [(dt.date(2016, 8, 14), {"cure"}), (dt.date(2016, 8, 15), set())]
)
def test_income_was_asked_for_until_the_cap_fell(filed, outcomes, spaniard, judged):
    """The judgement of 2016 ended the declaration of income."""
    old = replace(spaniard, filing=replace(spaniard.filing, filed_on=filed))
    assert judged(old).outcomes("AS-ING-01") == outcomes


def test_stays_abroad_are_looked_at(spaniard, judged):
    """The rule on absences is not judged for the INSS."""
    absence = Absence(since=Fact(value=dt.date(2025, 1, 1)), until=Fact(value=dt.date(2025, 6, 1)))
    assert judged(replace(spaniard, absences=(absence,))).outcomes("CAT-24") == {"review"}


@pytest.mark.parametrize("day", [dt.date(2016, 5, 1), dt.date(2026, 5, 1)])
def test_a_declaration_of_another_time_is_looked_at(day, spaniard, judged):
    """One of years ago says nothing of today, and one of after the reception cannot be."""
    (paper,) = spaniard.declarations
    signature = replace(paper.signature, on=Fact(value=day))
    found = judged(replace(spaniard, declarations=(replace(paper, signature=signature),)))
    assert found.outcomes("AS-DEC-01") == {"review"}
