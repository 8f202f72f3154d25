"""Drawn lines and dirt of a page: taken out before its words are read, since they are taken for letters."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches
from extractors.reading.raster import Grey

_ACROSS = 24.0
"""Points of the shortest line that runs across: no stroke of a letter under 40 points is so long."""
_DOWN = 27.0
"""Points of the shortest line that runs down; the stems of a letterhead's capitals reach 20."""
_THICK = 3.5
"""Points of the thickest ruling; what is thicker is a bar or a picture."""
_ALONE, _SPECK = 5.0, 2.4
"""Points around a speck without other ink, and its size: a full stop stands at 3 points from its letter."""
_PALEST, _DARKEST = 200.0, 110.0
"""Grey between which the line between ink and paper is looked for."""

Mask = npt.NDArray[np.uint8]
"""Rows of pixels, 255 where there is ink and 0 elsewhere."""


def ink(lit: Grey) -> Mask:
    """Return where an evenly lit page has ink."""
    level, _ = cv2.threshold(lit, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, dark = cv2.threshold(lit, min(max(level, _DARKEST), _PALEST), 255, cv2.THRESH_BINARY_INV)
    return np.asarray(dark, dtype=np.uint8)


def lines(dark: Mask, scale: float) -> Mask:
    """Return the part of the ink that is ruling, a pixel wider all round; *scale* is pixels per point.

    What runs down may lean by two degrees: so do the streaks that a copier's or feeder's dirty glass leaves.
    """
    thick = max(round(_THICK * scale), 2)
    across = _long(dark, max(round(_ACROSS * scale), 3), thick)
    leaning = cv2.transpose(cv2.dilate(dark, np.ones((1, 3), np.uint8)))
    down = cv2.transpose(_long(np.asarray(leaning, np.uint8), max(round(_DOWN * scale), 3), thick))
    found = cv2.bitwise_or(across, cv2.bitwise_and(down, dark))
    return np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def specks(dark: Mask, scale: float) -> Mask:
    """Return the ink in specks that stand alone: no letter, and nowhere near one whose dot they could be."""
    reach = max(round(_ALONE * scale), 3)
    grown = cv2.dilate(dark, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = patches(grown)
    small = np.max(stats[:, 2:4], axis=1) <= reach + _SPECK * scale
    found = np.zeros(dark.shape, np.uint8)
    places = np.flatnonzero(dark)
    alone = places[small[labels.ravel()[places]]]
    found.ravel()[alone] = dark.ravel()[alone]
    return found


def without(lit: Grey, drawn: Mask) -> Grey:
    """Return the page with all that is *drawn* white."""
    clean = lit.copy()
    clean[cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0] = 255
    return clean


def _long(dark: Mask, length: int, thick: int) -> Mask:
    """Return the ink in runs across of *length* pixels at least, bars thicker than *thick* left out."""
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    bars = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8))
    return np.asarray(cv2.subtract(runs, bars), dtype=np.uint8)
