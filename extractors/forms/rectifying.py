"""A scan drawn straight on its blank, pixel by pixel: no turn, no perspective, no bend is left."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.bending import Lie
from extractors.forms.template import Sheet
from extractors.reading.raster import Grey, Raster
from extractors.reading.straighten import even

_SCALES = (200 / 72, 300 / 72)
"""Pixels per point to draw at: faxes and scans of 200 dpi gain nothing from more."""
_FINE = 3.2
"""Pixels per point of a scan (230 dpi) from which it is drawn at the finer scale."""
_CELL = 64
"""Pixels between places that are reckoned: in between, a straight line is off by 0.05 pixels at most."""
_STRIP = 8
"""Cells drawn at a time: more need 70 MB for nothing but where each pixel comes from."""


def rectified(picture: Raster, lie: Lie, sheet: Sheet) -> Raster:
    """Return *picture* in the coordinates of *sheet*, evenly lit; what it does not show is white."""
    middle = np.array([[sheet.width / 2, sheet.height / 2], [sheet.width / 2 + 1, sheet.height / 2]])
    left, right = lie.there(middle)
    scale = _SCALES[bool(np.hypot(*(right - left)) > _FINE)]
    net = _net(lie, sheet, scale)
    size = (math.ceil(sheet.width * scale), math.ceil(sheet.height * scale))
    grey = _drawn(picture.grey, net, size, 255)
    dye = None if picture.dye is None else _drawn(picture.dye, net, size, 0)
    return Raster(grey=even(grey), scale=scale, dye=dye)


def _net(lie: Lie, sheet: Sheet, scale: float) -> npt.NDArray[np.float32]:
    """Return for the middle of every cell of pixels, one around the sheet too, where it is on the picture."""
    across, down = (int(np.ceil(side * scale / _CELL)) + 2 for side in (sheet.width, sheet.height))
    xs, ys = ((np.arange(count) - 0.5) * _CELL - 0.5 for count in (across, down))
    places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2) / scale
    return lie.there(places).reshape(down, across, 2).astype(np.float32)


def _drawn(pixels: Grey, net: npt.NDArray[np.float32], size: tuple[int, int], paper: int) -> Grey:
    """Draw strip by strip; *size* is width and height."""
    strips = [_strip(pixels, net[at : at + _STRIP + 2], paper) for at in range(0, len(net) - 2, _STRIP)]
    return np.ascontiguousarray(np.vstack(strips)[: size[1], : size[0]])


def _strip(pixels: Grey, net: npt.NDArray[np.float32], paper: int) -> Grey:
    """Draw the cells of some rows of the net, without the first and last of each."""
    down, across = net.shape[:2]
    places = cv2.resize(net, (across * _CELL, down * _CELL), interpolation=cv2.INTER_LINEAR)
    inner = places[_CELL:-_CELL, _CELL:-_CELL]
    drawn = cv2.remap(pixels, inner[..., 0], inner[..., 1], cv2.INTER_LINEAR, borderValue=paper)
    return np.asarray(drawn, dtype=np.uint8)
