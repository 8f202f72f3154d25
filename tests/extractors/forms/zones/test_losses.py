"""A fax that lost strokes of what the blank prints, and one that lost none."""

import numpy as np
import pytest

from extractors.forms.laying import blanks
from extractors.forms.template import sheets
from extractors.forms.zones.ground import Ground
from extractors.forms.zones.losses import lossy

SCALE = 200 / 72
SHEET = next(sheet for sheet in sheets("ce_application") if sheet.edition == "ce_application_es")


@pytest.fixture(scope="module")
def printed():
    """The blank's own ink."""
    blank = blanks.picture(SHEET.edition, 1, SCALE)
    return (blank.grey < 200).astype(np.uint8)


def copied(printed, ink):
    """A page with *ink* against its blank."""
    return Ground(np.where(ink, 0, 255).astype(np.uint8), ink, printed, SCALE, printed, None)


def test_a_copy_that_lies_a_pixel_off_lost_nothing(printed):
    """Nor does what is written beside the print matter."""
    ink = np.roll(printed, 1, axis=0)
    ink[-40:, 100:140] = 1
    assert not lossy(copied(printed, ink))


def test_a_copy_without_some_strokes_of_letters_is_lossy(printed):
    """Two rows of eight are gone, as from a fax that is too light."""
    ink = printed.copy()
    ink[np.arange(len(ink)) % 8 < 5] = 0
    assert lossy(copied(printed, ink))


def test_a_line_that_is_gone_tells_nothing_of_letters(printed):
    """Hairlines of frames are thinner than any letter."""
    ink = printed.copy()
    for rows in np.flatnonzero(printed.mean(axis=1) > 0.5):
        ink[rows] = 0
    assert not lossy(copied(printed, ink))
