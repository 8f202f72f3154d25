"""A line of a zone is cut out level, and nothing but its signs stays."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.reading.words import recogniser
from extractors.reading.zone.line_cut import HIGH, TALL, cut, straight
from extractors.reading.zone.strips import Strip

OCR_B = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
ROW = "7408122F1204159ESP<<<<<<<<<<<6"
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


def drawn(text=ROW):
    """Return a picture with a line of signs of 28 pixels' height, from (60, 86) to (660, 114)."""
    picture = Image.new("L", (720, 200), 245)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(OCR_B, 40)
    for at, sign in enumerate(text):
        pen.text((60 + 20 * at, 114), sign, 30, font=font, anchor="ls")
    return picture, Strip(60, 100, 660, 100, TALL)


def test_a_cards_edge_beside_its_zone_is_no_sign_of_it():
    """A stroke as high as the cut is taken away with all that lies beyond it."""
    picture, line = drawn()
    pen = ImageDraw.Draw(picture)
    pen.line((46, 0, 44, 200), 20, 4)
    pen.line((36, 96, 38, 110), 20, 3)
    found = cut(np.asarray(picture), line)
    assert found[:, : TALL - 8].min() == 255
    assert recogniser.tell([straight(found)], SIGNS)[0].text == ROW


def test_a_line_in_a_bow_is_made_straight_and_those_near_it_are_left_out():
    """The signs of a bent card stand level in the middle, and nothing over or under them."""
    picture, line = drawn()
    ImageDraw.Draw(picture).line((60, 74, 660, 74), 30, 6)
    flat = np.asarray(picture)
    off = np.round(8 * ((np.arange(720) - 360) / 300) ** 2).astype(int)
    bent = np.stack([np.roll(flat[:, at], by) for at, by in enumerate(off)], axis=1)
    found = straight(cut(bent, line))
    rows = np.flatnonzero((found < 128).any(axis=1))
    assert abs((rows[0] + rows[-1]) / 2 - HIGH / 2) < 2
    assert rows[-1] - rows[0] < TALL + 6
    assert recogniser.tell([found], SIGNS)[0].text == ROW


def test_a_line_without_clear_signs_stays_as_it_is():
    """Nothing is moved on the word of a few marks."""
    picture, line = drawn("<<7<<")
    plain = cut(np.asarray(picture), line)
    assert np.array_equal(straight(plain), plain)
