"""Ink of two colours in one value: what was typed, and what somebody put to it, or made of it, afterwards.

A value is written with one pen or one machine. A 7 that a blue pen made of a black 1, or a letter put in by a
caret, shows by its colour where the picture has any; a whole value in colour is a pen's like any other.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches
from extractors.reading.raster import DYED, Grey

_SHARES = (0.015, 0.75)
"""Shares of a value's ink in colour between which it is of two inks: of 616 values of one ink none had more
than 0.005 and less than 0.8."""
_STROKE = 2.5
"""Points of the longest coloured piece from which it is a stroke: a JPEG colours black letters in spots."""


def of_two(ink: npt.NDArray[np.bool_], dye: Grey, scale: float) -> bool:
    """Return whether some strokes of *ink* are coloured, by *dye* of the same size, and others black."""
    coloured = ink & (dye >= DYED)
    if not _SHARES[0] < coloured.sum() / max(ink.sum(), 1) < _SHARES[1]:
        return False
    _, _, stats, _ = patches(coloured.astype(np.uint8))
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]).max()
    return bool(longest >= _STROKE * scale)
