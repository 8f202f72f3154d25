"""A number of a form beside the card of its person: what its zone settles, and what it never does."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.crosscheck.card_numbers import numbered
from validators.facts import Application, ConvenioRequest, Evidence, Fact, Filing, Identity, Person

FILED = dt.date(2026, 3, 16)
BORN = dt.date(1988, 4, 3)
NIE, TWIN = "Z1496358Y", "21496358Y"
OTHER = "X1234567L"


def fact(value, confidence=0.98, others=(), document="d1", field="applicant.id_number", *, hand=False):
    place = (Evidence(document, field),)
    return Fact(value=value, confidence=confidence, evidence=place, others=others, hand=hand)


def person(number, name="Nadia", born=None):
    return Person(
        given_name=fact(name), first_surname=fact("Benali Haddad"), id_number=number, birth_date=born
    )


def card(**changed):
    whole = Identity(
        document="d2",
        surnames=fact("BENALI HADDAD", document="d2", field="surnames"),
        given_name=fact("NADIA", document="d2", field="given_name"),
        number=fact(NIE, 0.97, document="d2", field="number"),
        birth_date=fact(BORN, document="d2", field="birth_date"),
        mrz_valid=fact(True, 0.97, document="d2", field="mrz_valid"),
    )
    return replace(whole, **changed)


def raised(number, *cards, **about):
    """Return the applicant's number as the law is told it."""
    who = person(number, **about)
    told = numbered(
        Application(
            procedure="convenio_especial",
            filing=Filing(filed_on=FILED, source="office", received_on=FILED),
            applicant=who,
            convenio=(ConvenioRequest(document="d1", applicant=who, account_holder=who),),
            identities=cards,
        ),
        least=0.9,
    )
    form = told.convenio[0]
    assert told.applicant.id_number == form.applicant.id_number == form.account_holder.id_number
    return told.applicant.id_number


def test_the_very_number_of_the_persons_card_settles_what_one_reader_misread():
    """One saw a 7 for the Z; the letter of that does not hold, and the card shows the other reading."""
    found = raised(fact(NIE, 0.89, others=("71496358Y",)), card())
    assert (found.value, found.others) == (NIE, ())
    assert found.confidence == 0.99
    assert found.evidence == (Evidence("d1", "applicant.id_number"), Evidence("d2", "number"))


def test_of_a_two_and_a_z_the_one_is_told_that_the_card_shows():
    """No check letter tells them apart: 2 was read, Z was seen as well, and Z stands in the zone."""
    found = raised(fact(TWIN, 0.531, others=(NIE,)), card())
    assert (found.value, found.others) == (NIE, ())
    assert 0.9 <= found.confidence <= 0.97


@pytest.mark.parametrize(
    "number",
    [
        fact(TWIN, 0.97),
        fact(OTHER, 0.89, others=("X1234567T",)),
        fact(NIE, 0.89, others=(OTHER,)),
        fact(OTHER, 0.89, others=(NIE,)),
        fact(NIE, 0.85),
        fact(NIE, 0.5, others=("71496358Y",)),
        fact(None, 0.3, hand=True),
    ],
    ids=["a 2 to all", "another", "beside a right one", "a right one", "struck", "spoilt", "by hand"],
)
def test_a_form_that_does_not_say_it_itself_gains_nothing(number):
    """Nobody saw the card's number, another one with a right letter was seen, or the place is spoilt."""
    assert raised(number, card()) == number


@pytest.mark.parametrize(
    "changed",
    [
        {"mrz_valid": fact(False, 0.97, document="d2")},
        {"mrz_valid": fact(True, 0.89, document="d2")},
        {"mrz_valid": fact(True, 0.97, others=(False,), document="d2")},
        {"mrz_valid": None},
        {"mrz_valid": fact(True, 0.97, document="d3")},
        {"number": fact(NIE, 0.89, document="d2")},
        {"number": fact(NIE, 0.97, others=(TWIN,), document="d2")},
        {"number": fact("Z1496358A", 0.97, document="d2")},
        {"number": fact(OTHER, 0.97, document="d2")},
        {"given_name": fact("NADIA SAMIRA", document="d2")},
        {"given_name": fact("NADIA", others=("SAMIRA",), document="d2")},
        {"given_name": None},
        {"birth_date": fact(BORN, others=(FILED,), document="d2")},
    ],
)
def test_a_card_that_is_not_proved_or_not_surely_the_persons_settles_nothing(changed):
    """Its zone fails or is another side's; its number is in doubt or wrong; its bearer is another."""
    number = fact(NIE, 0.89, others=("71496358Y",))
    assert raised(number, card(**changed)) == number


def test_another_day_of_birth_is_another_person():
    """The same name and number with another birth: a person looks."""
    number = fact(NIE, 0.89)
    assert raised(number, card(), born=fact(dt.date(1988, 3, 4))) == number
    assert raised(number, card(), born=fact(BORN)).confidence == 0.99


def test_both_sides_of_a_card_count_where_the_number_stands_on_the_side_of_the_zone_too():
    """Print of the front, zone of the back: the number must have been read on the back as well."""
    zone = fact(True, 0.97, document="d3", field="mrz_valid")
    both = replace(
        card().number, evidence=(Evidence("d2", "number"), Evidence("d3", "number")), confidence=0.97
    )
    assert raised(fact(NIE, 0.89), card(number=both, mrz_valid=zone)).confidence == 0.99
    assert raised(fact(NIE, 0.89), card(mrz_valid=zone)).confidence == 0.89


def test_a_passport_read_at_both_places_is_as_sure():
    """No letter proves it; two papers of one person say the same."""
    found = raised(
        fact("AB1234567", 0.89, others=("A81234567",)), card(number=fact("AB1234567", document="d2"))
    )
    assert (found.value, found.confidence, found.others) == ("AB1234567", 0.99, ())


def test_names_written_with_and_without_accents_are_one_name():
    """The zone has no accents; the person is the same."""
    named = {"given_name": fact("NADÍA", document="d2")}
    assert raised(fact(NIE, 0.89), card(**named)).confidence == 0.99
