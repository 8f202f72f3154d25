"""Rows of dots that lead the eye from a label to its value: no text, but an engine makes words of them.

A clean page of a typewriter's leaders cost Tesseract two and a half times the usual, and it read `DELADTA`
and `ccoo` where a label and its dots stand.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.lines import Box
from extractors.reading.ink.ruling import Mask
from extractors.reading.patches import patches

_DOT, _SOLID = 3.4, 0.55
"""Points of the largest dot, and share of its frame that is ink: letters of small print are hollow."""
_APART = 1.5
"""Pitch of dots, in their breadth, from which they stand apart: the letters of a word have less than 1.4."""
_PITCH = 16.0
"""Points from dot to dot at most: those of a typewriter with blanks between have 14."""
_LEVEL, _LEAN = 0.9, 3.0
"""Points by which two neighbours may stand higher or lower, and a whole row rise or fall."""
_FREE = 4.0
"""Points above and below a dot without other ink: the dot of an "i" has its stem there."""
_ENOUGH = 6
"""Dots that make a row; three stand for what is left out of a sentence."""
_EVEN, _MOSTLY = 0.25, 0.7
"""Share of the usual pitch by which one may differ, and share of the pitches that must not."""

_Dots = npt.NDArray[np.int32]
"""One row for each dot: left, top, width, height, pixels."""


_FILL = 0.4
"""Share of a place's ink in rows of dots from which nothing else is there: a fax blurs some of them."""


def fill(box: Box, dark: Mask, dots: Mask, scale: float) -> bool:
    """Whether what is *dark* in a place, in points, is mostly *dots* of rows that run across it."""
    part = np.s_[round(box.y0 * scale) : round(box.y1 * scale), round(box.x0 * scale) : round(box.x1 * scale)]
    ink = np.count_nonzero(dark[part])
    return bool(ink > 0 and np.count_nonzero(dots[part]) >= _FILL * ink)


def leaders(dark: Mask, scale: float) -> Mask:
    """Return the ink in rows of dots, 255 on 0; *scale* is pixels per point."""
    _, labels, parts, _ = patches(dark)
    solid = parts[:, 4] >= _SOLID * parts[:, 2] * parts[:, 3]
    small = np.flatnonzero(solid & (np.max(parts[:, 2:4], axis=1) <= max(_DOT * scale, 3)))
    free = small[_free(dark, parts[small], round(_FREE * scale))]
    found = np.zeros_like(dark)
    for row in _rows(parts[free], dark.shape, scale) if len(free) >= _ENOUGH else ():
        for number in free[row]:
            x, y, wide, high, _ = parts[number]
            part = np.s_[y : y + high, x : x + wide]
            found[part] |= np.where(labels[part] == number, 255, 0).astype(np.uint8)
    return found


def _middle(dots: _Dots) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return the row and the column of the middle of each dot."""
    return dots[:, 1] + dots[:, 3] // 2, dots[:, 0] + dots[:, 2] // 2


def _free(dark: Mask, dots: _Dots, far: int) -> npt.NDArray[np.bool_]:
    """Return which of the *dots* have no other ink above or below within *far* pixels."""
    sums = cv2.integral(dark)
    x0, x1 = dots[:, 0], dots[:, 0] + dots[:, 2]
    y0 = np.maximum(dots[:, 1] - far, 0)
    y1 = np.minimum(dots[:, 1] + dots[:, 3] + far, dark.shape[0])
    ink = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    return np.asarray(ink <= 255 * dots[:, 4])


def _rows(dots: _Dots, shape: tuple[int, ...], scale: float) -> Iterator[npt.NDArray[np.intp]]:
    """Yield which of the *dots* make rows."""
    sheet = np.zeros(shape, np.uint8)
    sheet[_middle(dots)] = 255
    reach = np.ones((max(round(_LEVEL * scale), 1), round(_PITCH * scale)), np.uint8)
    _, labels, stats, _ = patches(cv2.dilate(sheet, reach))
    owners = labels[_middle(dots)]
    counts = np.bincount(owners, minlength=len(stats))
    high = round((_LEVEL + _LEAN) * scale) + 1
    for number in np.flatnonzero((counts >= _ENOUGH) & (stats[:, 3] <= high)):
        row = np.flatnonzero(owners == number)
        if number and _even(np.sort(dots[row, 0]), float(np.median(dots[row, 2]))):
            yield row


def _even(across: npt.NDArray[np.int32], broad: float) -> bool:
    """Whether dots stand apart, most as far from each other as usual, or twice as far where one was lost."""
    usual = max(float(np.median(np.diff(across))), 1.0)
    pitches = np.diff(across) / usual
    even = (np.abs(pitches - 1) <= _EVEN) | (np.abs(pitches - 2) <= _EVEN)
    return usual >= _APART * broad and float(np.mean(even)) >= _MOSTLY
