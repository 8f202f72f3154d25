"""Ink on a piece of a page: what is darker than its own paper, without specks and without coloured seals."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.streaks import Streak, covered
from extractors.lines import Box
from extractors.page import Picture
from extractors.reading.patches import patches
from extractors.reading.raster import DYED, Grey

Dark = npt.NDArray[np.bool_]

_PALE = 0.2
"""Share by which ink is darker than its paper: soft pencil, half a point at 200 dpi, is by 0.25."""
_NOISE = 4.5
"""Spreads of the paper's own noise beyond which a pixel is ink."""
_GREYS = 256
"""Greys that there are: two of them differ by less."""
_BROAD = 14.0
"""Points: the broadest ink, a box blackened over its edges, is 13; the narrowest shadow of a fold was 20."""
SEAL = 24.0
"""Points, both ways, from which coloured ink is a seal: a tick is 15 at most, a line of writing lower."""
_LETTERS = 2.0
"""Points between the letters of a seal, which make one thing of it."""
_STREAK = 2.0
"""Points that a blurred streak is wide: the edges of the smallest dot of a pen, of 3 points, are left."""


class Piece(NamedTuple):
    """Pixels cut out of a page, the place of their first one in points, and pixels per point."""

    grey: Grey
    x: float
    y: float
    scale: float

    def inside(self, box: Box) -> tuple[slice, slice]:
        """Return the rows and columns of *box*, which is in points of the page, on the piece."""
        rows, columns = self.grey.shape
        x0, x1 = (min(max(round((x - self.x) * self.scale), 0), columns) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round((y - self.y) * self.scale), 0), rows) for y in (box.y0, box.y1))
        return slice(y0, y1), slice(x0, x1)


def piece(picture: Picture, box: Box) -> Piece:
    """Return the pixels inside *box*, as far as they are on the page."""
    rows, columns = picture.grey.shape
    scale = picture.scale
    x0, x1 = (min(max(round(x * scale), 0), columns) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round(y * scale), 0), rows) for y in (box.y0, box.y1))
    return Piece(picture.grey[y0:y1, x0:x1], x0 / scale, y0 / scale, scale)


def dark(grey: Grey, scale: float) -> Dark:
    """Return which pixels are ink, measured against the paper around them; *scale* is pixels per point.

    What is as dark over more than a box is paper in a shadow, or lies on the paper: no pen writes so broadly.
    """
    if min(grey.shape) < scale:
        return np.zeros(grey.shape, dtype=np.bool_)
    side = 2 * round(_BROAD * scale / 2) + 1
    kernel = np.ones((side, side), np.uint8)
    paper = cv2.morphologyEx(cv2.blur(grey, (3, 3)), cv2.MORPH_CLOSE, kernel)
    below = np.asarray(cv2.subtract(paper, grey, dtype=cv2.CV_16S), dtype=np.int16)
    common, spread = _usual(below)
    noise = 1.4826 * spread
    least = common + np.maximum(_PALE * np.arange(_GREYS), max(_NOISE * noise, 24.0))
    return np.asarray(below > cv2.LUT(paper, np.floor(least).astype(np.int16)), dtype=np.bool_)


def _usual(below: npt.NDArray[np.int16]) -> tuple[float, float]:
    """Return the median of differences of greys, and the median of how far they are from it.

    Both by one count of each value: sorting a window twice took longer than everything else in `dark`.
    """
    shifted = (below + np.int16(_GREYS)).view(np.uint16)
    counts = cv2.calcHist([shifted], [0], None, [2 * _GREYS], [0, 2 * _GREYS]).ravel().astype(np.intp)
    values = np.arange(counts.size) - _GREYS
    common = _median(values.astype(np.float64), counts)
    off = np.abs(values - common)
    order = np.argsort(off, kind="stable")
    return common, _median(off[order], counts[order])


