"""Make a scanned page even and straight: light, small angles, quarter turns; and the way back."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.lines import Box, around
from extractors.reading import kept
from extractors.reading.patches import patches
from extractors.reading.raster import Grey, Pixels
from extractors.reading.shrinking import smaller

cv2.setNumThreads(1)  # as many readers run at once as there are cores
_STEEPEST = 15.0
"""Degrees; a page askew by more was not laid on glass, and turning it blindly may spoil a drawing."""
_USUAL = 6.0
"""Degrees by which people lay paper askew; beyond it the lines must speak more clearly."""
_LEAST = 0.25
_CLEAR, _CLEARER = 1.1, 1.4
"""How much sharper lines must be when levelled than as they came."""
_MOST_INK = 20_000
"""Points of ink that are enough for a first look at all slants."""
_WHITE = 250
_FAINT_LONG, _FAINT = 1300, 18
"""Pixels of the longer side of a page, an A4 at 110 dpi, on which a mark this much darker than its paper is
no noise; what shines through is 13 darker at most."""
_FINE = 5_000_000
"""Pixels, an A4 at 230 dpi, up to which sharper sampling is worth its double time."""


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
    """Return the page with its paper white, whatever the light or shadow on it.

    It is remembered, and so is how it was levelled: a page is drawn anew when it is judged.
    """
    return _even(Pixels(grey))


@kept.remembered(1)
def _even(page: Pixels) -> Grey:
    """Return the page with its paper white; see `even`."""
    grey = page.plane
    light = _light(grey)
    if int(light.min()) >= _WHITE:
        return grey
    wide = cv2.resize(np.maximum(light, 64), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, wide, scale=255), dtype=np.uint8)


def _light(grey: Grey) -> Grey:
    """Return how light the paper is, one pixel for sixteen: the lightest that is near, smoothed."""
    rows, columns = grey.shape
    small = smaller(grey, 16) if min(rows, columns) >= 64 else grey
    near = cv2.dilate(small, np.ones((7, 7), np.uint8))
    return np.asarray(cv2.GaussianBlur(near, (0, 0), 3), dtype=np.uint8)


def turned(grey: Grey, turn: Turn, *, edge: int = 255) -> Grey:
    """Return the pixels turned as *turn* says; what comes in at the corners is white, or as *edge* says."""
    upright = np.ascontiguousarray(np.rot90(grey, -turn.quarters)) if turn.quarters else grey
    if not turn.skew:
        return np.ascontiguousarray(upright)
    return _level(Pixels(upright), turn.skew, edge)


@kept.remembered(2)
def _level(page: Pixels, skew: float, edge: int) -> Grey:
    """Return a page turned clockwise by *skew* degrees; see `turned`."""
    upright = page.plane
    rows, columns = upright.shape
    way = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), -skew, 1.0)
    flags = cv2.INTER_CUBIC if upright.size <= _FINE else cv2.INTER_LINEAR
    level = cv2.warpAffine(upright, way, (columns, rows), flags=flags, borderValue=(edge,))
    return np.asarray(level, dtype=np.uint8)


def skew(grey: Grey) -> float:
    """Return the degrees clockwise that make the lines of an evenly lit page level; 0 if it is not clear.

    Ink is summed along slanted rows; level lines give the sharpest steps between text and white.
    """
    small = smaller(grey, max(grey.shape[1] // 600, 1))
    margin = max(min(small.shape) // 30, 1)
    ys, xs = np.nonzero(small[margin:-margin, margin:-margin] < 160)
    if len(ys) < 200:
        return 0.0
    thin = slice(None, None, max(len(ys) // _MOST_INK, 1))
    coarse = _sharpest(xs[thin], ys[thin], np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5))
    best = _sharpest(xs, ys, np.arange(coarse - 0.4, coarse + 0.41, 0.1))
    gain = _sharpness(xs, ys, best) / max(_sharpness(xs, ys, 0.0), 1.0)
    found = -round(best, 2)
    clear = gain > (_CLEAR if abs(found) <= _USUAL else _CLEARER)
    return found if clear and _LEAST <= abs(found) < _STEEPEST else 0.0


def _sharpest(xs: npt.NDArray[np.intp], ys: npt.NDArray[np.intp], degrees: npt.NDArray[np.float64]) -> float:
    """Return the one of *degrees* at which ink changes most sharply from row to row."""
    return float(max(degrees, key=lambda one: _sharpness(xs, ys, float(one))))


def _sharpness(xs: npt.NDArray[np.intp], ys: npt.NDArray[np.intp], degrees: float) -> float:
    """Return how sharply ink changes from row to row when rows fall by *degrees* to the right."""
    rows = np.round(ys - xs * math.tan(math.radians(degrees))).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float(np.sum(np.diff(counts.astype(np.float64)) ** 2))


def ink_share(grey: Grey) -> float:
    """Return the share of ink on a page, specks and edges left out, 0 to 1."""
    small = smaller(grey, max(grey.shape[1] // 620, 1))
    lit = even(np.asarray(cv2.medianBlur(small, 3), dtype=np.uint8))
    margin = max(min(lit.shape) // 30, 1)
    inner = lit[margin:-margin, margin:-margin]
    return float(np.mean(inner < 190)) if inner.size else 0.0


def marks(grey: Grey) -> int:
    """Count the marks of a letter's size on a page, however pale or soft they are.

    What shines through from the other side is paler: a tenth of its ink's darkness, softened by the paper.
    """
    lit = even(grey)
    share = min(_FAINT_LONG / max(lit.shape), 1.0)
    small = cv2.resize(lit, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    calm = cv2.medianBlur(small, 3)
    margin = max(min(calm.shape) // 30, 1)
    darker = cv2.subtract(cv2.blur(calm, (41, 41)), calm)[margin:-margin, margin:-margin]
    if not darker.size:
        return 0
    stats = patches(darker > _FAINT).stats
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    return int(((high >= 4) & (high <= 60) & (wide >= 2)).sum())
