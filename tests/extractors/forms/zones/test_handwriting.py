"""Print told from a clear hand by the line on which its letters stand."""

from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.zones.cleaning import Written
from extractors.forms.zones.handwriting import make, printed
from extractors.lines import Box

SCALE = 200 / 72
FACE = "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf"
NAMES = ("MARINA", "HERRERO", "MELILLA", "TAHIRI")


def made(text, rise):
    """How a text is made whose letters stand above and below their line by *rise* points by lot."""
    font, chance = ImageFont.truetype(FACE, round(11 * SCALE)), Random(text)
    image = Image.new("L", (500, 70), 255)
    pen, x = ImageDraw.Draw(image), 4.0
    for sign in text:
        pen.text((x, 45 + SCALE * rise * chance.uniform(-1, 1)), sign, font=font, fill=0, anchor="ls")
        x += pen.textlength(sign, font=font) + 2
    grey = np.asarray(image)
    box = Box(0, 0, grey.shape[1] / SCALE, grey.shape[0] / SCALE)
    return make(Written(grey, grey < 128, box, high=7.0), SCALE)


def test_print_stands_on_its_line():
    """Letter by letter."""
    assert printed([made(name, 0.0) for name in NAMES]) is True


def test_a_clear_hand_does_not():
    """Its capitals are legible, and a point above or below the line."""
    assert printed([made(name, 1.0) for name in NAMES]) is False


@pytest.mark.parametrize(("names", "told"), [(("MARINA", "CEUTA"), True), (("HERRERO",), None)])
def test_three_letters_of_a_word_meet_any_line(names, told):
    """So what is told rests on the others, of which there must be five on a page."""
    assert printed([made(name, 0.0) for name in names]) is told
