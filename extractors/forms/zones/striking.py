"""A stroke straight through the letters of a place: somebody took back what is written there."""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.ground import Mask

_STRUCK, _MIDDLE = 2.5, (0.2, 0.75)
"""Heights of a letter from which a straight stroke is no part of one; where in the line it strikes out."""
_SHORT, _ACROSS = 1.2, 0.92
"""The same of a value of a letter or two, where it is nearly as long as all its ink: no letter's bar is."""
_LEANS = (-0.15, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15)
"""Rows a column by which a stroke may lean. Of 201 lines drawn through words 200 were met, however thin, and
two of some 230 whole values of worn pages, whose letters hang together."""


def struck(mine: Mask, high: float) -> bool:
    """Whether a straight stroke goes through letters: longer than any, and not where a line is underlined."""
    return any(bool(((at > _MIDDLE[0]) & (at < _MIDDLE[1])).any()) for at in _strokes(mine, high))


def _strokes(mine: Mask, high: float) -> Iterator[npt.NDArray[np.float64]]:
    """Yield, for each way that a stroke may lean, the heights at which one runs, as shares of the line's."""
    rows, columns = mine.shape
    least = min(_STRUCK * high, max(_SHORT * high, _ACROSS * columns))
    long = np.ones((1, max(round(least), 3)), np.uint8)
    # a thin stroke would leave its row between two leans
    thick = cv2.dilate(mine.astype(np.uint8), np.ones((2, 1), np.uint8))
    for lean in _LEANS:
        more, off = math.ceil(abs(lean) * columns), math.ceil(max(lean, 0.0) * columns)
        levelled = np.array([[1, 0, 0], [-lean, 1, off]], dtype=np.float32)
        size = (columns, rows + more)
        moved = cv2.warpAffine(thick, levelled, size, flags=cv2.INTER_NEAREST)
        ys, xs = np.nonzero(cv2.morphologyEx(moved, cv2.MORPH_OPEN, long))
        yield (ys + lean * xs - off) / rows