def _median(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp]) -> float:
    """Return the median of rising *values*, each there so many times."""
    below = np.cumsum(counts)
    middle = np.searchsorted(below, ((below[-1] - 1) // 2, below[-1] // 2), side="right")
    return float(values[middle].mean())


def without_specks(ink: Dark, least: float) -> Dark:
    """Return *ink* without what reaches less than *least* pixels both ways."""
    rows, columns = bounds(ink)
    if rows.start == rows.stop:
        return ink
    within = ink[rows, columns].view(np.uint8)
    _, labels, stats, _ = patches(within)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = np.maximum(wide, high) >= least
    kept[0] = False
    found = np.zeros_like(ink)
    found[rows, columns] = kept[labels]
    return found


def without_streaks(ink: Dark, cut: Piece, streaks: tuple[Streak, ...]) -> Dark:
    """Return the *ink* of *cut* that lies under no streak."""
    if not streaks:
        return ink
    rows, columns = (slice(round(first * cut.scale), None) for first in (cut.y, cut.x))
    near = tuple(one.within(rows, columns) for one in streaks)
    return np.asarray(
        ink & ~covered(ink.view(np.uint8), near, cut.scale, _STREAK).view(np.bool_), dtype=np.bool_
    )


def bounds(ink: Dark) -> tuple[slice, slice]:
    """Return the rows and columns from the first to the last with ink."""
    x, y, wide, high = cv2.boundingRect(ink.view(np.uint8)) if ink.size else (0, 0, 0, 0)
    return slice(y, y + high), slice(x, x + wide)


def grown(ink: Dark, by: float) -> Dark:
    """Return *ink* with *by* pixels more on every side."""
    side = 2 * max(round(by), 0) + 1
    return np.asarray(cv2.dilate(ink.view(np.uint8), np.ones((side, side), np.uint8)).view(np.bool_))


def straight(ink: Dark, least: float) -> Dark:
    """Return the ink that lies in level or upright runs of at least *least* pixels."""
    length, plane = max(round(least), 2), ink.view(np.uint8)
    level = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return np.asarray(cv2.max(level, upright).view(np.bool_))


def dyed(picture: Picture, cut: Piece) -> Dark:
    """Return which pixels of *cut* are coloured ink."""
    if picture.dye is None:
        return np.zeros(cut.grey.shape, dtype=np.bool_)
    return np.asarray(picture.dye[_where(cut)] >= DYED, dtype=np.bool_)


def _where(cut: Piece) -> tuple[slice, slice]:
    """Return the rows and columns of the picture that *cut* was taken from."""
    top, left = round(cut.y * cut.scale), round(cut.x * cut.scale)
    rows, columns = cut.grey.shape
    return slice(top, top + rows), slice(left, left + columns)


def sealed(picture: Picture, box: Box) -> Dark:
    """Return which pixels inside *box* belong to coloured ink that is larger than anything a pen ticks."""
    inner = piece(picture, box)
    if not (found := dyed(picture, inner)).any():
        return found
    wide = piece(picture, box.grown(2 * SEAL))
    down, across = (a.start - b.start for a, b in zip(_where(inner), _where(wide), strict=True))
    rows, columns = found.shape
    return _large(dyed(picture, wide), wide.scale)[down : down + rows, across : across + columns]


def _large(coloured: Dark, scale: float) -> Dark:
    """Return which coloured pixels lie in a group as large as a seal."""
    whole = grown(coloured, _LETTERS * scale / 2)
    _, labels, stats, _ = patches(whole)
    large = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= SEAL * scale
    large[0] = False
    return np.asarray(large[labels] & coloured, dtype=np.bool_)


def unsealed(picture: Picture, box: Box) -> tuple[Piece, Dark]:
    """Return the pixels inside *box* with the dye of seals taken out, and where it lay."""
    plain, seal = piece(picture, box), sealed(picture, box)
    if picture.dye is None or not seal.any():
        return plain, seal
    lift = np.where(seal, picture.dye[_where(plain)], 0).astype(np.uint16)
    return plain._replace(grey=np.minimum(plain.grey + lift, 255).astype(np.uint8)), seal
