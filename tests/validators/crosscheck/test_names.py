"""How two writings of a name differ, and whether a person must look."""

import pytest

from validators.crosscheck.names import compare_names
from validators.facts import Fact, Person


def person(given, first, second=None):
    return Person(
        given_name=Fact(value=given),
        first_surname=Fact(value=first),
        second_surname=second and Fact(value=second),
    )


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (("Ana", "Ruiz", "Soto"), ("Ana", "Ruiz", "Soto"), ()),
        (("José", "Núñez"), ("JOSE", "NUNEZ"), ("letters",)),
        (("Ana", "de la Peña"), ("Ana", "Peña"), ("particles",)),
        (("Jordi", "Puig i Roca"), ("Jordi", "Puig Roca"), ("particles",)),
        (("Ana", "Ruiz", "Soto"), ("Ana", "Soto", "Ruiz"), ("order",)),
        (("Karim", "El Amrani"), ("Karim", "Elamrani"), ("joined",)),
        (("Ana", "García-López"), ("Ana", "García López"), ("hyphen",)),
    ],
)
def test_the_same_name_otherwise_written_needs_nobody(one, other, kinds):
    """Accents, particles, order, joined words and hyphens are tolerated (CE-ID-12)."""
    found = compare_names(person(*one), person(*other))
    assert tuple(d.kind for d in found.differences) == kinds
    assert found.verdict == ("explained" if kinds else "agree")
    assert all(d.tolerated for d in found.differences)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("Mª Teresa", "Ruiz"), ("María Teresa", "Ruiz"), "abbreviation"),
        (("M.ª", "Ruiz"), ("María", "Ruiz"), "abbreviation"),
        (("Ana", "Ruiz", "Soto"), ("Ana", "Ruiz"), "second_surname"),
        (("Ana María", "Ruiz"), ("Ana", "Ruiz"), "part_missing"),
        (("Mohamed", "Amrani"), ("Mohammed", "Amrani"), "spelling"),
        (("Mohamed", "Amrani"), ("Mohamad", "El Amrani"), "spelling"),
    ],
)
def test_a_like_name_is_explained_and_never_agrees_by_guess(one, other, kind):
    """Something must confirm it: the number, or a person."""
    found = compare_names(person(*one), person(*other))
    assert [d.kind for d in found.differences] == [kind]
    assert found.verdict == "explained"
    assert not found.differences[0].tolerated


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ana", "Ruiz"), ("Luis", "Pérez")),
        (("Ma", "Li"), ("María", "Li")),
        (("Ana", "Ruiz", "Soto"), ("Eva", "Ruiz", "Soto")),
    ],
)
def test_another_name_contradicts(one, other):
    """A sister has both surnames; Ma is a name of its own."""
    assert compare_names(person(*one), person(*other)).verdict == "contradiction"


def test_a_paper_without_a_name_cannot_be_compared():
    """Nothing is said for or against."""
    assert compare_names(person("Ana", "Ruiz"), Person()).verdict == "not_comparable"


@pytest.mark.parametrize(
    ("one", "other"), [(("José", "Núñez"), ("Jose", "Nunez")), (("Ana", "A"), ("A", "Ana"))]
)
def test_the_order_of_the_papers_does_not_matter(one, other):
    """Comparing the other way round gives the same."""
    assert compare_names(person(*one), person(*other)) == compare_names(person(*other), person(*one))
