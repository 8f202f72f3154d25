"""A box with a cross through it: what is crossed out is no signature, and a cross shows where to sign.

The two lines of such a cross are straight, meet within both and are nearly as long as all that is drawn. A
name's own strokes are bent or short beside its flourish, and meet it one by one.
"""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import Dark

_FINE = 1.0
"""Pixels per point at which lines are sought."""
_SHARE = 0.55
"""Length of each line of a cross, by the diagonal of all ink."""
_LEAST = 15.0
"""Points that a line of a cross has at least: a shorter one is a letter's."""
_GAP = 2.0
"""Points of white over which a line goes on."""
_VOTES = 0.6
"""Share of a line's pixels that must lie on it for it to be sought at all."""
_WITHIN = 0.15
"""Share of each line, from both its ends, within which the other does not cross it."""
_OPEN = 0.35
"""Sine of the least angle between the lines: 20 degrees. Two flatter ones are a flourish drawn twice."""
_MOST = 200
"""Lines that are looked at, those with most ink on them first: each stroke gives a few."""


class _Line(NamedTuple):
    """A straight line from one point to another, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


def crossed(ink: Dark, scale: float) -> bool:
    """Return whether two straight lines cross over the *ink* of a box; *scale* is pixels per point."""
    rows, columns = np.nonzero(ink)
    if not rows.size:
        return False
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    part = min(_FINE / scale, 1.0)
    size = [max(round(side * part), 1) for side in cut.shape[::-1]]
    small = cv2.resize(cut.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
    wide = cv2.dilate((small > 0).astype(np.uint8), np.ones((3, 3), np.uint8))  # lines lie between pixels
    broad = np.asarray(wide, np.uint8)
    long = max(_SHARE * hypot(*size), _LEAST * scale * part)
    found = cv2.HoughLines(broad, 1, np.pi / 360, round(_VOTES * long))
    if found is None:
        return False
    sought = np.asarray(found, np.float64).reshape(-1, 2)[:_MOST].tolist()
    lines = [line for rho, turn in sought if (line := _longest(broad, rho, turn, _GAP * scale * part))]
    long_ones = [one for one in lines if hypot(one.x1 - one.x0, one.y1 - one.y0) >= long]
    return any(_cross(one, other) for one, other in combinations(long_ones, 2))


def _longest(ink: npt.NDArray[np.uint8], rho: float, turn: float, gap: float) -> _Line | None:
    """Return the longest inked part of the line *rho* from the corner, at a right angle to *turn*."""
    rows, columns = ink.shape
    reach = np.arange(-hypot(rows, columns), hypot(rows, columns))
    xs = np.round(rho * np.cos(turn) - reach * np.sin(turn)).astype(np.int64)
    ys = np.round(rho * np.sin(turn) + reach * np.cos(turn)).astype(np.int64)
    inside = (xs >= 0) & (xs < columns) & (ys >= 0) & (ys < rows)
    xs, ys = xs[inside], ys[inside]
    on = np.flatnonzero(ink[ys, xs])
    if not on.size:
        return None
    ends = np.flatnonzero(np.diff(on, append=np.inf) > max(gap, 1.0))
    starts = np.concatenate(([0], ends[:-1] + 1))
    best = int(np.argmax(ends - starts))
    first, last = int(on[starts[best]]), int(on[ends[best]])
    return _Line(float(xs[first]), float(ys[first]), float(xs[last]), float(ys[last]))


def _cross(one: _Line, other: _Line) -> bool:
    """Whether two lines cross within both, not near their ends, and not too flatly."""
    ax, ay, bx, by = one.x1 - one.x0, one.y1 - one.y0, other.x1 - other.x0, other.y1 - other.y0
    turn = ax * by - ay * bx
    if abs(turn) < _OPEN * hypot(ax, ay) * hypot(bx, by):
        return False
    x, y = other.x0 - one.x0, other.y0 - one.y0
    along = ((x * by - y * bx) / turn, (x * ay - y * ax) / turn)
    return all(_WITHIN <= share <= 1 - _WITHIN for share in along)
