"""Check letters, account numbers and social security numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.numbers import (
    check_letter_holds,
    iban_holds,
    plain,
    shape,
    social_security_formulas,
    support_of,
)

LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("12345678Z", True),
        ("12.345.678-z", True),
        ("12345678A", False),
        ("X1234567L", True),
        ("X-01234567-L", True),
        ("Z2757735Z", False),
        ("K1234567L", True),
        ("K1234567A", False),
        ("AB1234567", None),
        ("", None),
    ],
)
def test_a_check_letter_holds_or_not_or_does_not_exist(number, holds):
    """DNI, NIE and NIF have a letter to check; a passport has none."""
    assert check_letter_holds(number) is holds


@given(st.integers(0, 99_999_999), st.sampled_from(LETTERS))
def test_one_letter_of_twenty_three_fits_a_dni(number, letter):
    """Only the letter at number modulo 23 is right."""
    assert check_letter_holds(f"{number:08d}{letter}") is (LETTERS[number % 23] == letter)


@pytest.mark.parametrize(
    ("number", "form"),
    [("1234567L", "dni"), ("Y1234567X", "nie"), ("M1234567L", "nif"), ("PA1234567", "other")],
)
def test_the_shape_tells_the_kind(number, form):
    """A DNI without its leading zero is still a DNI."""
    assert shape(number) == form


def test_separators_do_not_matter():
    """Blanks, dots, hyphens and slashes are dropped, letters raised, the lost zero given back."""
    assert plain(" 1.234.567-l ") == "01234567L"


@pytest.mark.parametrize(
    ("iban", "holds"),
    [
        ("ES91 2100 0418 4502 0005 1332", True),
        ("ES9121000418450200051333", False),
        ("DE89370400440532013000", True),
        ("ES91", False),
    ],
)
def test_an_iban_holds_by_its_remainder_and_account_digits(iban, holds):
    """A Spanish IBAN needs both checks, a foreign one its remainder."""
    assert iban_holds(iban) is holds


def test_a_spanish_iban_with_wrong_account_digits_fails():
    """A right remainder over wrong account digits does not make an account."""
    bank = "21000418460200051332"
    check = 98 - int(bank + "142800") % 97
    assert not iban_holds(f"ES{check:02d}{bank}")


@pytest.mark.parametrize(
    ("number", "formulas"),
    [
        ("510123456708", {"plain"}),
        ("510123456744", {"short"}),
        ("28/00000099-39", {"plain"}),
        ("280000009993", {"short"}),
        ("281234567840", {"plain", "short"}),
        ("281234567841", set()),
        ("28123456784", set()),
    ],
)
def test_both_formulas_of_social_security_are_known(number, formulas):
    """Below ten million the two formulas differ, above they are one."""
    assert social_security_formulas(number) == formulas


@pytest.mark.parametrize(
    ("number", "card"), [("E12345678", "tie"), ("C12345678", "eu_certificate"), ("E1234567", None)]
)
def test_a_support_number_tells_its_card(number, card):
    """E with eight digits is a TIE, C a certificate of the Union."""
    assert support_of(number) == card
