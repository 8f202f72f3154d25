"""Numbers, cards and people across the papers of one application."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.facts import Beneficiary, Fact, Mandate, Person


def number(value, confidence=1.0):
    return Fact(value=value, confidence=confidence)


def renamed(case, with_form, **fields):
    """The applicant as form and merged facts name them, with fields changed."""
    person = replace(case.applicant, **fields)
    return with_form(replace(case, applicant=person), holder=person)


@pytest.mark.parametrize(
    ("value", "rule"), [("12345678A", "CE-ID-01"), ("X1234567A", "CE-ID-02"), ("K1234567A", "CE-ID-03")]
)
@pytest.mark.parametrize(("confidence", "outcome"), [(0.9, "cure"), (0.89, "review")])
def test_a_wrong_letter_is_cured_if_surely_read(
    value, rule, confidence, outcome, spaniard, with_form, judged
):
    """At the acceptance threshold the person corrects it, below it a person looks."""
    found = judged(renamed(spaniard, with_form, id_number=number(value, confidence)))
    assert outcome in found.outcomes(rule)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"id_number": Fact(value=None)}, "cure"),
        ({"id_number": None}, "review"),
        ({"id_number": Fact(value=None, confidence=0.0)}, "review"),
        ({"id_type": Fact(value=["dni", "passport"])}, "cure"),
        ({"id_type": Fact(value="foreigner_card")}, "cure"),
        ({"id_type": Fact(value=None), "id_number": Fact(value="AB123456")}, "cure"),
        ({"id_type": Fact(value="passport"), "id_number": Fact(value="A" * 21)}, "review"),
    ],
)
def test_one_box_with_its_number(fields, outcome, spaniard, with_form, judged):
    """Missing, two boxes, a DNI under the foreigner's box, no box for a passport."""
    found = judged(renamed(spaniard, with_form, **fields))
    assert found.outcomes("CE-ID-06") == {outcome}


def test_a_passport_under_the_dni_box_is_no_dni(spaniard, with_form, judged):
    """The box and the number must go together."""
    found = judged(renamed(spaniard, with_form, id_number=Fact(value="AB123456")))
    assert "cure" in found.outcomes("CE-ID-01")


@pytest.mark.parametrize(
    ("kind", "support", "outcomes"),
    [
        ("tie", "E12345678", set()),
        ("tie", "C12345678", {"review"}),
        ("eu_certificate", "C12345678", set()),
        ("dni", "ABC123456", set()),
    ],
)
def test_the_support_number_goes_with_the_card(kind, support, outcomes, spaniard, judged):
    """A TIE's begins with E, a certificate's with C; a DNI's is free."""
    shown = replace(spaniard.identities[0], kind=Fact(value=kind), support_number=Fact(value=support))
    assert judged(replace(spaniard, identities=(shown,))).outcomes("CE-ID-05") == outcomes


@pytest.mark.parametrize(
    ("valid", "outcomes"), [(Fact(value=True), set()), (None, set()), (Fact(value=False), {"review"})]
)
def test_a_machine_zone_that_does_not_hold_is_looked_at(valid, outcomes, spaniard, judged):
    """No zone is no fault; a wrong digit is."""
    shown = replace(spaniard.identities[0], mrz_valid=valid)
    assert judged(replace(spaniard, identities=(shown,))).outcomes("CE-ID-07") == outcomes


@pytest.mark.parametrize(
    ("iban", "outcomes"),
    [
        (Fact(value="ES9121000418450200051332"), set()),
        (Fact(value="ES9121000418450200051333"), {"cure"}),
        (Fact(value="ES9121000418450200051333", confidence=0.5), {"review"}),
        (Fact(value=None), set()),
    ],
)
def test_a_wrong_iban_is_cured_if_surely_read(iban, outcomes, spaniard, judged):
    """An empty place is for another rule."""
    case = replace(spaniard, mandates=(Mandate(document="d8", iban=iban),))
    assert judged(case).outcomes("CE-ID-11") == outcomes


