"""What a text field draws is held against what it holds, however the drawing writes its letters."""

from __future__ import annotations

import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from extractors.reading.layer.appearance import content, differs

FILE = pikepdf.new()


def font(subtype: str = "/Type1", differences: tuple[int | str, ...] = ()) -> Dictionary:
    """Return a font that draws other glyphs for some codes."""
    changed = Array([one if isinstance(one, int) else Name(f"/{one}") for one in differences])
    return Dictionary(Subtype=Name(subtype), Encoding=Dictionary(Differences=changed))


def look(drawn: bytes, one: Dictionary | None = None) -> Stream:
    """Return the appearance of a field, with the font that it brings along."""
    made = Stream(FILE, b"BT /F 9 Tf 2 4 Td " + drawn + b" ET")
    if one is not None:
        made.Resources = Dictionary(Font=Dictionary(F=one))
    return made


@pytest.mark.parametrize(
    "drawn", [b"(Nouri) Tj", b"[(No) -20 (uri)] TJ", b"<4E6F757269> Tj", b"[<4E6F> -20 <75 7269>] TJ"]
)
def test_letters_are_told_in_every_way_of_writing(drawn):
    """Plainly, in parts, and in hexadecimal for a font of one byte for each letter."""
    assert (differs(look(drawn, font()), "Nouri"), differs(look(drawn, font()), "Benali")) == (False, True)


@pytest.mark.parametrize("one", [None, font("/Type0")])
def test_codes_of_a_composite_font_are_not_told(one):
    """Only its program knows what they draw."""
    assert not differs(look(b"<004E006F> Tj", one), "Benali")


@pytest.mark.parametrize("differences", [(69, "B"), (51, "nine"), (65, "A", "C")])
def test_a_font_that_draws_one_letter_for_another_is_not_believed(differences):
    """Then the drawing shows something else than its letters say."""
    assert differs(look(b"(Nouri) Tj", font(differences=differences)), "Nouri")


@pytest.mark.parametrize("differences", [(24, "breve", 39, "quotesingle"), (65, "A", "B"), (200, "a")])
def test_the_usual_tables_of_forms_are_believed(differences):
    """Signs, accents, and letters under their own codes."""
    assert not differs(look(b"(Nouri) Tj", font(differences=differences)), "Nouri")


def packed(drawn: bytes, times: int) -> Stream:
    """Return a drawing that is packed so many times."""
    for _ in range(times):
        drawn = zlib.compress(drawn, 9)
    return Stream(FILE, drawn, Filter=Array([Name.FlateDecode] * times))


def test_a_drawing_that_may_swell_without_end_is_not_believed_nor_unpacked():
    """One packed twice, and one of more bytes than any field's."""
    assert differs(packed(b"(Nouri) Tj", 2), "Nouri")
    assert content(Stream(FILE, bytes(30_001), Filter=Name.FlateDecode)) is None
    assert content(packed(b"(Nouri) Tj", 1)) == b"(Nouri) Tj"
