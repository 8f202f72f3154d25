"""A scan on its blank, made ready: its paper white, its seals lifted, its ink told from the blank's."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.dashes import dashed, letterlike
from extractors.forms.zones.seals import lifted
from extractors.forms.zones.streaks import Streak, covered, streaks
from extractors.lines import Box
from extractors.reading.greys import percentiles
from extractors.reading.patches import patches
from extractors.reading.raster import Grey, Raster
from extractors.reading.shrinking import smaller

Mask = npt.NDArray[np.bool_]
_PRINTED = 200
"""Grey below which the blank prints: hairlines are thinned by its drawing."""
_DARK = 0.4
"""Share of the way from paper to the page's own print from which a pixel is ink: thin strokes are paler."""
_PLAIN = 7
"""Points around a place of which the lightest is its paper: no stroke of a letter is so thick."""
SPREAD = 0.85
"""Points around the blank's ink that are taken for it: 7 pixels at 300 dpi, what a good laying is off."""
OWN = 1.5
"""Points beyond its border within which the middle of a stroke still belongs to a place."""
SPECK = 0.25
"""Square points of dust."""
BROKEN = 1.0
"""Points between the pieces of a letter that a bad copy broke."""
_LETTERS, _FADED = (12.0, 8.0), 3
"""Points across and down in which so many specks are what is left of a letter or two."""


class Ground(NamedTuple):
    """A page against its blank: grey pixels, its dark ones, the blank's, and pixels per point.

    `spread` is the blank's ink and what lies close to it, `seals` where coloured seals were lifted off,
    `streaks` those taken away, `erased` the dashes of pale ones; `dye` where it has colour.
    """

    grey: Grey
    ink: npt.NDArray[np.uint8]
    printed: npt.NDArray[np.uint8]
    scale: float
    spread: npt.NDArray[np.uint8]
    seals: Mask | None
    streaks: tuple[Streak, ...] = ()
    erased: npt.NDArray[np.uint8] | None = None
    dye: Grey | None = None

    def dyed(self, rows: slice, columns: slice) -> Grey | None:
        """Return how coloured each pixel there is, seals apart; None on a page without colour."""
        if self.dye is None:
            return None
        dye = self.dye[rows, columns]
        return dye if self.seals is None else np.where(self.seals[rows, columns], 0, dye).astype(np.uint8)

    def streaked(self, box: Box) -> bool:
        """Whether a streak, which was taken away, went through *box*; a pale one hides what is as thin."""
        x0, y0, x1, y1 = (side * self.scale for side in box.grown(BROKEN))
        return self._erased(box) or any(
            one.top < y1 and one.low > y0 and x0 < one.column((y0 + y1) / 2) < x1 for one in self.streaks
        )

    def _erased(self, box: Box) -> bool:
        """Whether a dash as high as a letter was taken out of *box*."""
        return self.erased is not None and letterlike(self.erased[self.rows(box)], self.scale)

    def specked(self, box: Box) -> bool:
        """Whether specks stand as close together in *box* as a faded letter's, or one was erased."""
        where = self.rows(box.grown(-OWN))
        if self._erased(box.grown(-OWN)):
            return True
        ink = cv2.bitwise_and(self.ink[where], 1 - self.spread[where])
        if not ink.size or not ink.any():
            return False
        _, _, stats, middles = patches(ink)
        at = middles[stats[:, cv2.CC_STAT_AREA] >= SPECK * self.scale**2].astype(np.int32)[1:]
        specks = np.zeros(ink.shape, dtype=np.float32)
        np.add.at(specks, (at[:, 1], at[:, 0]), 1)
        size = tuple(max(round(side * self.scale), 1) for side in _LETTERS)
        return float(cv2.boxFilter(specks, -1, size, normalize=False).max()) >= _FADED - 0.5

    def sealed(self, box: Box) -> bool:
        """Whether a seal lay on *box*."""
        return self.seals is not None and bool(self.seals[self.rows(box)].any())

    def within(self, box: Box, rows: slice, columns: slice) -> tuple[float, float, float, float]:
        """Return the sides of *box* in pixels of the window *rows*, *columns*."""
        x0, y0, x1, y1 = (side * self.scale for side in box)
        return x0 - columns.start, y0 - rows.start, x1 - columns.start, y1 - rows.start

    def rows(self, box: Box) -> tuple[slice, slice]:
        """Return the rows and columns of *box* that lie on the page."""
        high, wide = self.grey.shape
        x0, x1 = (min(max(round(x * self.scale), 0), wide) for x in (box.x0, box.x1))
        y0, y1 = (min(max(round(y * self.scale), 0), high) for y in (box.y0, box.y1))
        return slice(y0, y1), slice(x0, x1)


def ground(picture: Raster, blank: Raster) -> Ground:
    """Return *picture* against *blank*, which are of one scale; a last row or column may be missing."""
    rows, columns = (min(a, b) for a, b in zip(picture.grey.shape, blank.grey.shape, strict=True))
    grey, seals = lifted(picture)
    grey = _flat(grey[:rows, :columns], picture.scale)
    printed = (blank.grey[:rows, :columns] < _PRINTED).view(np.uint8)
    ink = (grey < math.ceil(_level(grey, printed))).view(np.uint8)
    size = 2 * round(SPREAD * picture.scale) + 1
    spread = cv2.dilate(printed, np.ones((size, size), np.uint8))
    lines = streaks(np.asarray(cv2.subtract(ink, spread), dtype=np.uint8), picture.scale)
    if lines:
        streaked = covered(ink, lines, picture.scale) > 0
        grey, ink = (
            np.where(streaked, 255, grey).astype(np.uint8),
            np.where(streaked, 0, ink).astype(np.uint8),
        )
    whole = Ground(grey, ink, printed, picture.scale, np.asarray(spread, dtype=np.uint8), seals, lines)
    dye = None if picture.dye is None else picture.dye[:rows, :columns]
    return _undashed(whole._replace(dye=dye))


def _undashed(page: Ground) -> Ground:
    """Return *page* without the dashes of pale streaks."""
    found = dashed(page.ink, np.asarray(cv2.subtract(page.ink, page.spread), dtype=np.uint8), page.scale)
    if not found.streaks:
        return page
    grey = np.asarray(cv2.max(page.grey, found.covered * np.uint8(255)), dtype=np.uint8)
    erased = np.asarray(cv2.bitwise_and(page.ink, found.covered), dtype=np.uint8)
    ink = np.asarray(cv2.subtract(page.ink, erased), dtype=np.uint8)
    return page._replace(grey=grey, ink=ink, erased=erased)


def _flat(grey: Grey, scale: float) -> Grey:
    """Return *grey* with the paper white on both sides of a fold and within it, which no shadow keeps up."""
    small = smaller(grey, max(round(scale), 1))
    paper = cv2.blur(cv2.dilate(small, np.ones((_PLAIN, _PLAIN), np.uint8)), (3, 3))
    light = cv2.resize(np.maximum(paper, 48), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, light, scale=255), dtype=np.uint8)


def _level(grey: Grey, printed: npt.NDArray[np.uint8]) -> float:
    """Return the grey below which a pixel is ink: between the page's own print and its paper."""
    core = np.asarray(cv2.erode(printed, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    black = float(percentiles(grey, (50,), core)[0]) if core.any() else 60.0
    return min(max(255 - _DARK * (255 - black), 120.0), 210.0)
