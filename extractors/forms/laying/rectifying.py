"""A scan drawn straight on its blank, pixel by pixel: no turn, no perspective, no bend is left."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.laying.bending import Lie
from extractors.forms.laying.blanks import MIDDLE
from extractors.forms.laying.finding import fineness
from extractors.forms.template import Sheet
from extractors.reading.paper.straighten import even
from extractors.reading.raster import Grey, Raster

_SCALE = 200 / 72
"""Pixels per point to draw at: finer shows the readers nothing, and costs twice the time. Of 522 values on
scans and photos of 300 dpi, in letters of 5 to 11 points, 515 were read rightly when drawn at 300 dpi and 415
surely; 521 and 416 at 200."""
_COARSER = 1.75
"""A picture so many times finer than what is drawn is halved first: else fine print is drawn with gaps."""
_CELL = 64
"""Pixels between places that are reckoned: in between, a straight line is off by 0.05 pixels at most."""
_STRIP = 4
"""Cells drawn at a time: more need 70 MB for nothing but where each pixel comes from."""

_NO_MORE: Any = None
"""What `remap` takes for no second map; its types know of none."""


def rectified(picture: Raster, lie: Lie, sheet: Sheet) -> Raster:
    """Return *picture* in the coordinates of *sheet*, evenly lit; what it does not show is white."""
    dye = None if picture.dye is None else drawn(picture.dye, lie, sheet, _SCALE, paper=0)
    grey = even(drawn(picture.grey, lie, sheet, _SCALE))
    return Raster(grey=grey, scale=_SCALE, dye=dye, bilevel=picture.bilevel)


def drawn(pixels: Grey, lie: Lie, sheet: Sheet, scale: float, *, paper: int = 255) -> Grey:
    """Return *pixels* drawn on *sheet* with *scale* pixels per point; *paper* where they show nothing."""
    net = _net(lie, sheet, scale)
    if fineness(lie.matrix, sheet) > _COARSER * scale:
        pixels = np.asarray(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        net = ((net + MIDDLE) / 2 - MIDDLE).astype(np.float32)
    width, height = math.ceil(sheet.width * scale), math.ceil(sheet.height * scale)
    found = np.empty((height, width), dtype=np.uint8)
    for at in range(0, len(net) - 2, _STRIP):
        part, near = found[at * _CELL : (at + _STRIP) * _CELL], net[at : at + _STRIP + 2]
        part[:] = paper if _bare(pixels, near, paper) else _strip(pixels, near, part.shape, paper)
    return found


def _net(lie: Lie, sheet: Sheet, scale: float) -> npt.NDArray[np.float32]:
    """Return for the middle of every cell of pixels, one around the sheet too, where it is on the picture."""
    across, down = (int(np.ceil(side * scale / _CELL)) + 2 for side in (sheet.width, sheet.height))
    xs, ys = ((np.arange(count) - 0.5) * _CELL for count in (across, down))
    places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2) / scale
    return (lie.there(places) - MIDDLE).reshape(down, across, 2).astype(np.float32)


def _bare(pixels: Grey, net: npt.NDArray[np.float32], paper: int) -> bool:
    """Whether there is no dye where the cells of *net* lie, as on most of a page; grey is never looked at."""
    if paper:
        return False
    (x0, y0), (x1, y1) = np.floor(net.min(axis=(0, 1))) - 1, np.ceil(net.max(axis=(0, 1))) + 2
    part = pixels[max(int(y0), 0) : max(int(y1), 0), max(int(x0), 0) : max(int(x1), 0)]
    return not part.size or cv2.countNonZero(part) == 0


def _strip(pixels: Grey, net: npt.NDArray[np.float32], size: tuple[int, ...], paper: int) -> Grey:
    """Draw so many rows and columns of the cells of some rows of the net, without the first of each."""
    down, across = net.shape[:2]
    places = cv2.resize(net, (across * _CELL, down * _CELL), interpolation=cv2.INTER_LINEAR)
    # one map for both: two are first copied out, at as much again
    inner = places[_CELL : _CELL + size[0], _CELL : _CELL + size[1]]
    found = cv2.remap(pixels, inner, _NO_MORE, cv2.INTER_LINEAR, borderValue=paper)
    return np.asarray(found, dtype=np.uint8)
