"""The signs of a value cut out of its ink, one by one: which ink is whose, and the shapes of its figures.

Only figures are kept, for `witness.py`. Where nobody can tell which ink is whose, there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches
from extractors.reading.raster import Grey

NAMES = frozenset("0123456789")
_LOW_SIGNS = re.compile(r"[\s.,;:€+-]")
"""Signs that are no tall marks, or none at all."""
_BESIDE = str.maketrans("", "", "/@()")
"""Tall signs that stand between figures and letters, or around them."""
_HIGH = 20
"""Rows to which figures are brought."""
SIDE = 30
"""Side of the square in which they stand."""
_BLUR = 0.8
"""Pixels over which the edges of a fax are uneven."""
_LEAST_ROWS = 8
"""Rows of a figure below which its shape says nothing."""
_TALL, _WHOLE = 0.5, 0.8
"""Heights of a figure from which a piece is a sign and no comma or dust; which one piece of it must have."""
_NEAR = 0.1
"""Heights of a figure within which a smaller piece belongs to it."""
_CRUMB = 3
"""Pixels of the smallest piece that belongs to a figure; a speck is none."""
_SHARED = 0.5
"""Share of the narrower of two pieces that stands above the other where they are one broken sign."""
_AROUND = 0.2
"""Breadths of a sign around the place where two that touch should part, in which they are cut."""

Shape = npt.NDArray[np.float32]
_Ink = npt.NDArray[np.uint8]
_Spans = list[tuple[int, int]]


class Figures(NamedTuple):
    """One value: its pixels and its ink, what was read, and whether others are compared with it."""

    pixels: Grey
    ink: npt.NDArray[np.bool_]
    text: str
    sure: bool


class Sign(NamedTuple):
    """One figure: the number of its value, its name, its shape in a square, and whether its value is sure."""

    value: int
    name: int
    shape: Shape
    sure: bool


def figures(at: int, value: Figures) -> Iterator[Sign]:
    """Yield the figures of a value that can be cut out whole; none where its signs do not stand apart."""
    signs = _LOW_SIGNS.sub("", value.text)
    if not signs.translate(_BESIDE).isalnum() or not value.ink.any():
        return
    ink = _parted(value.ink.astype(np.uint8), len(signs))
    _, labels, stats, _ = patches(ink)
    homes = _homes(stats, len(signs))
    if homes is None:
        return
    home = homes[labels]
    spans = [np.flatnonzero((home == one).any(axis=1)) for one in range(1, len(signs) + 1)]
    level = [(span[0], span[-1] + 1) for span, sign in zip(spans, signs, strict=True) if sign in NAMES]
    if not level:
        return
    top, low = (float(np.median(edge)) for edge in zip(*level, strict=True))
    high = low - top
    for one, sign in enumerate(signs, 1):
        tallest = stats[homes == one, cv2.CC_STAT_HEIGHT].max()
        if sign in NAMES and high >= _LEAST_ROWS and tallest >= _WHOLE * high:
            shape = _shape(value.pixels, home == one, top, low)
            if shape is not None:
                yield Sign(at, int(sign), shape, value.sure)


def _parted(ink: _Ink, count: int) -> _Ink:
    """Return *ink* with signs that touch cut apart, as far as their breadths say how many there are.

    Figures are of one breadth in nearly every face. A cut in the wrong place makes shapes like no figure's.
    """
    spans = _joined(_tall(patches(ink)[2])[1])
    wide = np.array([right - left for left, right in spans])
    if not 2 <= len(spans) < count:
        return ink
    gaps = [right[0] - left[1] for left, right in pairwise(spans)]
    gap = max(float(np.median(gaps)), 1.0)
    pitch = float(np.median(wide)) + gap
    each = np.maximum(np.round((wide + gap) / pitch), 1).astype(int)
    if each.sum() != count:
        return ink
    parted, columns = ink.copy(), ink.sum(axis=0)
    for (left, right), number in zip(spans, each, strict=True):
        step, reach = (right - left) / number, max(round(_AROUND * pitch), 1)
        for cut in range(1, number):
            first = max(round(left + cut * step) - reach, left + 1)
            parted[:, first + int(columns[first : first + 2 * reach + 1].argmin())] = 0
    return parted


def _tall(stats: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.bool_], _Spans]:
    """Return which pieces are as high as a sign, and from where to where each stands, from the left."""
    high = stats[1:, cv2.CC_STAT_HEIGHT]
    if not high.size:
        return np.zeros(1, dtype=np.bool_), []
    usual = float(np.median(high[high >= _TALL * high.max()]))
    tall = np.concatenate(([False], high >= _TALL * usual))
    left, wide = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    return tall, sorted((int(left[at]), int(left[at] + wide[at])) for at in np.flatnonzero(tall))


def _homes(stats: npt.NDArray[np.int32], count: int) -> npt.NDArray[np.int_] | None:
    """Return for each piece of ink which sign it is of, from 1, or 0; None where not *count* stand apart."""
    tall, pieces = _tall(stats)
    spans = _joined(pieces)
    if len(spans) != count:
        return None
    usual = float(np.median(stats[tall, cv2.CC_STAT_HEIGHT]))
    left = stats[:, cv2.CC_STAT_LEFT]
    right = left + stats[:, cv2.CC_STAT_WIDTH]
    first, last = np.array(spans).T
    gap = np.maximum(first - right[:, None], left[:, None] - last)
    meet = np.minimum(last, right[:, None]) - np.maximum(first, left[:, None])
    big, small = (meet - 1e-3 * (last - first)).argmax(axis=1), gap.argmin(axis=1)
    top, low = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT]
    level = (top >= top[tall].min() - 1) & (low <= low[tall].max() + 1)
    close = (gap.min(axis=1) <= _NEAR * usual) & level & (stats[:, cv2.CC_STAT_AREA] >= _CRUMB)
    homes = np.where(tall, big + 1, np.where(close, small + 1, 0))
    homes[0] = 0
    return homes


def _joined(spans: _Spans) -> _Spans:
    """Return the spans of signs from those of their pieces, from the left: a slash may lean over a figure."""
    found = spans[:1]
    for left, right in spans[1:]:
        start, end = found[-1]
        if min(end, right) - max(start, left) >= _SHARED * min(end - start, right - left):
            found[-1] = (min(start, left), max(end, right))
        else:
            found.append((left, right))
    return found


def _shape(pixels: Grey, mine: npt.NDArray[np.bool_], top: float, low: float) -> Shape | None:
    """Return a figure at one height in the middle of a square, ink 1; None if it is too wide for one."""
    columns = np.flatnonzero(mine.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    factor = _HIGH / (low - top)
    if (right - left) * factor > SIDE - 2:
        return None
    cut = slice(max(left - 1, 0), right + 1)
    near = cv2.dilate(mine[:, cut].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    ink = np.where(near, 255 - pixels[:, cut].astype(np.float32), 0)
    across = SIDE / 2 - factor * ((left + right) / 2 - cut.start)
    down = SIDE / 2 - factor * (top + low) / 2
    way = np.array([[factor, 0, across], [0, factor, down]], dtype=np.float32)
    square = cv2.warpAffine(ink, way, (SIDE, SIDE), flags=cv2.INTER_LINEAR) / 255
    return np.asarray(cv2.GaussianBlur(square, (0, 0), _BLUR), dtype=np.float32)
