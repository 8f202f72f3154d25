"""What an engine left out of a line is seen by its ink."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.raster import Raster
from extractors.reading.words.overlooked import beside

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"


@pytest.fixture(scope="module")
def page():
    """A card at 200 dpi with a name of three words on two lines, all of them read."""
    paper = Image.new("L", (700, 440), 235)
    pen, font = ImageDraw.Draw(paper), ImageFont.truetype(FACE, 24)
    words = []
    for x, y, text in ((200, 150, "SALMA"), (310, 150, "ZAHRA"), (200, 190, "BENALI")):
        pen.text((x, y), text, 30, font=font, anchor="lt")
        box = Box(*(side * 72 / 200 for side in pen.textbbox((x, y), text, font=font, anchor="lt")))
        words.append(Word(text, box, 0.89))
    raster = Raster(grey=np.asarray(paper), scale=200 / 72)
    return Page(number=1, width=252, height=158, words=tuple(words), reader="ocr", picture=lambda: raster)


@pytest.mark.parametrize(("value", "lost", "seen"), [(1, None, False), (1, 0, True), (1, 2, True)])
def test_a_word_that_no_one_read_is_seen_before_and_below_a_name(page, value, lost, seen):
    """A part of a name is no name; where all was read nothing is overlooked."""
    words = tuple(word for at, word in enumerate(page.words) if at != lost)
    assert beside(replace(page, words=words), page.words[value].box) is seen
