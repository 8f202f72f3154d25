"""Shadows of folds, grey cells and dark corners of a page: divided out, so that letters stand on white."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.reading import kept
from extractors.reading.raster import Grey, Pixels

_STROKE = 3.2
"""Points of the thickest stroke that is print; what is broader is ground: a bar, a hole, a picture."""
_COARSE = 4
"""Pixels a side of which the ground is one."""
_AROUND = 9
"""Such squares a side over which the ground is smoothed, an odd number."""
_DARKEST = 48
"""Ground darker than this is no paper: nothing is lightened by more than five times."""
_EVEN = 8
"""Greys by which the ground may differ on a page that needs nothing."""


def flat(lit: Grey, scale: float) -> Grey:
    """Return the page with its ground white; *scale* is pixels per point. It is remembered."""
    return _flat(Pixels(lit), scale)


@kept.remembered(2)
def _flat(page: Pixels, scale: float) -> Grey:
    """Return the page with its ground white; see `flat`."""
    lit = page.plane
    side = max(round(_STROKE * scale), 3)
    light = cv2.dilate(lit, np.ones((side, side), np.uint8))
    size = (max(lit.shape[1] // _COARSE, 1), max(lit.shape[0] // _COARSE, 1))
    ground = cv2.medianBlur(cv2.resize(light, size, interpolation=cv2.INTER_AREA), _AROUND)
    if int(ground.min()) >= 255 - _EVEN:
        return lit
    whole = cv2.resize(np.maximum(ground, _DARKEST), lit.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(lit, whole, scale=255), dtype=np.uint8)
