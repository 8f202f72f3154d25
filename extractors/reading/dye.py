"""Coloured ink: where stamps, seals and blue pens lie on a page, and the page in grey beside it.

Mixed with white paper, an ink keeps its purity: the distance of its strongest and weakest channel as a share
of what it takes away from white. Black and grey have none, however thin; so neither paleness nor the softness
of an edge is taken for colour. The paper's own tint and the colour of the light are divided out first.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.raster import Grey, Raster

_AFAR = 500
"""Pixels of the longer side of a page seen from afar."""
_COARSE = 4
"""Pixels a side of which the mean is looked at first: a page without colour, the usual one, costs no more."""
_LEAST = 2e-4
"""Share of coloured pixels below which a page has none: less than the dot of a pen."""
_PURE = (70, 110)
"""Purity, of 255, from which ink begins to count as coloured and from which it counts wholly.

Black letters of a JPEG whose colour is halved have up to 60 beside a seal; blue ball pens 110 to 200."""
_HALF = 128
_TRACE = 40
"""How much darker than paper in its weakest channel a pixel must be to be ink at all."""


def raster(pixels: npt.NDArray[np.uint8], scale: float) -> Raster:
    """Return *pixels* as a page: rows of grey, or rows of blue, green, red; *scale* is pixels per point."""
    if pixels.ndim == 2:
        return Raster(grey=np.ascontiguousarray(pixels), scale=scale)
    grey: Grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return Raster(grey=grey, scale=scale, dye=_dye(pixels, grey), look=_look(pixels))


def _look(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8] | None:
    """Return the page as one sees it from afar; None where it is no larger than that itself."""
    times = max(pixels.shape) / _AFAR
    if times < 1 or min(pixels.shape[:2]) < times:
        return None
    size = (round(pixels.shape[1] / times), round(pixels.shape[0] / times))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _dye(pixels: npt.NDArray[np.uint8], grey: Grey) -> Grey | None:
    """Return by how much each pixel is darkened by coloured ink; None for a page without any."""
    rows, columns = grey.shape
    if min(rows, columns) < 2 * _COARSE:
        return None
    if float(np.mean(_pure(_smaller(pixels, _COARSE)) > _HALF)) < _LEAST:
        return None
    share = cv2.resize(_pure(_smaller(pixels, 2)), (columns, rows), interpolation=cv2.INTER_LINEAR)
    found: Grey = np.asarray(cv2.multiply(share, cv2.bitwise_not(grey), scale=1 / 255), dtype=np.uint8)
    return found


def _smaller(pixels: npt.NDArray[np.uint8], times: int) -> npt.NDArray[np.uint8]:
    """Return the picture with one pixel for *times* on a side."""
    size = (pixels.shape[1] // times, pixels.shape[0] // times)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _pure(pixels: npt.NDArray[np.uint8]) -> Grey:
    """Return how surely each pixel of a colour picture is coloured ink, 0 to 255."""
    blue, green, red = cv2.split(cv2.divide(pixels, _paper(pixels), scale=255))
    strongest = cv2.max(cv2.max(blue, green), red)
    taken = cv2.bitwise_not(cv2.min(cv2.min(blue, green), red))
    purity = cv2.divide(cv2.subtract(taken, cv2.bitwise_not(strongest)), taken, scale=255)
    first, whole = _PURE
    slope = np.clip((np.arange(256) - first) * (255 / (whole - first)), 0, 255).astype(np.uint8)
    sure = np.asarray(cv2.LUT(purity, slope), dtype=np.uint8)
    sure[np.asarray(taken) < _TRACE] = 0
    return sure


def _paper(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the colour of the paper around each pixel: the lightest of each channel nearby, smoothed."""
    rows, columns = pixels.shape[:2]
    small = cv2.resize(pixels, (max(columns // 16, 1), max(rows // 16, 1)), interpolation=cv2.INTER_AREA)
    light = cv2.GaussianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (0, 0), 3)
    wide = cv2.resize(np.maximum(light, 64), (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide, dtype=np.uint8)
