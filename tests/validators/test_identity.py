"""Who is who across papers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.facts import Fact, Identity, Person
from validators.identity import names_match, person_of, same_person


def person(name=None, surnames=None, number=None, born=None):
    return Person(
        given_name=name and Fact(value=name),
        first_surname=surnames and Fact(value=surnames),
        id_number=number and Fact(value=number),
        birth_date=born and Fact(value=dt.date.fromisoformat(born)),
    )


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("José Núñez de la Torre", "NUÑEZ TORRE JOSE", "same"),
        ("Karim Ben Ali", "Karim Benali", "same"),
        ("María García López", "García López, María del Carmen", "unsure"),
        ("Mohamed El Amrani", "Mohammed Amrani", "unsure"),
        ("Ana Ruiz", "Luis Pérez", "different"),
        ("Ana", "Ana Ruiz Soto", "different"),
        ("", "Ana Ruiz", "unsure"),
    ],
)
def test_names_agree_whatever_accents_particles_and_order(one, other, match):
    """Equal in all words is the same; all words alike is unsure; else different."""
    assert names_match(one, other) == match


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        (("Ana", "Ruiz", "X1234567L", None), ("ANA", "RUIZ", "x-1234567-l", None), "same"),
        (("Ana", "Ruiz", "X1234567L", None), (None, None, "X1234567L", None), "same"),
        (("Ana", "Ruiz", "X1234567L", None), ("Luis", "Pérez", "X1234567L", None), "unsure"),
        (("Ana", "Ruiz", "X1234567L", "1980-01-02"), ("Ana", "Ruiz", "X1234567L", "1980-02-01"), "unsure"),
        (("Ana", "Ruiz", "AB123", "1980-01-02"), ("Ana", "Ruiz", "CD456", "1980-01-02"), "unsure"),
        (("Ana", "Ruiz", "AB123", "1980-01-02"), ("Ana", "Ruiz", "X1234567L", "1980-01-02"), "same"),
        (("Ana", "Ruiz", None, "1980-01-02"), ("Ana", "Ruiz", "X1234567L", None), "unsure"),
        (("Ana", "Ruiz", "X1234567L", None), ("Luis", "Pérez", "Y1234567X", None), "different"),
        ((None, None, None, None), (None, None, None, None), "unsure"),
    ],
)
def test_a_person_is_the_same_by_number_or_by_name_and_birth(one, other, match):
    """A number decides unless name or birth speak against it; without one both must agree."""
    assert same_person(person(*one), person(*other)) == match


words = st.one_of(
    st.none(), st.sampled_from(["Ana", "Ana Ruiz", "Luis Pérez", "García", "X1234567L", "AB12"])
)
births = st.sampled_from([None, "1980-01-02", "1981-01-02"])
people = st.builds(person, words, words, words, births)


@given(people, people)
def test_the_answer_does_not_depend_on_the_order_of_the_papers(one, other):
    """Comparing the other way round gives the same answer."""
    assert same_person(one, other) == same_person(other, one)


def test_a_card_names_its_bearer():
    """The two surnames of a card stand together and still match a form with two fields."""
    card = Identity(
        document="d2",
        number=Fact(value="12345678Z"),
        surnames=Fact(value="RUIZ SOTO"),
        given_name=Fact(value="ANA"),
    )
    form = Person(
        first_surname=Fact(value="Ruiz"),
        second_surname=Fact(value="Soto"),
        given_name=Fact(value="Ana"),
        id_number=Fact(value="12345678Z"),
    )
    assert same_person(form, person_of(card)) == "same"
