"""Ink of two colours in one value: what was typed, and what somebody put to it, or made of it, afterwards.

A value is written with one pen or one machine. A 7 that a blue pen made of a black 1, or a letter put in by a
caret, shows by its colour where the picture has any; a whole value in colour is a pen's like any other. Two
inks stand in strokes of their own: an ink so dark a blue that a scan takes half of its pixels for black is
one, and wavers within every stroke of its page.
"""

from __future__ import annotations

from collections.abc import Sequence

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
_NEAR = 1.6
"""Points of the square around a pixel whose ink tells of what ink its stroke is."""
_ONE_INK = 0.15
"""Share of such ink in colour up to which it is black, and in black up to which it is coloured."""
_DECIDED = 0.8
"""Share of a value's ink that is clearly of one ink or the other where it is of two."""
_WAVERS, _MOSTLY = 0.3, 0.5
"""Shares of a page's values from which those that waver are of one ink, since a pen put to one leaves the
others as they were; and from which all are: what does not waver there is held as often with a pen's stroke
as without."""


def of_two(ink: npt.NDArray[np.bool_], dye: Grey, scale: float) -> bool:
    """Return whether some strokes of *ink* are coloured, by *dye* of the same size, and others black."""
    coloured = ink & (dye >= DYED)
    if not _SHARES[0] < coloured.sum() / max(ink.sum(), 1) < _SHARES[1]:
        return False
    _, _, stats, _ = patches(coloured.astype(np.uint8))
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]).max()
    return bool(longest >= _STROKE * scale)


def wavers(ink: npt.NDArray[np.bool_], dye: Grey, scale: float) -> bool:
    """Return whether *ink*, by *dye* some of it coloured, is of two colours within its very strokes."""
    side, coloured = max(round(_NEAR * scale), 3) | 1, ink & (dye >= DYED)
    near, of_it = (
        cv2.boxFilter(one.astype(np.float32), -1, (side, side), normalize=False) for one in (ink, coloured)
    )
    share = of_it[ink] / near[ink]
    return float(((share <= _ONE_INK) | (share >= 1 - _ONE_INK)).mean()) < _DECIDED


def of_one(wavering: Sequence[bool]) -> list[bool]:
    """Return which values of a page are of one ink whatever their colours, by which of them waver."""
    share = sum(wavering) / max(len(wavering), 1)
    if len(wavering) < 2 or share < _WAVERS:
        return [False] * len(wavering)
    return [share >= _MOSTLY or one for one in wavering]
