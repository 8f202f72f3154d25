"""Two homes: what is the same otherwise written, and what is another home."""

import pytest

from validators.crosscheck.addresses import compare_addresses
from validators.facts import Address, Fact

HOME = {
    "street_type": "Calle",
    "street_name": "Real",
    "number": "3",
    "floor": "2",
    "door": "A",
    "city": "Ceuta",
}


def home(**changes):
    parts = {name: value for name, value in (HOME | changes).items() if value}
    return Address(parts={name: Fact(value=value) for name, value in parts.items()})


@pytest.mark.parametrize(
    "changes",
    [
        {"street_type": "C/", "street_name": "REAL", "number": "03"},
        {"floor": "2º", "door": "puerta A"},
        {"floor": "piso 2"},
        {"floor": "2ª planta"},
        {"street_type": "Rúa"},
        {"city": "Ciudad Autónoma de Ceuta"},
    ],
)
def test_the_same_home_otherwise_written_says_nothing(changes):
    """Abbreviations, ordinals, zeros, the language of the street."""
    found = compare_addresses(home(), home(**changes))
    assert [d.kind for d in found.differences] == ["notation"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("bajo", "Bj."), ("Izquierda", "IZQ"), ("dcha.", "derecha"), ("s/n", "S. N."), ("12 B", "12-B")],
)
def test_floors_doors_and_numbers_have_many_writings(one, other):
    """Each of them as house number."""
    assert compare_addresses(home(number=one), home(number=other)).verdict == "explained"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"street_name": "Mayor"}, "other_street"),
        ({"street_type": "Plaza"}, "other_street"),
        ({"number": "5"}, "other_house"),
        ({"number": "3 bis"}, "other_house"),
        ({"floor": "3"}, "other_flat"),
        ({"door": "B"}, "other_flat"),
        ({"city": "Melilla"}, "other_town"),
    ],
)
def test_another_home_contradicts(changes, kind):
    """Only what would be another door speaks."""
    found = compare_addresses(home(), home(**changes))
    assert (found.verdict, [d.kind for d in found.differences]) == ("contradiction", [kind])


def test_another_postal_code_contradicts():
    """51001 and 51002 are not the same place."""
    found = compare_addresses(home(postal_code="51001"), home(postal_code="51002"))
    assert [d.kind for d in found.differences] == ["other_postal_code"]


def test_a_part_that_one_paper_lacks_says_nothing():
    """Registers often leave the door out."""
    found = compare_addresses(home(), home(door="", floor=""))
    assert [(d.kind, d.tolerated) for d in found.differences] == [("address_part", True)]


def test_the_kind_of_street_may_stand_in_its_name():
    """A line that was not taken apart."""
    one = home(street_type="", street_name="Avda. de España")
    assert compare_addresses(one, home(street_type="Avenida", street_name="España")).verdict == "explained"


def test_an_empty_address_cannot_be_compared():
    """Nothing to say."""
    assert compare_addresses(Address(), home()).verdict == "not_comparable"
