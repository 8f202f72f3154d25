"""An outline drawn to the edges that it nearly follows: each side to where colours change most."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.paper.way import Corners

Colours = npt.NDArray[np.float32]
"""A small picture in CIELAB, 8 bits a channel."""
_Numbers = npt.NDArray[np.float64]

_POINTS = 60
"""Points of a side at which its edge is looked for."""
_SPAN = (0.06, 0.94)
"""Shares of a side between which they lie: at a corner two edges meet."""
_NEAR, _STEP = 6.0, 0.5
"""Pixels to both sides of an outline within which its edge lies, and between two looks."""
_CLEAR = 8.0
"""Distance in CIELAB over two pixels from which there is an edge."""
_LEAST = 0.5
"""Share of a side's points that must have an edge; else the side stays."""
_STRAY = 1.5
"""Pixels from the line that most points make beyond which one lies on another edge: a check, a shadow."""


def edges(colours: Colours, corners: Corners) -> Corners:
    """Return *corners* moved to where the edges nearest to their sides meet, by a few pixels at most."""
    ends = np.roll(corners, -1, axis=0)
    sides = [_side(colours, a, b) for a, b in zip(corners, ends, strict=True)]
    found = np.array([_meeting(sides[at - 1], sides[at]) for at in range(4)])
    far = np.abs(found - corners).max()
    return found if np.isfinite(far) and far <= _NEAR else corners


def _side(colours: Colours, a: Corners, b: Corners) -> tuple[_Numbers, _Numbers]:
    """Return two points of the line along which colours change most beside that from *a* to *b*."""
    along = (b - a) / max(float(np.linalg.norm(b - a)), 1.0)
    across = np.array([along[1], -along[0]])
    places = np.linspace(*_SPAN, _POINTS) * float(np.linalg.norm(b - a))
    offs = np.arange(-_NEAR - 1, _NEAR + 1.01, _STEP)
    xy = np.asarray(a + places[:, None, None] * along + offs[None, :, None] * across, np.float32)
    seen = np.asarray(
        cv2.remap(colours, xy[..., 0], xy[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
    reach = round(2 / _STEP)
    steps = np.linalg.norm(seen[:, reach:] - seen[:, :-reach], axis=2)
    best = steps.argmax(axis=1)
    clear = steps[np.arange(len(best)), best] >= _CLEAR
    if float(clear.mean()) < _LEAST:
        return a, b
    moved = (offs[:-reach] + 1)[best]
    slope, start = _line(places[clear], moved[clear])
    return a + start * across, b + (start + slope * float(np.linalg.norm(b - a))) * across


def _line(places: _Numbers, moved: _Numbers) -> tuple[float, float]:
    """Return slope and start of the line that most points lie on."""
    near = np.abs(moved - np.median(moved)) <= 2 * _STRAY
    for _ in range(3):
        slope, start = np.polyfit(places[near], moved[near], 1)
        fitting = np.abs(slope * places + start - moved) <= _STRAY
        if fitting.sum() < _LEAST * len(places):
            break
        near = fitting
    return float(slope), float(start)


def _meeting(one: tuple[_Numbers, _Numbers], other: tuple[_Numbers, _Numbers]) -> _Numbers:
    """Return where two lines, each given by two points, meet; not finite if nowhere."""
    (a, b), (c, d) = one, other
    across = np.array([(b - a)[1], -(b - a)[0]])
    falls = float(np.dot(d - c, across))
    if abs(falls) < 1e-9:
        return np.array([np.inf, np.inf])
    return np.asarray(c + (d - c) * (float(np.dot(a - c, across)) / falls), dtype=np.float64)
