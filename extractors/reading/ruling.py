"""Drawn lines of a page: taken out before its words are read, since the engine takes them for letters."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.raster import Grey

_ACROSS = 24.0
"""Points of the shortest line that runs across: no stroke of a letter under 40 points is so long."""
_DOWN = 27.0
"""Points of the shortest line that runs down; the stems of a letterhead's capitals reach 20."""
_THICK = 3.5
"""Points of the thickest ruling; what is thicker is a bar or a picture."""
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
    """Return the part of the ink that is ruling, a pixel wider all round; *scale* is pixels per point."""
    thick = max(round(_THICK * scale), 2)
    across = _long(dark, max(round(_ACROSS * scale), 3), thick)
    down = _long(np.ascontiguousarray(dark.T), max(round(_DOWN * scale), 3), thick).T
    return np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def without(lit: Grey, ruling: Mask) -> Grey:
    """Return the page with its *ruling* white."""
    clean = lit.copy()
    clean[ruling > 0] = 255
    return clean


def _long(dark: Mask, length: int, thick: int) -> Mask:
    """Return the ink in runs across of *length* pixels at least, bars thicker than *thick* left out."""
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    bars = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8))
    return np.asarray(cv2.subtract(runs, bars), dtype=np.uint8)
