import cv2
import numpy as np

from extractors.forms.ink.tinted import coloured
from extractors.lines import Box
from extractors.reading.raster import Raster

SCALE = 200 / 72


def _dyed(draw):
    """An A4 page with coloured ink where *draw* puts it."""
    dye = np.zeros((2339, 1654), np.uint8)
    draw(dye)
    return Raster(grey=255 - dye, scale=SCALE, dye=dye)


def _entry(dye, x=400, y=600):
    """Two lines of a stamp."""
    for at, line in enumerate(("REGISTRO", "12 MAR 2026")):
        cv2.putText(dye, line, (x, y + 34 * at), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 200, 3)


def test_lines_of_signs_are_a_stamp():
    """The place holds both of them."""
    (box,) = coloured(_dyed(_entry))
    assert box.holds(410 / SCALE, 590 / SCALE)
    assert box.holds(560 / SCALE, 625 / SCALE)


def test_a_stroke_of_a_pen_and_the_fringe_of_print_are_none():
    """However large they are."""

    def draw(dye):
        cv2.polylines(dye, [np.array([(200, 300), (350, 180), (420, 330), (600, 200)])], False, 200, 4)
        dye[900:1000:6, 300:1200:9] = 120
        dye[901:1000:6, 300:1200:9] = 120

    assert coloured(_dyed(draw)) == []


def test_specks_over_the_whole_page_do_not_hide_a_stamp():
    """Only the part where signs stand is read."""

    def draw(dye):
        dye[60:2280:11, 60:1600:11] = 255
        dye[61:2280:11, 60:1600:11] = 255
        dye[60:2280:11, 61:1600:11] = 255
        dye[61:2280:11, 61:1600:11] = 255
        dye[540:660, 380:640] = 0
        _entry(dye)

    (box,) = coloured(_dyed(draw))
    assert Box(300 / SCALE, 500 / SCALE, 720 / SCALE, 700 / SCALE).holds(*box.middle)
    assert box.width < 120
