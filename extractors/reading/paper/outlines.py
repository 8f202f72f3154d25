"""Pieces of a mask that have four corners: what may be the sheet in a photograph."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.paper.way import Corners

_LEAST, _MOST = 0.2, 0.97
"""Share of the picture that a sheet fills; one that fills all needs no search."""
_LOOSE = (0.01, 0.02, 0.03, 0.05)
"""Shares of an outline's length by which four corners may miss it, tried one after the other."""
_FILLED = 0.9
"""Share of the outline that its four corners must hold; a dog-ear takes a hundredth."""


def quads(mask: npt.NDArray[np.uint8]) -> Iterator[Corners]:
    """Yield the corners of the largest pieces of *mask*, if they are four-cornered."""
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:2]:
        hull = cv2.convexHull(outline)
        if _LEAST * mask.size <= cv2.contourArea(hull) <= _MOST * mask.size:
            yield from _cornered(np.asarray(hull, dtype=np.int32))


def _cornered(hull: npt.NDArray[np.int32]) -> Iterator[Corners]:
    """Yield the corners of an outline, if four are enough to describe it."""
    length = cv2.arcLength(hull, closed=True)
    for loose in _LOOSE:
        quad = np.asarray(cv2.approxPolyDP(hull, loose * length, closed=True), dtype=np.float64)
        if len(quad) == 4:
            if area(quad) >= _FILLED * cv2.contourArea(hull):
                yield _ordered(quad.reshape(4, 2))
            return


def _ordered(corners: Corners) -> Corners:
    """Return the corners clockwise as seen, the one nearest to the top left first."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def area(corners: Corners) -> float:
    """Return the area inside *corners* in pixels."""
    return float(cv2.contourArea(corners.astype(np.float32)))
