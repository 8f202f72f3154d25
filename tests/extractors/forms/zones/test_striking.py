"""A stroke of a pen through a value: it leans, and may go through one letter alone."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.striking import struck

FACE = ImageFont.truetype("/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf", 30)
HIGH = 19.0


def ink(text, line=()):
    """The ink of a value with white around it, and a line across it from one point to another."""
    image = Image.new("L", (260, 60), 255)
    pen = ImageDraw.Draw(image)
    pen.text((20, 30), text, font=FACE, fill=0, anchor="lm")
    pen.line(line, fill=0, width=2)
    dark = np.asarray(image) < 128
    return np.pad(dark[dark.any(axis=1)][:, dark.any(axis=0)], 1)


@pytest.mark.parametrize(
    ("text", "line"), [("Algeciras", (14, 36, 150, 26)), ("B", (12, 33, 44, 29))], ids=["a word", "a letter"]
)
def test_a_thin_stroke_that_leans_strikes_out(text, line):
    """Nobody draws it level."""
    assert struck(ink(text, line), HIGH)


@pytest.mark.parametrize("text", ["Algeciras", "B", "EFE", "H", "4ª"])
def test_the_bars_of_letters_strike_nothing_out(text):
    """They are shorter than a letter is high, or part two of them."""
    assert not struck(ink(text), HIGH)
