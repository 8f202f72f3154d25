"""Worn round seals: rims of which pieces are left, told by how much of one circle strokes run along.

A pen's loops cross a circle as large as a seal's, or touch it; the pieces of a rim run along it all the way
round, whatever coat of arms, bars or letters stand within. Of 99 signatures one ran along 0.49 of a circle,
no other along 0.4; of 67 worn seals 14 passed for names before this was asked, of 81 others 2 do since.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import Dark

_COARSE, _FINE = 0.5, 1.5
"""Pixels per point at which circles are sought, and at which they are looked at."""
_RADII = (24.0, 64.0)
"""Points from the middle of a rim: seals are 25 to 45 mm across, loops of a pen seldom 17."""
_CROSSED = 0.4
"""Share of a circle with ink on it, whichever way that runs, from which it is looked at."""
_MOST = 24
"""Circles looked at, those with most ink first."""
_ALONG = 0.4
"""Share of a circle along which strokes run, from which it is a rim."""
_TURNS = 96
"""Places on the way round that are looked at."""
_OFF = (-1.0, -0.33, 0.33, 1.0)
"""Points from a circle to both sides at which its stroke may lie."""
_ASKEW = np.radians(20)
"""Turn off the circle's own way by which a stroke on it still runs along it."""
_INK = (60, 90)
"""Darkness of a pixel, coarse and fine, 0 to 255, from which it is ink."""
_RUN = 3.0
"""Points beyond a rim that are still the seal's."""
_SEALS = 3
"""Rims that are taken away one after another: two seals, or an inner rim, then the one around it."""

_Plane = npt.NDArray[np.float32]


class _Circle(NamedTuple):
    """A circle in points of a piece of a page, and the share of it that counts."""

    share: float
    x: float
    y: float
    radius: float


def beside_rims(ink: Dark, scale: float) -> Dark:
    """Return *ink* without what lies within the worn rims in it; *scale* is pixels per point."""
    left = ink
    for _ in range(_SEALS):
        rim = max(_looked_at(left, scale), default=None)
        if rim is None or rim.share < _ALONG:
            return left
        within = np.zeros(left.shape, np.uint8)
        middle = (round(rim.x * scale), round(rim.y * scale))
        cv2.circle(within, middle, round((rim.radius + _RUN) * scale), 1, -1)
        left = left & (within == 0)
    return left


def _looked_at(ink: Dark, scale: float) -> Iterator[_Circle]:
    """Yield the likely circles, each with the share of it along which strokes of *ink* run."""
    likely = sorted(_likely(_at(ink, scale, _COARSE)), reverse=True)[:_MOST]
    if likely:
        fine = _at(ink, scale, _FINE)
        dark, way = fine > _INK[1], _way(fine)
        for one in likely:
            yield _best(dark, way, one)


def _at(ink: Dark, scale: float, dots: float) -> _Plane:
    """Return *ink*, 0 to 255, at *dots* pixels per point."""
    size = [max(round(side * dots / scale), 1) for side in ink.shape[::-1]]
    return np.asarray(cv2.resize(ink.view(np.uint8) * 255, size, interpolation=cv2.INTER_AREA), np.float32)


def _likely(small: _Plane) -> Iterator[_Circle]:
    """Yield of each radius the two circles with most ink on them, if it is much."""
    wide = cv2.dilate((small > _INK[0]).astype(np.float32), np.ones((3, 3), np.uint8))
    low, high = (round(radius * _COARSE) for radius in _RADII)
    for radius in range(low, high + 1):
        ring = np.zeros((2 * radius + 3,) * 2, np.float32)
        cv2.circle(ring, (radius + 1, radius + 1), radius, (1,), 1)
        met = cv2.filter2D(wide, -1, ring / ring.sum(), borderType=cv2.BORDER_CONSTANT)
        for _ in range(2):
            y, x = np.unravel_index(int(met.argmax()), met.shape)
            if met[y, x] >= _CROSSED:
                yield _Circle(float(met[y, x]), x / _COARSE, y / _COARSE, radius / _COARSE)
            met[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4] = 0


def _way(fine: _Plane) -> npt.NDArray[np.float32]:
    """Return the turn of what lies square to the stroke at each pixel, as a radius does to its circle."""
    soft: Any = cv2.GaussianBlur(fine, (0, 0), 0.8)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.GaussianBlur(one, (0, 0), 1.2) for one in (across**2, down**2, across * down))
    return np.asarray(0.5 * np.arctan2(2 * xy, xx - yy), np.float32)


def _best(dark: Dark, way: npt.NDArray[np.float32], near: _Circle) -> _Circle:
    """Return the circle within a point of *near* along which strokes run most."""
    shifts = np.stack(np.meshgrid(*[(-1.0, 0.0, 1.0)] * 3), axis=-1).reshape(-1, 3)
    x, y, radius = (np.array(near[1:]) + shifts).T
    turns = np.arange(_TURNS) * (2 * np.pi / _TURNS)
    out = radius[:, None, None] + np.array(_OFF)[:, None]
    column = np.rint((x[:, None, None] + out * np.cos(turns)) * _FINE).astype(int)
    row = np.rint((y[:, None, None] + out * np.sin(turns)) * _FINE).astype(int)
    on = (column >= 0) & (row >= 0) & (column < dark.shape[1]) & (row < dark.shape[0])
    at = np.where(on, row, 0), np.where(on, column, 0)
    askew = np.abs((way[at] - turns + np.pi / 2) % np.pi - np.pi / 2)
    share = (on & dark[at] & (askew < _ASKEW)).any(axis=1).mean(axis=1)
    best = int(share.argmax())
    return _Circle(float(share[best]), float(x[best]), float(y[best]), float(radius[best]))
