"""One line read by both, and again where the first look leaves doubt."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.template import Zone
from extractors.forms.zones.kinship import kin
from extractors.forms.zones.looks import apart, hollow
from extractors.forms.zones.naming import doubtful
from extractors.forms.zones.proofs import likeness
from extractors.forms.zones.raised import lowered
from extractors.forms.zones.twice import twice
from extractors.lines import Box
from extractors.reading.raster import Grey

FACES = "/usr/share/fonts/truetype/liberation/Liberation{}-Regular.ttf"


def line(text: str, face: str = "Serif") -> Grey:
    """Return one line of print whose letters are as high as places bring them."""
    font = ImageFont.truetype(FACES.format(face), 42)
    picture = Image.new("L", (round(font.getlength(text)) + 24, 66), 255)
    ImageDraw.Draw(picture).text((12, 6), text, font=font, fill=20)
    return np.asarray(picture)


def zone(leaf: str) -> Zone:
    """Return a place for the last part of a field's name."""
    return Zone(
        name=f"applicant.{leaf}", kind="text", box=Box(0, 0, 90, 12), label=(), ink=0.0, acroform="",
        value=None, part=None,
    )  # fmt: skip


@pytest.mark.parametrize("face", ["Serif", "Sans"])
@pytest.mark.parametrize("text", ["3º", "2ª", "1º"])
def test_a_figure_and_its_raised_sign_are_read_apart(text: str, face: str) -> None:
    """Side by side they are 30, 24 or a word to one reader or the other."""
    assert twice(zone("address.door"), [line(text, face)]).text == text


@pytest.mark.parametrize("text", ["30", "19", "2B"])
def test_a_figure_on_the_line_is_no_raised_sign(text: str) -> None:
    """A thirtieth floor stays one."""
    assert twice(zone("address.door"), [line(text)]).text == text


@pytest.mark.parametrize(("typed", "told"), [("1zq", "Izq"), ("lzq", "Izq"), ("Lzq", "Lzq"), ("1", "1")])
def test_a_stroke_before_zq_is_the_capital_of_a_left_door(typed: str, told: str) -> None:
    """Typewriters without a capital I have a 1 or an l for it; a first door stays one, and an L an L."""
    seen = twice(zone("address.door"), [line(typed, "Sans")])
    assert (seen.text, seen.signals.second in {"same", "often", "letters", "listed"}) == (told, True)


def test_a_tenth_floor_is_no_first_one() -> None:
    """Its nothing stands as high as the one, whatever the readers make of it; a raised sign hangs."""
    assert (lowered([line("10", "Sans")], "1º"), lowered([line("1º", "Sans")], "1º")) == (True, False)


def test_a_number_from_which_a_figure_may_be_lost_is_in_doubt() -> None:
    """Correction fluid made 1 0 of 110, which is no 10."""
    assert twice(zone("address.number"), [line("1  0", "Sans")]).signals.second == "other"


@pytest.mark.parametrize("face", ["Sans", "Mono"])
def test_two_ones_have_no_figure_between_them(face: str) -> None:
    """However narrow they are."""
    assert not hollow([line("11", face)], "11")


def test_a_number_is_as_sure_with_blanks_as_without() -> None:
    """Whether somebody grouped its figures means nothing, and costs no certainty."""
    seen = twice(zone("mobile"), [line("612 345 678", "Sans")])

    assert seen.text.replace(" ", "") == "612345678"
    assert seen.signals.told > 0.98


def test_an_account_that_proves_itself_twice_needs_no_second_look() -> None:
    """Its own check digits and those of the bank hold: no misreading keeps both."""
    assert twice(zone("iban"), [line("ES9121000418450200051332", "Sans")]).signals.proof == "twice"


def test_a_slash_that_one_reader_takes_for_a_letter_stays_a_slash() -> None:
    """No street is a CI."""
    seen = twice(zone("address.street_type"), [line("C/", "Sans")])

    assert {seen.first.text, seen.second.text} == {"C/", "CI"}
    assert seen.text == "C/"


def test_white_between_letters_parts_two_words() -> None:
    """Two names and one name are two values: where the readers differ in that they do not agree."""
    seen = twice(zone("first_surname"), [line("San Martín", "Sans")])

    assert seen.text == "San Martín"
    assert seen.signals.second in {"same", "accents"}


@pytest.mark.parametrize(("one", "other"), [("LI NA", "LINA"), ("Abdel Ali", "AbdelAli")])
def test_white_beside_a_bar_parts_two_words_as_well(one: str, other: str) -> None:
    """Whichever letter the bar is: LINA TEO passed for LI NA TEO, which the recogniser saw."""
    assert kin(zone("given_name"), one, other) == "other"


@pytest.mark.parametrize("text", ["C", "V", "G"])
def test_a_letter_alone_is_seen_by_the_engine_too_when_it_stands_there_thrice(text: str) -> None:
    """On a line of its own the engine takes it for two letters, or for a figure."""
    seen = twice(zone("address.stair"), [line(text, "Serif")])

    assert seen.text == text
    assert seen.signals.second in {"same", "often"}


def test_a_name_that_begins_with_a_bar_before_a_vowel_is_never_agreed() -> None:
    """In this face a capital I and a small l are one stroke to both readers."""
    seen = twice(zone("first_surname"), [line("Ionescu", "Sans")])

    assert seen.text == "Ionescu" or seen.signals.second == "other"


@pytest.mark.parametrize(("text", "proof"), [("10", "none"), ("1o", "failed")])
def test_a_tenth_floor_whose_figures_stand_on_one_foot_is_no_first_one(text: str, proof: str) -> None:
    """A first floor blurred reads as ten to everybody: only the picture tells them apart."""
    assert twice(zone("address.floor"), [line(text, "Sans")]).signals.proof == proof


def test_a_letter_of_an_identifier_that_the_engine_takes_for_a_figure_is_still_the_same() -> None:
    """A number of nine signs whose body calls for Q ends in one, where the engine sees a zero."""
    assert likeness("X67617860") == likeness("X6761786Q")
    assert likeness("X67617850") != likeness("X6761786Q")


def test_mary_cut_short_is_read_alike_by_both() -> None:
    """The engine takes the raised sign for a figure, of which no name has one."""
    seen = twice(zone("given_name"), [line("José Mª Ángel", "Sans")])

    assert seen.text == "José Mª Ángel"
    assert seen.signals.second in {"same", "accents", "often", "letters"}


@pytest.mark.parametrize("text", ["Íñigo", "ÖZTÜRK"])
def test_who_is_sure_of_the_letters_need_not_be_sure_of_their_accents(text: str) -> None:
    """Both see the name, and the recogniser wavers between two accents of a letter."""
    signals = twice(zone("given_name"), [line(text, "Sans")]).signals

    assert signals.second == "letters"
    assert signals.told > 0.95


def test_white_as_wide_as_between_words_in_a_short_name_leaves_doubt() -> None:
    """Of two names of two letters each both readers may make one."""
    assert apart([line("LI NA", "Serif")], "LINA")
    assert not apart([line("LINA", "Serif")], "LINA")


@pytest.mark.parametrize(("name", "doubted"), [("enali", True), ("de la Fuente", False), ("Benali", False)])
def test_a_name_that_lost_its_capital_is_in_doubt(name: str, doubted: bool) -> None:
    """A fax took the B; a particle has none."""
    assert doubtful(name, [line(name)]) == doubted
