"""Make a scanned page even and straight: light, small angles, quarter turns; and the way back."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from extractors.page import Box, around
from extractors.reading.raster import Grey

_STEEPEST = 6.0
"""Degrees; a page askew by more is no scan, and turning it blindly may spoil a drawing."""
_LEAST = 0.25


class Turn(NamedTuple):
    """How a page was turned to stand upright: clockwise quarter turns, then *skew* degrees clockwise.

    `width` and `height` are those of the upright page in points.
    """

    quarters: int
    skew: float
    width: float
    height: float

    def back(self, box: Box) -> Box:
        """Return where *box* of the upright page stands on the page as it came."""
        places = [self._unturned(*self._slanted(x, y, -self.skew)) for x, y in _corners(box)]
        return around(Box(x, y, x, y) for x, y in places)

    def there(self, box: Box) -> Box:
        """Return where *box* of the page as it came stands on the upright page."""
        places = [self._slanted(*self._upright(x, y), self.skew) for x, y in _corners(box)]
        return around(Box(x, y, x, y) for x, y in places)

    def _slanted(self, x: float, y: float, degrees: float) -> tuple[float, float]:
        """Return the point turned clockwise about the middle of the upright page."""
        cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        dx, dy = x - self.width / 2, y - self.height / 2
        return self.width / 2 + dx * cosine - dy * sine, self.height / 2 + dx * sine + dy * cosine

    def _upright(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes by the quarter turns."""
        return [(x, y), (self.width - y, x), (self.width - x, self.height - y), (y, self.height - x)][
            self.quarters
        ]

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point was before the quarter turns."""
        return [(x, y), (y, self.width - x), (self.width - x, self.height - y), (self.height - y, x)][
            self.quarters
        ]


def _corners(box: Box) -> list[tuple[float, float]]:
    """Return the four corners."""
    return [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]


def even(grey: Grey) -> Grey:
    """Return the page with its paper white, whatever the light or shadow on it."""
    small = Image.fromarray(grey).reduce(16) if min(grey.shape) >= 64 else Image.fromarray(grey)
    paper = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(3))
    if int(np.asarray(paper).min()) >= 250:
        return grey
    wide = paper.resize((grey.shape[1], grey.shape[0]), Image.Resampling.BILINEAR)
    light = np.maximum(np.asarray(wide), 64).astype(np.uint16)
    lit: Grey = np.minimum(grey.astype(np.uint16) * 255 // light, 255).astype(np.uint8)
    return lit


def turned(grey: Grey, turn: Turn) -> Grey:
    """Return the pixels turned as *turn* says; what comes in at the corners is white."""
    upright = np.rot90(grey, -turn.quarters) if turn.quarters else grey
    if not turn.skew:
        return np.ascontiguousarray(upright)
    image = Image.fromarray(np.ascontiguousarray(upright))
    return np.asarray(image.rotate(-turn.skew, Image.Resampling.BICUBIC, fillcolor=255))


def skew(grey: Grey) -> float:
    """Return the degrees clockwise that make the lines of an evenly lit page level; 0 if it is not clear.

    Ink is summed along slanted rows; level lines give the sharpest steps between text and white.
    """
    small = np.asarray(Image.fromarray(grey).reduce(max(grey.shape[1] // 600, 1)))
    margin = max(min(small.shape) // 30, 1)
    ys, xs = np.nonzero(small[margin:-margin, margin:-margin] < 160)
    if len(ys) < 200:
        return 0.0
    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=lambda a: _sharpness(xs, ys, float(a)))
    best = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda a: _sharpness(xs, ys, float(a)))
    clear = _sharpness(xs, ys, float(best)) > 1.1 * _sharpness(xs, ys, 0.0)
    found = -round(float(best), 2)
    return found if clear and _LEAST <= abs(found) < _STEEPEST else 0.0


def _sharpness(xs: np.ndarray, ys: np.ndarray, degrees: float) -> float:
    """Return how sharply ink changes from row to row when rows fall by *degrees* to the right."""
    rows = np.round(ys - xs * math.tan(math.radians(degrees))).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float(np.sum(np.diff(counts.astype(np.float64)) ** 2))


def ink_share(grey: Grey) -> float:
    """Return the share of ink on a page, specks and edges left out, 0 to 1."""
    small = Image.fromarray(grey).reduce(max(grey.shape[1] // 620, 1)).filter(ImageFilter.MedianFilter(3))
    lit = even(np.asarray(small))
    margin = max(min(lit.shape) // 30, 1)
    inner = lit[margin:-margin, margin:-margin]
    return float(np.mean(inner < 190)) if inner.size else 0.0
