"""The second recogniser: what it says of one line, and how sure that is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.raster import Grey
from extractors.reading.words import recogniser

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"


def line(text: str, *, wide: int = 700, grey: int = 0) -> Grey:
    """Return one line of print with much white around it."""
    picture = Image.new("L", (wide, 140), 255)
    ImageDraw.Draw(picture).text((60, 40), text, font=ImageFont.truetype(FACE, 40), fill=grey)
    return np.asarray(picture)


@pytest.mark.parametrize("text", ["Núñez Güell", "15/07/2009", "X1234567L", "1", "C/ Real, 3"])
def test_a_clean_line_is_read_whatever_white_stands_around_it(text: str) -> None:
    """Margins are the recogniser's own affair."""
    told = recogniser.tell([line(text)])[0]

    assert told.text == text
    assert told.sure > 0.9


def test_faint_print_is_read_as_black_print_is() -> None:
    """Contrast is levelled before the model sees it."""
    assert recogniser.tell([line("Etxeberria", grey=190)])[0].text == "Etxeberria"


def test_a_line_too_wide_for_the_model_is_read_in_pieces() -> None:
    """What is parted between two words comes together again."""
    text = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte"

    assert recogniser.tell([line(text, wide=1700)])[0].text == text


def test_only_the_signs_asked_for_are_seen() -> None:
    """A zero among figures is no letter, however it looks."""
    assert recogniser.tell([line("6O5 4O1")], "0123456789")[0].text.replace(" ", "") == "605401"


@pytest.mark.parametrize(
    "bare",
    [np.full((50, 300), 255, np.uint8), np.zeros((50, 300), np.uint8), np.zeros((0, 9), np.uint8)],
    ids=["white", "black", "nothing"],
)
def test_a_crop_without_ink_says_nothing_with_no_certainty(bare: Grey) -> None:
    """Neither paper nor a black patch is writing."""
    assert recogniser.tell([bare]) == [("", 0.0)]


def test_what_is_hardly_legible_is_told_with_little_certainty() -> None:
    """The worst letter counts, and the letter that nearly was there."""
    clear = line("18/07/2009")

    blurred = recogniser.tell([cv2.GaussianBlur(clear, (0, 0), 7)])[0]

    assert blurred.sure < 0.7 < recogniser.tell([clear])[0].sure


@pytest.mark.parametrize("text", ["3º", "10º", "2º B", "2ª", "30", "19", "12a", "28/10/1990"])
def test_a_raised_o_is_told_from_a_zero_by_its_place(text: str) -> None:
    """A third floor is not a thirtieth, and no figure of a number becomes an ordinal."""
    assert recogniser.tell([line(text)])[0].text.replace(" ", "") == text.replace(" ", "")