@pytest.mark.parametrize(
    "changes",
    [
        {"number": Fact(value="00000000T")},
        {"birth_date": Fact(value=dt.date(1980, 2, 1))},
        {"surnames": Fact(value="PÉREZ LARA"), "given_name": Fact(value="EVA")},
        {
            "surnames": Fact(value="PÉREZ LARA"),
            "given_name": Fact(value="EVA"),
            "number": Fact(value="00000000T"),
        },
        {"number": None, "birth_date": None},
    ],
)
def test_a_card_that_does_not_agree_is_looked_at(changes, spaniard, judged):
    """Another number, birth, name or person, or too little to compare."""
    shown = replace(spaniard.identities[0], **changes)
    found = judged(replace(spaniard, identities=(shown,)))
    assert "review" in found.outcomes("CE-ID-12")
    assert found.queue == "review"


def test_the_card_of_a_beneficiary_is_no_mismatch(spaniard, with_form, judged):
    """A card of somebody whom the form names is that person's."""
    other = Person(
        given_name=Fact(value="Eva"), first_surname=Fact(value="Lara"), id_number=Fact(value="00000000T")
    )
    theirs = replace(
        spaniard.identities[0],
        document="d9",
        number=other.id_number,
        given_name=other.given_name,
        surnames=other.first_surname,
    )
    case = with_form(spaniard, beneficiaries=(Beneficiary(person=other),))
    found = judged(replace(case, identities=(*spaniard.identities, theirs)))
    assert found.outcomes("CE-ID-12") == {"met"}


def test_two_readings_of_the_number_are_looked_at(spaniard, with_form, judged):
    """A number that another paper or reader gives otherwise is not settled silently."""
    doubtful = Fact(value="12345678Z", others=("12345673Z",))
    assert judged(renamed(spaniard, with_form, id_number=doubtful)).outcomes("CE-ID-12") >= {"review"}


def test_the_same_number_written_otherwise_is_no_second_reading(spaniard, with_form, judged):
    """Hyphens do not make another number."""
    same = Fact(value="12345678Z", others=("12.345.678-Z",))
    assert judged(renamed(spaniard, with_form, id_number=same)).outcomes("CE-ID-12") == {"met"}


def test_agreement_is_as_sure_as_the_surer_paper(spaniard, with_form, judged):
    """A faint number on the form that the card repeats clearly is accepted; faint on both is not."""
    faint = Fact(value="12345678Z", confidence=0.7)
    case = renamed(spaniard, with_form, id_number=faint)
    blurred = replace(case.identities[0], number=faint)
    assert judged(case).outcomes("CE-ID-12") == {"met"}
    assert judged(replace(case, identities=(blurred,))).outcomes("CE-ID-12") == {"review"}


def test_a_declaration_of_somebody_else_is_looked_at(spaniard, judged):
    """Who declares must be the applicant."""
    other = replace(spaniard.declarations[0].declarant, id_number=Fact(value="00000000T"))
    declaration = replace(spaniard.declarations[0], declarant=other)
    found = judged(replace(spaniard, declarations=(declaration,)))
    assert "review" in found.outcomes("CE-ID-12")


@pytest.mark.parametrize(
    ("born", "outcomes"), [(dt.date(2012, 3, 17), {"review"}), (dt.date(2012, 3, 16), set())]
)
def test_a_young_spaniard_without_dni_is_looked_at(born, outcomes, spaniard, with_form, judged):
    """From the fourteenth birthday the DNI is compulsory."""
    case = renamed(spaniard, with_form, birth_date=Fact(value=born))
    found = judged(replace(case, identities=()))
    assert found.outcomes("CE-ID-09") == outcomes


def test_an_expired_card_is_looked_at_in_the_convenio(spaniard, judged):
    """The Orden does not ask for a document in force: a person decides."""
    old = replace(spaniard.identities[0], expires_on=Fact(value=dt.date(2026, 3, 15)))
    case = replace(spaniard, procedure="convenio_especial", identities=(old,))
    assert judged(case).outcomes("CE-ID-08") == {"review"}
