"""A family paper beside the form: what two readings of a name settle, and what they never do."""

import datetime as dt
from dataclasses import replace

import pytest

from validators.crosscheck.agreed import agreed
from validators.facts import (
    Application,
    AsistenciaRequest,
    Beneficiary,
    Evidence,
    Fact,
    FamilyRecord,
    Filing,
    Named,
    Person,
)

FILED = dt.date(2026, 3, 16)
BORN, PARENTS = dt.date(2016, 2, 29), dt.date(1979, 3, 4)


def person(given, born, *, surname="Ortega", sure=0.96, others=()):
    place = (Evidence("d1", "beneficiaries"),)
    return Person(
        given_name=Fact(value=given, confidence=sure, evidence=place, others=others),
        first_surname=Fact(value=surname, confidence=0.96, evidence=place),
        birth_date=Fact(value=born, confidence=0.96, evidence=place),
    )


def case(child, *lines, holder=None):
    form = AsistenciaRequest(
        document="d1",
        holder=holder or person("Ana", PARENTS),
        beneficiaries=(Beneficiary(person=child),),
    )
    told = agreed(
        Application(
            procedure="asistencia_sanitaria",
            filing=Filing(filed_on=FILED, source="office", received_on=FILED),
            applicant=form.holder,
            asistencia=(form,),
            family_records=(FamilyRecord(document="d2", people=lines),),
        ),
        least=0.9,
    )
    return told.family_records[0].people, told.asistencia[0].beneficiaries[0].person


def line(name="Luis Ortega", born=BORN, **sure):
    return Named(name=name, role="child", birth_date=born, **sure)


def test_a_doubtful_name_that_is_the_forms_very_one_is_settled():
    """Two sheets in different print were read alike; both places are named."""
    (found,), _ = case(person("Luis", BORN), line(name_confidence=0.89))
    assert found.name_confidence > 0.98
    assert found.agreed == (Evidence("d1", "beneficiaries"),)


def test_a_doubtful_day_of_birth_stays_doubtful():
    """One figure misread makes another day, perhaps the form's."""
    (found,), _ = case(person("Luis", BORN), line(birth_confidence=0.89))
    assert found.birth_confidence == 0.89


@pytest.mark.parametrize(
    ("child", "doubtful"),
    [
        (person("Luisa", BORN), line(name_confidence=0.89)),
        (person("Luis", BORN, sure=0.89), line(name_confidence=0.89)),
        (person("Luis", BORN, others=("Luisa",)), line(name_confidence=0.89)),
        (person("Luis", BORN), line(name_confidence=0.85)),
        (person("Luis", BORN), line(born=BORN.replace(day=28), name_confidence=0.89)),
    ],
    ids=["another name", "a doubtful form", "a form read in two ways", "spoilt", "another day"],
)
def test_what_the_form_does_not_surely_say_settles_nothing(child, doubtful):
    """A line stays as doubtful as it was read."""
    (found,), _ = case(child, doubtful)
    assert found.name_confidence == doubtful.name_confidence


@pytest.mark.parametrize(
    ("told", "settled"),
    [
        ("Íñigo Peña de la Cruz", True),
        ("PENA DE LA CRUZ, INIGO", False),
        ("PEÑA DE LA CRUZ, IÑIGO", True),
        ("Íñigo de la Cruz Peña", False),
        ("Íñigo Peña Cruz", False),
    ],
    ids=["as filed", "n for ñ", "surnames first, no accents", "surnames turned about", "no particles"],
)
def test_only_the_very_letters_in_their_order_are_the_same_reading(told, settled):
    """Who knows the person calls them one name; that a paper was read right, only the same letters say."""
    child = replace(person("Íñigo", BORN, surname="Peña"), second_surname=Fact(value="de la Cruz"))
    (found,), _ = case(child, line(told, name_confidence=0.89))
    assert (found.name_confidence > 0.9) is settled


@pytest.mark.parametrize(
    ("other", "born"),
    [("Luis", None), ("Luis", BORN), ("Luisa", BORN)],
    ids=["no day", "a day", "a like name"],
)
def test_a_name_that_may_be_two_peoples_is_settled_by_neither(other, born):
    """Father and son of one name; one of two twins, whose paper it may be."""
    doubtful = line(born=born, name_confidence=0.89)
    assert case(person("Luis", BORN), doubtful, holder=person(other, PARENTS))[0] == (doubtful,)


def test_who_stands_where_stays_as_doubtful_as_it_was():
    """The form says nothing of the place of a name in a paper."""
    (found,), _ = case(person("Luis", BORN), line(confidence=0.85, name_confidence=0.89))
    assert found.sure == 0.85


def test_the_form_gains_nothing():
    """Other ink may stand in its places, and a doubtful line is not made sure by a doubtful form."""
    lines, child = case(person("Luis", BORN, sure=0.89), line(name_confidence=0.97))
    assert child.given_name.confidence == 0.89
    assert lines == (line(name_confidence=0.97),)
