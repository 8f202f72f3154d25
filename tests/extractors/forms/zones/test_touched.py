"""Figures that a pen made of others, in the print's own colour: by shape, and by the ink where it crosses."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.touched import touched_up
from extractors.reading.words.signs import Figures

FACE = "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf"
PRINT = ("62845371", "19074630", "15094738")


def value(text, pen=None, breadth=3):
    """One printed *text*; a *pen* goes over it from point to point, in parts of its first figure's size."""
    image = Image.new("L", (400, 60), 255)
    draw, x = ImageDraw.Draw(image), 30.0
    for sign in text:
        draw.text((x, 44), sign, font=ImageFont.truetype(FACE, 32), fill=40, anchor="ls")
        x += 20
    grey = np.asarray(image).copy()
    if pen is not None:
        points = [(31 + 14 * across, 23 + 21 * down) for across, down in pen]
        cv2.polylines(grey, [np.int32(points)], False, 40, breadth, cv2.LINE_AA)
    ys, xs = np.nonzero(grey < 160)
    cut = grey[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return Figures(cut, cut < 160, text, True)


def page(asked, shown=PRINT):
    """Whether the value *asked* is in doubt among those of a page; no other may be."""
    found = touched_up(dict(enumerate([asked, *map(value, shown)])))
    assert found <= {0}
    return bool(found)


def test_print_is_as_its_machine_writes_it():
    """Whichever figures stand in a value."""
    assert not any(page(value(text)) for text in ("12", "8063", "4"))


@pytest.mark.parametrize("read", ["12", "72"])
def test_a_seven_made_of_a_one_is_in_doubt(read):
    """Whether it is read as what it was or as what it became."""
    touched = value("12", pen=[(-0.7, 0.05), (0.6, 0.05)])
    assert page(touched._replace(text=read))


def test_a_pen_across_print_leaves_a_darker_spot():
    """A 0 of which a pen made something else, still read as it was."""
    assert page(value("063", pen=[(0.1, 0.6), (0.5, 0.45), (0.9, 0.65)], breadth=5))


def test_a_page_of_few_figures_tells_nothing():
    """There is not enough to compare with."""
    assert not page(value("12", pen=[(-0.7, 0.05), (0.6, 0.05)]), shown=("6284",))
