"""The last look: at ink drawn black, for its letters alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.letters import in_letters
from extractors.forms.zones.manner import Manner
from extractors.forms.zones.raised import broad
from extractors.reading.raster import Grey
from extractors.reading.words.recogniser import letter, tell

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
NAME = Manner("name")


def line(text: str, ink: int = 20) -> Grey:
    """Return one line of print whose letters are as high as places bring them, in so dark an ink."""
    font = ImageFont.truetype(FACE, 42)
    picture = Image.new("L", (round(font.getlength(text)) + 24, 66), 255)
    ImageDraw.Draw(picture).text((12, 6), text, font=font, fill=ink)
    return np.asarray(picture)


@pytest.mark.parametrize(
    ("sign", "told"), [("Ñ", "n"), ("ò", "o"), ("V", "v"), ("I", "i"), ("l", "l"), ("ª", "ª"), ("Ø", "ø")]
)
def test_a_letter_is_what_is_left_of_a_sign_without_accent_and_case(sign: str, told: str) -> None:
    """A small l is no capital I, a raised sign is no letter, and a stroke through one is no accent."""
    assert letter(sign) == told


def test_which_accent_a_letter_has_lowers_no_certainty_of_the_letter() -> None:
    """Small and blurred, a dieresis may be any accent."""
    small = np.asarray(Image.fromarray(line("Aïcha")).resize((36, 18), Image.Resampling.BILINEAR))
    signs, letters = tell([small])[0], tell([small], letters=True)[0]

    assert letters.text == "aicha"
    assert letters.sure > signs.sure


def test_pale_ink_is_seen_as_if_it_were_black() -> None:
    """The ribbon is worn, the letters are whole."""
    sure = in_letters([line("Óscar", 150)], NAME, "Óscar")

    assert sure is not None
    assert sure.second > 0.95


@pytest.mark.parametrize("text", ["Óscan", "Os car", "Oscar1"])
def test_other_letters_than_were_seen_are_not_vouched_for(text: str) -> None:
    """White between letters parts two names, too."""
    assert in_letters([line("Óscar")], NAME, text) is None


@pytest.mark.parametrize(("text", "is_broad"), [("2", False), ("4", False), ("2ª", True)])
def test_a_figure_as_broad_as_high_holds_more_than_itself(text: str, is_broad: bool) -> None:
    """A raised sign that runs into its figure is seen by neither reader."""
    assert broad([line(text)], text[0]) == is_broad


def test_a_figure_beside_what_is_left_of_a_worn_sign_is_broad() -> None:
    """Of the sign of a first floor a copy left a ring too pale to be ink; both readers were sure of a 1."""
    worn = line("1º")
    foot = np.flatnonzero((worn < 160).any(axis=0))
    parted = int(np.flatnonzero(np.diff(foot) > 1)[0])
    sign = slice(int(foot[parted]) + 1, None)
    pale = worn.copy()
    pale[:, sign] = np.maximum(pale[:, sign], 180)

    assert (broad([pale], "1"), broad([line("1")], "1")) == (True, False)
