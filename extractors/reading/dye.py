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
from extractors.reading.shrinking import smaller

Colours = npt.NDArray[np.uint8]
"""Rows of pixels: blue, green, red."""

_AFAR = 500
"""Pixels of the longer side of a page seen from afar."""
_COARSE = 4
"""Pixels a side of which the mean is looked at first: a page without colour, the usual one, costs no more."""
_LEAST = 2e-4
"""Share of coloured pixels below which a page has none: less than the dot of a pen."""
_PURE = (92, 104)
"""Purity, of 255, from which ink begins to count as coloured and from which it counts wholly.

Black letters of a JPEG whose colour is halved have up to 60 beside a seal, ink of the darkest blue 70;
blue ball pens and stamps have 110 to 200."""
_WEAK, _NEAR = 74, 9
"""Purity, of 255, from which ink by surely coloured ink is of the same, and pixels of the square that is by.

The grain of a scan and a JPEG spread the purity of one pale seal from 40 to 200 about a mean of 90: by its
strong pixels alone a third of it was lifted, and the rest lay over the print like dirt."""
_LEAST_SIDE = 64
"""Pixels of a side below which a picture is too small to say what its paper is."""
_ROOM = 4
"""Coarse pixels around what has colour, for soft edges."""
_HALF = 128
_TRACE = 40
"""How much darker than paper in its weakest channel a pixel must be to be ink at all."""


def raster(pixels: Colours, scale: float) -> Raster:
    """Return *pixels* as a page: rows of grey, or rows of blue, green, red; *scale* is pixels per point."""
    if pixels.ndim == 2:
        return Raster(grey=np.ascontiguousarray(pixels), scale=scale)
    grey: Grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    if min(grey.shape) < _LEAST_SIDE:
        return Raster(grey=grey, scale=scale)
    half = smaller(pixels, 2)
    coarse = smaller(half, _COARSE // 2)
    return Raster(grey=grey, scale=scale, dye=_dye(half, grey, coarse), look=_look(coarse))


def _look(coarse: Colours) -> Colours | None:
    """Return the page as one sees it from afar; None where it is no larger than that itself."""
    times = max(coarse.shape) / _AFAR
    if times < 1 or min(coarse.shape[:2]) < times:
        return None
    size = (round(coarse.shape[1] / times), round(coarse.shape[0] / times))
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _dye(half: Colours, grey: Grey, coarse: Colours) -> Grey | None:
    """Return by how much each pixel is darkened by coloured ink; None for a page without any.

    Only the part of the page in which *coarse* has colour is looked at closely, at *half* its size.
    """
    paper = _paper(coarse)
    seen = _pure(coarse, paper)
    if float(np.mean(seen > _HALF)) < _LEAST:
        return None
    part = _around(seen > 0, grey.shape)
    light = np.asarray(cv2.resize(paper, coarse.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    here = light[tuple(slice(one.start // _COARSE, one.stop // _COARSE) for one in part)]
    rows, columns = part[0].stop - part[0].start, part[1].stop - part[1].start
    close = half[tuple(slice(one.start // 2, one.stop // 2) for one in part)]
    share = cv2.resize(_spread(_purity(close, here)), (columns, rows), interpolation=cv2.INTER_LINEAR)
    found: Grey = np.zeros_like(grey)
    found[part] = cv2.multiply(share, cv2.bitwise_not(grey[part]), scale=1 / 255)
    return found


def _around(seen: npt.NDArray[np.bool_], shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of a page of *shape* around what is *seen*, in whole coarse pixels."""
    found = []
    for axis in (0, 1):
        at = np.flatnonzero(seen.any(axis=1 - axis))
        first, last = max(int(at[0]) - _ROOM, 0), min(int(at[-1]) + 1 + _ROOM, shape[axis] // _COARSE)
        found.append(slice(first * _COARSE, last * _COARSE))
    return found[0], found[1]


def _pure(pixels: Colours, paper: Colours) -> Grey:
    """Return how surely each pixel of a picture on *paper* of some colour is coloured ink, 0 to 255."""
    return _sloped(_purity(pixels, paper), *_PURE)


def _spread(purity: Grey) -> Grey:
    """Return how surely each pixel is coloured ink, by itself or with what is beside it."""
    strong = _sloped(purity, *_PURE)
    beside = cv2.dilate(np.where(strong > _HALF, 255, 0).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    return np.maximum(strong, cv2.bitwise_and(_sloped(purity, _WEAK - 1, _WEAK), beside))


def _sloped(purity: Grey, first: int, whole: int) -> Grey:
    """Return 0 up to the purity *first*, 255 from *whole*, and evenly in between."""
    slope = np.clip((np.arange(256) - first) * (255 / (whole - first)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(purity, slope), dtype=np.uint8)


def _purity(pixels: Colours, paper: Colours) -> Grey:
    """Return the purity of each pixel of a picture on *paper* of some colour; 0 where there is no ink."""
    light = cv2.resize(paper, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    blue, green, red = cv2.split(cv2.divide(pixels, light, scale=255))
    strongest = cv2.max(cv2.max(blue, green), red)
    taken = cv2.bitwise_not(cv2.min(cv2.min(blue, green), red))
    purity = cv2.divide(cv2.subtract(taken, cv2.bitwise_not(strongest)), taken, scale=255)
    found = np.array(purity, dtype=np.uint8)
    found[np.asarray(taken) < _TRACE] = 0
    return found


def _paper(coarse: Colours) -> Colours:
    """Return the colour of the paper, one pixel for four of *coarse*: the lightest that is near, smoothed."""
    small = smaller(coarse, _COARSE)
    near = cv2.GaussianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (0, 0), 3)
    return np.maximum(np.asarray(near, dtype=np.uint8), 64)
