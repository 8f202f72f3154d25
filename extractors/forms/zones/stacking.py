"""Two lines in a place for one: a value below or above another, or one that its writer wrapped.

Which of two values is meant nobody can tell by their ink, and read one behind the other they are a third:
`VIEIRA Iriarte`, a door `D B`, a floor `1 3`.
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
