"""A scan's own pixels made a page to be read: square, and of a resolution that the readers like."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading import dye
from extractors.reading.raster import Raster, inches

DPI = 300
"""Pixels an inch to which papers are drawn; more shows a reader nothing more."""
_FINER = 1.15
"""Times that by which a scan may be finer before it is made smaller."""
_COARSE = 150
"""Pixels an inch below which a scan is enlarged: small print has letters of fewer than ten pixels there."""
_ENLARGED = 3.0
"""Times that a scan is enlarged at most; what is coarser stays illegible."""
_OBLONG = 0.001
"""By how much a pixel may be longer than wide; a fax at 204 by 98 lines an inch has pixels twice as high."""
_EVERY = 8
"""Every eighth pixel tells how much of a picture is black."""
_BLACK, _WHITE, _BILEVEL = 0.75, 0.002, 0.98
"""Shares of black pixels, of white ones, and of both together, from which a picture is a negative."""
_NEXT = 3
"""Every third pixel tells whether a picture has greys: edges of letters are one or two pixels wide."""
_GREY, _HALF, _FEW = 48, 128, 0.1
"""Levels that are neither black nor white lie 48 from both ends; a picture with fewer of them than a tenth
of its dark pixels is black and white, be it saved as JPEG. Scans in grey have more of them than dark ones."""
MOST = 24_000_000
"""Pixels of the largest page: A3 at 300 dpi and a little."""


def raster(pixels: npt.NDArray[np.uint8], size: tuple[float, float]) -> Raster:
    """Return *pixels* (rows of grey, or of blue, green, red) as a page of *size*: points across and down.

    Pixels are made square, a scan of more than 345 dpi is made smaller and one of less than 150 larger.
    """
    pixels = _positive(pixels)
    bilevel = _bilevel(pixels)
    rows, columns = pixels.shape[:2]
    scale = max(columns / size[0], rows / size[1])
    scale *= _change(scale * max(size) / inches(max(size)))
    scale *= min((MOST / (size[0] * size[1] * scale**2)) ** 0.5, 1.0)
    wanted = (max(round(size[0] * scale), 1), max(round(size[1] * scale), 1))
    if max(abs(columns / wanted[0] - 1), abs(rows / wanted[1] - 1)) <= _OBLONG:
        return replace(dye.raster(pixels, columns / size[0]), bilevel=bilevel)
    smaller = wanted[0] <= columns and wanted[1] <= rows
    way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    fitted = np.asarray(cv2.resize(pixels, wanted, interpolation=way), dtype=np.uint8)
    enlarged = max(min(wanted[0] / columns, wanted[1] / rows), 1.0)
    return replace(dye.raster(fitted, scale), enlarged=enlarged, bilevel=bilevel)


def _bilevel(pixels: npt.NDArray[np.uint8]) -> bool:
    """Whether a picture has ink, and next to none of it is grey."""
    few = pixels[::_NEXT, ::_NEXT]
    if few.ndim == 3:
        few = np.maximum(np.maximum(few[:, :, 0], few[:, :, 1]), few[:, :, 2])  # `max` over 3 is slow
    dark = int(np.count_nonzero(few < _HALF))
    return dark > 0 and int(np.count_nonzero((few >= _GREY) & (few < 255 - _GREY))) < _FEW * dark


def _positive(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return a black and white picture with its paper white: some fax programs write the negative."""
    few = pixels[::_EVERY, ::_EVERY]
    if few.ndim == 3 or not few.size:
        return pixels
    black, white = float(np.mean(few < 64)), float(np.mean(few > 192))
    negative = black > _BLACK and white > _WHITE and black + white > _BILEVEL
    return np.asarray(cv2.bitwise_not(pixels), dtype=np.uint8) if negative else pixels


def _change(dpi: float) -> float:
    """Return by how much a scan of *dpi* pixels an inch is made larger."""
    if dpi > _FINER * DPI:
        return DPI / dpi
    return min(DPI / dpi, _ENLARGED) if dpi < _COARSE else 1.0
