"""Greys counted and spread grey by grey: to sort the pixels of a page takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.raster import Grey


def spread(grey: Grey, low: float, over: float) -> Grey:
    """Return *grey* with *low*, and what is darker, made black, and what is *over* greys lighter white."""
    told = np.clip((np.arange(256, dtype=np.float32) - low) * (255 / over), 0, 255)
    return np.asarray(cv2.LUT(grey, told.astype(np.uint8)), dtype=np.uint8)


def percentiles(
    grey: Grey, shares: Sequence[float], mask: npt.NDArray[np.uint8] | None = None
) -> npt.NDArray[np.float64]:
    """Return what `np.percentile` does for *shares*, 0 to 100, of the greys where *mask* is not 0.

    There must be one pixel at least.
    """
    counts = cv2.calcHist([np.asarray(grey)], [0], mask, [256], [0, 256]).ravel()
    below = np.cumsum(counts.astype(np.intp))
    last = int(below[-1]) - 1
    places = last * (np.asarray(shares, np.float64) / 100)
    at = places.astype(np.intp)
    one, other = (np.searchsorted(below, np.minimum(each, last), side="right") for each in (at, at + 1))
    step, way = other - one, places - at
    # from the nearer end, as NumPy does: it rounds otherwise from the other
    return np.asarray(np.where(way >= 0.5, other - step * (1 - way), one + step * way), np.float64)
