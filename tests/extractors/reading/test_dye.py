"""Coloured ink can be taken out of a page without touching black ink, and is never taken out unasked."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.lines import Box
from extractors.reading import dye

WORDS = Box(90, 80, 420, 130)
BLUE, RED = (170, 70, 50), (60, 50, 190)


def page(*, stamp=None, pen=None, tint=(255, 255, 255)):
    """Return a page of 500 by 300 pixels, one a point, as a scanner's JPEG: print, a stamp over it, a pen."""
    sheet = np.full((300, 500, 3), tint, np.uint8)
    cv2.putText(sheet, "CALLE REAL 25", (100, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30, 30, 30), 3)
    if stamp:
        cv2.circle(sheet, (250, 110), 60, stamp, 5)
    if pen:
        cv2.putText(sheet, "12345678Z", (100, 230), cv2.FONT_HERSHEY_SIMPLEX, 1.2, pen, 3)
    stored = cv2.imdecode(cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR)
    return dye.raster(stored, 1.0)


@pytest.mark.parametrize("colour", [BLUE, RED])
def test_a_stamp_is_taken_out_and_the_print_under_it_stays(colour):
    """What is left without dye has the ink of the page without its stamp, give or take crossings."""
    bare, stamped = page(), page(stamp=colour)
    ring = Box(180, 40, 320, 75)
    assert stamped.ink(ring) > 0.05
    assert (stamped.without_dye(ring) < 128).mean() < 0.1 * stamped.ink(ring)
    assert (stamped.without_dye(WORDS) < 128).mean() == pytest.approx(bare.ink(WORDS), rel=0.12)


def test_what_is_written_in_blue_stays_where_nobody_takes_it_out():
    """`cut` and `ink` see a value of blue pen; only who asks for black ink alone misses it."""
    written = page(pen=BLUE)
    place = Box(90, 195, 330, 240)
    assert written.ink(place) > 0.05
    assert written.colour(place) > 0.05
    assert (written.without_dye(place) < 128).mean() < 0.01


def test_tinted_paper_is_no_coloured_ink():
    """Yellow paper, or a lamp's light: a JPEG's fringes apart, black print on it has no colour."""
    yellow = page(tint=(190, 225, 240))
    assert yellow.colour(WORDS) < 0.01
    assert (yellow.without_dye(WORDS) < 128).mean() == pytest.approx(yellow.ink(WORDS), rel=0.03)


def test_a_grey_page_has_no_dye():
    """There is nothing to take out, and asking changes nothing."""
    grey = dye.raster(np.full((200, 200), 200, np.uint8), 1.0)
    assert grey.dye is None
    assert (grey.without_dye(WORDS) == grey.cut(WORDS)).all()


def test_a_pale_seal_full_of_grain_is_lifted_as_a_whole():
    """Grain spreads the purity of one ink: what lies by its strong pixels is of the same seal."""
    grain = np.random.default_rng(3).normal(0, 9, (300, 500, 3))
    sheet = np.full((300, 500, 3), 255, np.uint8)
    cv2.putText(sheet, "CALLE REAL 25", (100, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30, 30, 30), 3)
    cv2.circle(sheet, (250, 110), 60, (195, 160, 175), 5)
    seen = dye.raster(np.clip(sheet + grain, 0, 255).astype(np.uint8), 1.0)
    ring = Box(180, 40, 320, 75)
    assert (seen.cut(ring) < 200).mean() > 0.05
    assert (seen.without_dye(ring) < 200).mean() < 0.15 * (seen.cut(ring) < 200).mean()
    assert (seen.without_dye(WORDS) < 128).mean() == pytest.approx(page().ink(WORDS), rel=0.12)
