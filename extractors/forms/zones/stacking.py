"""Two lines in a place for one: a value below or above another, or one that its writer wrapped.

Which of two values is meant nobody can tell by their ink, and read one behind the other they are a third:
`VIEIRA Iriarte`, a door `D B`, a floor `1 3`. Nor does a letter put in above a line by a caret below it make
another value for sure, or leave it the one it was.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches

_LETTER = 0.6
"""Heights of a letter from which a mark is one: accents, dots and commas have less."""
_TOUCH = 0.1
"""Heights of a letter by which two lines set close run into each other."""
_ABOVE, _BELOW, _SLACK = 0.42, 0.28, (0.15, 0.1)
"""Heights of a letter from which a mark wholly above a line is no accent, and one wholly below it no comma;
by how much it may reach in. Of 616 values one had more than 0.34 above, and none 0.25 below."""


def stacked(ink: npt.NDArray[np.bool_], high: float) -> bool:
    """Whether one letter of what is written stands wholly below another, as none of one line does.

    *high* is the height of a letter in pixels.
    """
    _, _, stats, _ = patches(ink.astype(np.uint8))
    top, tall = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = tall >= _LETTER * high
    if not letters.any():
        return False
    return bool(top[letters].max() >= (top + tall)[letters].min() - _TOUCH * high)


def inserted(ink: npt.NDArray[np.bool_], high: float) -> bool:
    """Whether a letter or a caret stands wholly above or below the line of what is written."""
    _, _, stats, _ = patches(ink.astype(np.uint8))
    top, tall = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = tall >= _LETTER * high
    if not letters.any():
        return False
    head, foot = np.median(top[letters]), np.median((top + tall)[letters])
    above = (top + tall <= head + _SLACK[0] * high) & (tall >= _ABOVE * high)
    below = (top >= foot - _SLACK[1] * high) & (tall >= _BELOW * high)
    return bool((above | below).any())
