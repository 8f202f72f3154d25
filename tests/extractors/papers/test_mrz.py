"""Machine readable zones: layouts, check digits, and where they stand on a page."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.mrz.lines import zones
from extractors.mrz.zones import digit, zone

TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]


@pytest.mark.parametrize(
    ("text", "expected"), [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("<<<", "0")]
)
def test_check_digits_of_the_standards_example(text, expected):
    """Weights 7-3-1 give the digits that Doc 9303 prints."""
    assert digit(text) == expected


@pytest.mark.parametrize(("rows", "form"), [(TD3, "TD3"), (TD1, "TD1"), (TD2, "TD2")])
def test_the_three_specimens_are_valid(rows, form):
    """The standard's own specimens hold in all three formats."""
    found = zone(rows)
    assert (found.form, found.valid, found.surnames, found.given_name) == (
        form,
        True,
        "ERIKSSON",
        "ANNA MARIA",
    )


@pytest.mark.parametrize("place", [0, 9, 13, 19, 21, 27, 28, 42, 43])
def test_one_wrong_figure_is_noticed_wherever_it_stands(place):
    """No figure of a passport's lower line can change without a digit failing."""
    low = TD3[1]
    wrong = low[:place] + ("7" if low[place] != "7" else "3") + low[place + 1 :]
    assert not zone([TD3[0], wrong]).valid


def test_a_zone_that_holds_only_after_a_repair_proves_nothing():
    """The letter O for a nought is understood, but the zone is not called valid."""
    found = zone([TD3[0], TD3[1].replace("7408122F", "74O8122F")])
    assert (found.failing, found.repaired, found.valid) == ((), True, False)


def test_lost_fillers_are_no_fault():
    """A reader that drops fillers of a run has lost nothing."""
    assert zone([TD1[0][:-5], TD1[1].replace("<<<<<", "<<", 1), TD1[2][:-6]]).valid


def test_a_spanish_card_carries_the_dni_as_optional_data(td1):
    """Support number as document number, DNI beside it."""
    found = zone(
        td1(
            code="ID",
            issuer="ESP",
            number="BAA000589",
            optional="00000014Z",
            birth="800503",
            sex="F",
            expiry="300101",
            nationality="ESP",
            names="LLEDO<IBARRA<<TERESA",
        )
    )
    assert (found.valid, found.number, found.spanish_number) == (True, "BAA000589", "00000014Z")
    assert (found.birth_dates[0], found.expires_on) == (dt.date(1980, 5, 3), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("birth", "expiry", "nationality", "years"),
    [
        ("500101", "990101", "ESP", [1950]),
        ("310101", "350101", "MAR", [2031, 1931]),
        ("190101", "300101", "MAR", [2019]),
        ("250101", "300101", "ESP", [2025]),
        ("310101", "300101", "MAR", [1931]),
    ],
)
def test_who_was_too_old_or_not_yet_born_settles_the_century(td1, birth, expiry, nationality, years):
    """A card that never ends is an old person's; a DNI that ends is none of a person over eighty."""
    found = zone(
        td1(
            code="ID",
            issuer="ESP",
            number="BAA000589",
            optional="00000014Z",
            birth=birth,
            sex="F",
            expiry=expiry,
            nationality=nationality,
            names="LLEDO<IBARRA<<TERESA",
        )
    )
    assert [day.year for day in found.birth_dates] == years


def test_a_number_longer_than_its_place_runs_on():
    """Doc 9303-5: the rest of a long document number follows in the optional data."""
    found = zone(
        ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<<<<<<<<<<<<<<"]
    )
    assert (found.number, found.valid) == ("D23145890734", True)


def test_a_zone_is_found_among_other_print_and_with_blanks_inside(sheet):
    """A text layer may part a zone's line into words, and print may stand beside it."""
    spaced = [
        (60, 400 + 14 * row, text[:11] + " " + text[11:], 10, "Courier") for row, text in enumerate(TD1)
    ]
    page = sheet([(60, 60, "Copia de la tarjeta", 12), (430, 414, "Sello y firma"), *spaced])[0]
    (found,) = zones(page)
    assert (found.zone.valid, found.zone.number) == (True, "D23145890")
    assert 380 < found.box.y0 < 400
    assert found.box.x1 < 400


def test_two_cards_on_a_page_are_two_zones(sheet):
    """The copies of two passports stand one below the other."""
    first = [(60, 300 + 14 * row, text, 9, "Courier") for row, text in enumerate(TD3)]
    second = [(60, 600 + 14 * row, text, 9, "Courier") for row, text in enumerate(TD2)]
    assert [found.zone.form for found in zones(sheet([*first, *second])[0])] == ["TD3", "TD2"]


def test_the_official_forms_hold_no_zone(blank_forms):
    """Printed forms are never taken for a zone."""
    assert not any(zones(page) for pages in blank_forms.values() for page in pages)
