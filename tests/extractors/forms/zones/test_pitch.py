"""Typed pages told by the one distance of their letters; broken letters told by their pieces."""

from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.cleaning import Written
from extractors.forms.zones.pitch import beat, keeps, patchy
from extractors.lines import Box

SCALE = 200 / 72
FONTS = "/usr/share/fonts/truetype"
TYPEWRITER, PRINT = f"{FONTS}/liberation/LiberationMono-Regular.ttf", f"{FONTS}/crosextra/Carlito-Regular.ttf"
NAMES = ("Benali", "María José", "de los Reyes Católicos", "Melilla", "Zambrano")


def place(text, face, stray=0.0):
    """One text in *face*, its letters set one by one, each off by a share of their distance by lot."""
    font, chance = ImageFont.truetype(face, round(10 * SCALE)), Random(text)
    image = Image.new("L", (700, 60), 255)
    pen, x = ImageDraw.Draw(image), 4.0
    for sign in text:
        wide = pen.textlength(sign, font=font)
        pen.text((x + stray * wide * chance.uniform(-1, 1), 40), sign, font=font, fill=0, anchor="ls")
        x += wide
    grey = np.asarray(image)
    ys, xs = np.nonzero(grey < 128)
    cut = grey[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    box = Box(0, 0, cut.shape[1] / SCALE, cut.shape[0] / SCALE)
    return Written(cut, cut < 128, box, high=7.0), text


def test_letters_of_one_breadth_keep_a_beat_over_a_page():
    """Ten to the inch, whatever the words are."""
    page = [place(name, TYPEWRITER) for name in NAMES]
    told = beat(page, SCALE)
    assert told is not None
    assert keeps(page[0][0], told, SCALE)


@pytest.mark.parametrize(
    ("face", "stray"), [(PRINT, 0.0), (TYPEWRITER, 0.4)], ids=["letters of their own breadth", "a hand"]
)
def test_other_letters_keep_none(face, stray):
    """Print has narrow letters and wide ones, and a hand strays even if it means to keep the distance."""
    assert beat([place(name, face, stray) for name in NAMES], SCALE) is None


def test_figures_tell_no_beat():
    """They are of one breadth in most faces, and in a hand that fills in numbers."""
    assert beat([place(text, TYPEWRITER) for text in ("12/03/1984", "611223344", "51001")], SCALE) is None


def test_one_place_is_too_few():
    """The letters of any one word may happen to."""
    assert beat([place(name, TYPEWRITER) for name in NAMES[:1]], SCALE) is None


def test_a_name_of_another_make_does_not_keep_the_beat_of_its_page():
    """It may have been added by hand."""
    told = beat([place(name, TYPEWRITER) for name in NAMES], SCALE)
    assert told is not None
    assert not keeps(place("Encarnación", PRINT)[0], told, SCALE)


@pytest.mark.parametrize(("every", "broken"), [(3, True), (1000, False)])
def test_letters_in_pieces_are_told(every, broken):
    """A fax lost a row in three; what is whole has a piece to a letter, and its dots."""
    page = [place(name, TYPEWRITER) for name in NAMES]
    for found, _ in page:
        found.ink[every::every] = False
    assert patchy(page) is broken
