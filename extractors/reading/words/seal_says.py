"""What a round seal in coloured ink says in its middle: some say that the paper is worth nothing.

Its name goes around the rim and says whose it is. What stands in the middle is level with the seal, not with
the page, and may be a word by which somebody made the paper void; no print of the page hides it.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extractors.reading.ink import rings
from extractors.reading.raster import TINGED, Grey
from extractors.reading.words import cuts, entry_words, recogniser

_SLANTS = range(-32, 33, 4)
"""Degrees by which a hand turns a seal; one that stands on its head is read by nobody."""
_WIDE, _HIGH = 0.95, 0.55
"""Breadth and height of the middle as shares of the seal's: beyond are its rim and its name."""
_WITHIN = 0.5
"""Share of that breadth by which its lines are told: the name around the rim stands at their ends."""
_INKED = 0.06
"""Share of a row that is coloured where letters stand in it."""
_LOW = 4.0
"""Points of the lowest line of letters."""
_LIGHT = 250
"""What paper is on the picture of a seal's ink alone."""


def void(dye: Grey, scale: float) -> bool:
    """Return whether the middle of a seal says that a paper is worth nothing, or less.

    *dye* is by how much each pixel is darkened by coloured ink, *scale* its pixels per point.

    Raises:
        Missing: The recogniser's package is not installed.
    """
    lines = [line for one in rings.seals(dye, scale) for line in _lines(_middle(dye, one), scale)]
    return any(entry_words.void(told.text) for told in recogniser.tell(lines)) if lines else False


def _middle(dye: Grey, one: rings.Ellipse) -> Grey:
    """Return the coloured ink in the middle of a seal, turned so that its lines are clearest."""
    return max((_turned(dye, one, slant) for slant in _SLANTS), key=_clearness)


def _turned(dye: Grey, one: rings.Ellipse, slant: int) -> Grey:
    """Return the coloured ink in the middle of a seal that is turned by *slant* degrees."""
    (x, y), axes, _ = one
    wide, high = round(max(axes) * _WIDE), round(min(axes) * _HIGH)
    way = cv2.getRotationMatrix2D((x, y), -slant, 1.0)
    way[:, 2] += np.array([wide / 2 - x, high / 2 - y])
    return np.asarray(cv2.warpAffine(dye, way, (wide, high), flags=cv2.INTER_LINEAR), np.uint8)


def _inked(middle: Grey) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return which share of each row of a seal's middle is coloured, its ends apart."""
    edge = round(middle.shape[1] * (1 - _WITHIN) / 2)
    return np.asarray(np.mean(middle[:, edge : middle.shape[1] - edge] >= TINGED, axis=1), np.float64)


def _clearness(middle: Grey) -> float:
    """Return how sharply lines and the white between them part: highest where they lie level."""
    return float(np.square(np.diff(_inked(middle))).sum())


def _lines(middle: Grey, scale: float) -> Iterator[Grey]:
    """Yield a picture of each line in a seal's middle, dark on light."""
    darkest = max(int(middle.max()), 1)
    shown = np.asarray(_LIGHT - middle.astype(np.float32) * (_LIGHT / darkest), np.uint8)
    for line in cuts.rows(_inked(middle) >= _INKED, _LOW, scale):
        yield np.ascontiguousarray(shown[line])
