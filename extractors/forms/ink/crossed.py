"""A box with a cross through it: what is crossed out is no signature, and a cross shows where to sign.

The two lines of such a cross are straight, meet within both and are nearly as long as all that is drawn. A
name's own strokes are bent or short beside its flourish, and meet it one by one. Two long straight lines side
by side through a name strike it out too, where a double flourish runs below it; and so does a stroke to and
fro over all of it: a name goes all the way up and down in few places.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_APART = 3.0
"""Points between two lines that are none of one stroke."""
_LEVEL = 0.1
"""Sine of the angle between two lines that run side by side."""
_STRAIGHT, _WHITE = 0.76, 0.5
"""Shares of the way along such a line, and between both, that have ink."""
_BEND = 2.5
"""Points off a line within which ink is its own: a pen's line is bent a little."""
_OVER = 0.08
"""Share of a name's own ink on each side of both lines, from which they go through it."""
_LEGS, _HEIGHTS = 7, (0.2, 0.8)
"""Strokes that reach so high and so low where one goes to and fro over a name; of what is drawn."""
_MOST = 200
"""Lines that are looked at, those with most ink on them first: each stroke gives a few."""


class _Line(NamedTuple):
    """A straight line from one point to another, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


def crossed(ink: Dark, scale: float) -> bool:
    """Return whether the *ink* of a box is crossed out, or a cross; *scale* is pixels per point."""
    rows, columns = np.nonzero(ink)
    if not rows.size:
        return False
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    part = min(_FINE / scale, 1.0)
    size = [max(round(side * part), 1) for side in cut.shape[::-1]]
    small = np.asarray(cv2.resize(cut.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA), np.uint8)
    lines = _lines(small, max(_SHARE * hypot(*size), _LEAST * scale * part), _GAP * scale * part)
    if any(_cross(one, other) for one, other in combinations(lines, 2)) or _to_and_fro(cut):
        return True
    return any(_through(one, other, small > 0, scale * part) for one, other in combinations(lines, 2))


def _lines(small: npt.NDArray[np.uint8], long: float, gap: float) -> list[_Line]:
    """Return the straight lines of *small* that are *long* or longer."""
    # lines lie between pixels
    broad = np.asarray(cv2.dilate((small > 0).astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    found = cv2.HoughLines(broad, 1, np.pi / 360, round(_VOTES * long))
    if found is None:
        return []
    lines = _longest(broad, np.asarray(found, np.float64).reshape(-1, 2)[:_MOST], gap)
    return [one for one in lines if hypot(one.x1 - one.x0, one.y1 - one.y0) >= long]


def _to_and_fro(ink: Dark) -> bool:
    """Whether one stroke after another reaches nearly all over *ink*, be it up and down or to the sides."""
    return any(
        all(_runs(plane[round(at * (len(plane) - 1))]) >= _LEGS for at in _HEIGHTS) for plane in (ink, ink.T)
    )


def _runs(pixels: npt.NDArray[np.bool_]) -> int:
    """Return how many runs of ink a row has."""
    return int((np.diff(pixels.astype(np.int8), prepend=0) > 0).sum())


def _through(one: _Line, other: _Line, ink: Dark, scale: float) -> bool:
    """Whether two lines run side by side, white between them, through what else is inked, not beside it."""
    other = other if _turned(one, other, along=True) > 0 else _Line(other.x1, other.y1, other.x0, other.y0)
    between = _Line(*((a + b) / 2 for a, b in zip(one, other, strict=True)))
    apart = _off(one, np.array([[other.y0, other.x0], [other.y1, other.x1]])) / scale
    straight = min(_inked(one, ink), _inked(other, ink)) >= _STRAIGHT > _WHITE >= _inked(between, ink)
    if not straight or abs(_turned(one, other)) > _LEVEL or abs(apart).min() < _APART:
        return False
    offs = np.array([_off(line, np.argwhere(ink)) for line in (one, other)])
    rest = offs[:, (np.abs(offs) > _BEND * scale).all(axis=0)]
    sides = [int(side.all(axis=0).sum()) for side in (rest < 0, rest > 0)]
    return bool(min(sides) > _OVER * rest.shape[1])


def _inked(line: _Line, ink: Dark) -> float:
    """Return the share of a line on which ink lies."""
    steps = np.linspace(0, 1, 64)
    rows, columns = line.y0 + steps * (line.y1 - line.y0), line.x0 + steps * (line.x1 - line.x0)
    return float(ink[np.rint(rows).astype(np.intp), np.rint(columns).astype(np.intp)].mean())


def _longest(ink: npt.NDArray[np.uint8], sought: npt.NDArray[np.float64], gap: float) -> Iterator[_Line]:
    """Yield the longest inked part of each line that is *sought* and has ink, white of a *gap* parting them.

    A row of *sought* is how far a line is from the corner, and the turn at a right angle to which it runs.
    """
    rows, columns = ink.shape
    reach = np.arange(-hypot(rows, columns), hypot(rows, columns))
    rho, cosine, sine = sought[:, :1], np.cos(sought[:, 1:]), np.sin(sought[:, 1:])
    xs = np.round(rho * cosine - reach * sine).astype(np.intp)
    ys = np.round(rho * sine + reach * cosine).astype(np.intp)
    inside = (xs >= 0) & (xs < columns) & (ys >= 0) & (ys < rows)
    inked = inside & (ink.take(ys * columns + xs, mode="clip") > 0)
    for x, y, on in zip(xs, ys, inked, strict=True):
        at = np.flatnonzero(on)
        if at.size:
            ends = np.flatnonzero(np.append(at[1:] - at[:-1] > max(gap, 1.0), [True]))
            starts = np.concatenate(([0], ends[:-1] + 1))
            best = int(np.argmax(ends - starts))
            first, last = int(at[starts[best]]), int(at[ends[best]])
            yield _Line(float(x[first]), float(y[first]), float(x[last]), float(y[last]))


def _cross(one: _Line, other: _Line) -> bool:
    """Whether two lines cross within both, not near their ends, and not too flatly."""
    ax, ay, bx, by = one.x1 - one.x0, one.y1 - one.y0, other.x1 - other.x0, other.y1 - other.y0
    turn = ax * by - ay * bx
    if abs(turn) < _OPEN * hypot(ax, ay) * hypot(bx, by):
        return False
    x, y = other.x0 - one.x0, other.y0 - one.y0
    along = ((x * by - y * bx) / turn, (x * ay - y * ax) / turn)
    return all(_WITHIN <= share <= 1 - _WITHIN for share in along)


def _off(line: _Line, places: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return how far *places*, row and column, are off a line, to one side and the other."""
    x, y = line.x1 - line.x0, line.y1 - line.y0
    return np.asarray((x * (places[:, 0] - line.y0) - y * (places[:, 1] - line.x0)) / max(hypot(x, y), 1e-9))


def _turned(one: _Line, other: _Line, *, along: bool = False) -> float:
    """Return the sine of the angle between two lines, or its cosine if asked for what they have *along*."""
    ax, ay, bx, by = one.x1 - one.x0, one.y1 - one.y0, other.x1 - other.x0, other.y1 - other.y0
    return (ax * bx + ay * by if along else ax * by - ay * bx) / max(hypot(ax, ay) * hypot(bx, by), 1e-9)
