"""Is this the sheet? Its sides must part inside from outside, and end at its corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extractors.reading.paper.way import Corners

Colours = npt.NDArray[np.float32]
"""A small picture in CIELAB, 8 bits a channel."""

_FAR = 12.0
"""Distance in CIELAB across an edge; paper's own texture and shadow stay below 8 on that length."""
_REACH = 5
"""Pixels to both sides of an edge at which colours are compared."""
_SPAN = (0.08, 0.92)
"""Shares of a side between which it is looked at: paper curls at its corners."""
_INSIDE = 0.3
"""Share of a side that must have something beyond it in the picture; else the rim is the side."""
_BEYOND = (0.04, 0.25)
"""Shares of a side's length beyond its corner at which it is looked at once more."""
_STRIPS = (4, 6, 8, 10)
"""Pixels to either side of a line at which the colours along it are taken."""
_FEW = 40
"""Pixels of such a strip below which it says nothing."""


def seen(colours: Colours, corners: Corners) -> float:
    """Return the share of its least seen side along which the sheet differs from what lies around it.

    A side on the picture's own rim shows no edge and need not.
    """
    middle = corners.mean(axis=0)
    ends = np.roll(corners, -1, axis=0)
    return min(_side(colours, a, b, middle) for a, b in zip(corners, ends, strict=True))


def _side(colours: Colours, a: Corners, b: Corners, middle: Corners) -> float:
    """Return the share of the side from *a* to *b* at which the colours inside and outside differ."""
    rows, columns = colours.shape[:2]
    along = a + (b - a) * np.linspace(*_SPAN, 40)[:, None]
    across = _inwards(a, b, middle)
    inside, outside = along + _REACH * across, along - _REACH * across
    limits = np.array([columns - 1, rows - 1])
    on = np.all((outside >= 0) & (outside <= limits), axis=1)
    if float(on.mean()) < _INSIDE:
        return 1.0
    x, y = np.clip(np.round(inside), 0, limits).astype(int).T
    u, v = np.clip(np.round(outside), 0, limits).astype(int).T
    far = np.linalg.norm(colours[y, x] - colours[v, u], axis=1) >= _FAR
    return float(np.mean(far[on]))


def goes_on(colours: Colours, corners: Corners) -> bool:
    """Whether the paper goes on beyond one of the sides: then that side is the edge of a shadow.

    Beyond a true corner the line of a side has table on its left and on its right; beyond the corners of a
    shadow's edge both neighbours of it go on parting paper from table.
    """
    middle = corners.mean(axis=0)
    for at in range(4):
        before, a, b, after = (corners[(at + step) % 4] for step in (-1, 0, 1, 2))
        if _parts_on(colours, before, a, middle) and _parts_on(colours, after, b, middle):
            return True
    return False


def _parts_on(colours: Colours, start: Corners, end: Corners, middle: Corners) -> bool:
    """Whether the line from *start* on beyond *end* goes on parting two colours."""
    along = end + (end - start) * np.linspace(*_BEYOND, 30)[:, None]
    across = _inwards(start, end, middle)
    means = []
    for side in (1, -1):
        strip = np.concatenate([along + side * far * across for far in _STRIPS])
        limits = np.array([colours.shape[1] - 1, colours.shape[0] - 1])
        on = np.round(strip[np.all((strip >= 0) & (strip <= limits), axis=1)]).astype(int)
        if len(on) < _FEW:
            return False
        means.append(np.median(colours[on[:, 1], on[:, 0]], axis=0))
    return float(np.linalg.norm(means[0] - means[1])) >= _FAR


def _inwards(start: Corners, end: Corners, middle: Corners) -> Corners:
    """Return the step of one pixel from the side between two points towards the *middle*."""
    across = np.array([end[1] - start[1], start[0] - end[0]]) / max(float(np.linalg.norm(end - start)), 1.0)
    return across if float(np.dot(middle - end, across)) > 0 else -across
