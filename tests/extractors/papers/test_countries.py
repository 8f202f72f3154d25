"""Countries by name, demonym and code."""

from __future__ import annotations

import pytest

from extractors.languages.countries import alpha3, countries_in, country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Marruecos", "MAR"),
        ("MARROQUÍ", "MAR"),
        ("marroquina", "MAR"),
        ("MAR", "MAR"),
        ("Reino de Marruecos", "MAR"),
        ("Royaume du Maroc", "MAR"),
        ("Tetuán (Marruecos)", "MAR"),
        ("argelina", "DZA"),
        ("alxeriano", "DZA"),
        ("Française", "FRA"),
        ("D", "DEU"),
        ("alemana", "DEU"),
        ("Alemanya", "DEU"),
        ("Erresuma Batua", "GBR"),
        ("British Citizen", "GBR"),
        ("GBN", "GBR"),
        ("EE.UU.", "USA"),
        ("Côte d'Ivoire", "CIV"),
        ("República Dominicana", "DOM"),
        ("Dominica", "DMA"),
        ("Guinea Ecuatorial", "GNQ"),
        ("nigérien", "NER"),
        ("nigérian", "NGA"),
        ("apátrida", "XXA"),
        ("República de Panamá", "PAN"),
        ("ESPAÑOLA", "ESP"),
    ],
)
def test_a_country_is_known_by_name_demonym_and_code(text, code):
    """Every way a paper names a country leads to the same code."""
    assert country(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Melilla",
        "Ceuta",
        "Granada",
        "Santa Lucía",
        "",
        "mar",
        "UTO",
        "Francia y Marruecos",
        "congoleño",
        "ZZZ",
    ],
)
def test_what_is_no_country_stays_unknown(text):
    """Towns, names shared with towns, words in small letters and two countries at once give nothing."""
    assert country(text) is None


def test_two_different_countries_in_one_text_are_not_settled():
    """A text in two parts that name two countries has no answer."""
    assert country("Marruecos / Argelia") is None


def test_the_zones_german_code_is_iso_germany():
    """The machine readable zone writes Germany with one letter."""
    assert alpha3("D") == "DEU"


def test_countries_are_found_in_running_text_longest_name_first():
    """Guinea Ecuatorial is not Guinea."""
    found = [named.code for named in countries_in("natural de Guinea Ecuatorial, residente en Francia")]
    assert found == ["GNQ", "FRA"]
