"""Holes and hairs that the engine took for signs are no words of a list."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.raster import Raster
from extractors.reading.words.dirt import dirt
from extractors.reading.words.verdict import Judged

SCALE = 2.0
PRINT = (Word("Alta", Box(100, 100, 130, 110), 0.9), Word("Baja", Box(100, 130, 130, 140), 0.9))


def told(word, *, draw=None, unseen=False, others=PRINT):
    """Return whether *word* of a page on which *draw* drew is dirt."""
    grey = np.full((1684, 1190), 250, np.uint8)
    if draw:
        draw(grey, [round(side * SCALE) for side in word.box])
    raster = Raster(grey=grey, scale=SCALE)
    page = Page(number=1, width=595, height=842, words=(*others, word), reader="ocr", picture=lambda: raster)
    return word.box in dirt(page, {word: Judged(word, "", unseen=unseen)})


def hole(grey, box):
    """Punch a hole."""
    x0, y0, x1, y1 = box
    cv2.ellipse(grey, ((x0 + x1) // 2, (y0 + y1) // 2), ((x1 - x0) // 2, (y1 - y0) // 2), 0, 0, 360, 40, -1)


def bar(grey, box):
    """Draw a bar over what stood there."""
    grey[box[1] : box[3], box[0] : box[2]] = 40


HOLE = Word("(4)", Box(24, 298, 44, 318), 0.57)


@pytest.mark.parametrize(
    ("draw", "word", "is_dirt"),
    [
        (hole, HOLE, True),
        (bar, HOLE, False),
        (hole, HOLE._replace(box=Box(224, 298, 244, 318)), False),
        (hole, HOLE._replace(text="2019"), False),
    ],
    ids=["hole", "bar", "far from the edge", "four figures"],
)
def test_a_hole_is_one_round_patch_near_the_edge(draw, word, is_dirt):
    assert told(word, draw=draw) is is_dirt


@pytest.mark.parametrize(
    ("word", "unseen", "is_dirt"),
    [
        (Word("Ea", Box(229, 273, 253, 279), 0.03), True, True),
        (Word("Ea", Box(229, 273, 253, 279), 0.03), False, False),
        (Word("Ea", Box(229, 273, 253, 279), 0.5), True, False),
        (Word("Ea", Box(135, 100, 150, 110), 0.03), True, False),
        (Word("X", Box(276, 372, 278, 376), 0.43), False, True),
        (Word("x", Box(276, 370, 282, 376), 0.43), False, False),
    ],
    ids=["hair", "seen by the second", "clear to the first", "beside a word", "too low", "as low as an x"],
)
def test_a_hair_is_seen_by_neither_and_stands_alone_on_its_line(word, unseen, is_dirt):
    assert told(word, unseen=unseen) is is_dirt
