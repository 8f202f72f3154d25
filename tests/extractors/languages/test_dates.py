"""Dates are found in every language and way of writing, and impossible ones are never guessed."""

import datetime as dt

import pytest

from extractors.languages.dates import dates_in
from extractors.languages.numbers import number

MARCH = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "02/03/2026",
        "2-3-2026",
        "2.3.2026.",
        "2026-03-02",
        "2026/03/02",
        "02 / 03 / 2026",
        "02-MAR-2026",
        "2-III-2026",
        "2 de marzo de 2026",
        "2 de marzo del 2026",
        "2 de marzo de 2.026",
        "2 de marzo del año 2026",
        "a dos de marzo de dos mil veintiséis",
        "a dos (2) de marzo de dos mil veintiséis (2026)",
        "2 de\nmarzo de 2026",
        "dous de marzo de dous mil vinte e seis",
        "2 de març de 2026",
        "dos de març de dos mil vint-i-sis",
        "dos de març de l'any dos mil vint-i-sis",
        "2026ko martxoaren 2a",
        "2026.eko martxoaren 2an",
        "2026ko martxoaren 2tik aurrera",
        "bi mila eta hogeita seiko martxoaren bia",
        "2nd March 2026",
        "March 2, 2026",
        "2 mars 2026",
        "2 de março de 2026",
    ],
)
def test_one_day_written_in_many_ways_is_one_date(text):
    """However a paper writes the second of March, it is found once and surely."""
    assert [(date.value, date.certainty > 0.95) for date in dates_in(text)] == [(MARCH, True)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1º de xuño de 2024", dt.date(2024, 6, 1)),
        ("primero de enero de dos mil veinte", dt.date(2020, 1, 1)),
        ("l'1 d'abril de 2026", dt.date(2026, 4, 1)),
        ("19-abe-1962", dt.date(1962, 12, 19)),
        ("2016ko martxoaren 14ª", dt.date(2016, 3, 14)),
        ("21-EKA-2018", dt.date(2018, 6, 21)),
        ("u d’octubre de mil nou-cents noranta-nou", dt.date(1999, 10, 1)),
        ("vinte e catro de setembro de dous mil vinte e cinco", dt.date(2025, 9, 24)),
        ("treinta y uno de diciembre de mil novecientos noventa y nueve", dt.date(1999, 12, 31)),
        (
            "mila bederatziehun eta laurogeita hemeretziko abenduaren hogeita hamaika",
            dt.date(1999, 12, 31),
        ),
        ("29/02/2024", dt.date(2024, 2, 29)),
    ],
)
def test_ordinals_words_and_leap_days_are_read(text, value):
    """First days, spelled days of every language and leap days come out right."""
    assert [date.value for date in dates_in(text)] == [value]


@pytest.mark.parametrize(
    "text", ["31/02/2025", "29/02/2025", "05/13/2025", "1O/05/2019", "??/05/2019", "2 de rnarzo de 2026"]
)
def test_what_looks_like_a_date_and_is_none_is_found_without_a_value(text):
    """Impossible or damaged dates keep their place, with no value and no certainty."""
    assert [(date.value, date.certainty, date.text) for date in dates_in(text)] == [(None, 0.0, text)]


@pytest.mark.parametrize("text", ["02/03/26", "2-mar-26", "2 de marzo de 26"])
def test_a_year_of_two_figures_is_doubtful(text):
    """The century is a guess, and the paper is told so."""
    assert [(date.value, date.certainty <= 0.5) for date in dates_in(text)] == [(MARCH, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Exp. 12/03/2026/0045",
        "asiento 2026/03/0211",
        "ES91 2100 0418 4502 0005",
        "Calle 2 de Mayo, 10",
        "Calle 2 de Mayo, 12, 2020 Ceuta",
        "Ley 7/1985, artículo 16",
    ],
)
def test_numbers_of_files_accounts_streets_and_laws_are_no_dates(text):
    """Nothing is read as a date that only has its figures."""
    assert dates_in(text) == ()


def test_words_of_a_year_that_may_be_the_next_day_are_doubtful():
    """In "dos mil veinte y cinco de mayo" the five may belong to the year or to May."""
    first = dates_in("uno de abril de dos mil veinte y cinco de mayo de dos mil veintiuno")[0]
    assert first.certainty < 0.5


def test_dates_keep_their_place():
    """The place of a date is that of its words in the text as given."""
    text = "Alta: 10 de MAYO de 2019; baja 01/02/2020"
    assert [text[date.start : date.end] for date in dates_in(text)] == ["10 de MAYO de 2019", "01/02/2020"]


@pytest.mark.parametrize("text", ["seis veinte", "treinta veinte", "mil mil", "dos cuatro"])
def test_number_words_that_do_not_add_up_are_no_number(text):
    """Words must go from large to small, each into the room that is left."""
    assert number(text) is None


@pytest.mark.parametrize(
    "text", ["06.12/2014", "06/12.2014", "06.12,2014", "06-12.2014", "6-dic*2014", "6-dic2014", "06abe-2014"]
)
def test_signs_that_a_scan_confused_leave_a_date_that_a_person_looks_at(text):
    """What parts day, month and year says nothing, but no paper writes it two ways."""
    assert [(date.value, date.certainty < 0.9) for date in dates_in(text)] == [(dt.date(2014, 12, 6), True)]


@pytest.mark.parametrize("text", ["6.12/2014", "14.06.12/2014", "31.02/2014", "06,12,2014"])
def test_numbers_of_files_are_no_dates(text):
    """One figure less, or more before it, and it counts something."""
    assert [date for date in dates_in(text) if date.value] == []


@pytest.mark.parametrize(
    "text",
    [
        "el veint1 seis de mayo de dos mil catorce",
        "el vcinte y seis de mayo de 2014",
        "el 2 6 de mayo de 2014",
        "el seis de mayo de dos mil d1ecisiete",
        "el seis de mayo de mil novecientos noventa y n ueve",
    ],
)
def test_half_a_number_beside_a_word_that_nobody_read_is_doubtful(text):
    """The day of units alone, or the year of thousands alone, would be another date."""
    assert all(found.certainty <= 0.5 for found in dates_in(text))


def test_words_behind_a_year_that_are_no_numbers_leave_no_doubt():
    """A baja told right behind."""
    text = "alta el seis de mayo de dos mil catorce y baja el diez de mayo de dos mil quince"
    assert [found.certainty for found in dates_in(text)] == [0.99, 0.99]
