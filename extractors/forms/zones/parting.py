"""Ink in a place that stands far from the value and is none of it: words of a black seal, its rim, a hair.

What is parted from the writing by more white than words are, and is besides of another make than it, or
part of something that lies beyond the place, belongs to somebody else. Two words of one value stand on one
line and are of one height, however far apart.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
_WHITE = 2.5
"""Heights of a letter between two pieces of ink from which they are no neighbours: two narrow letters of a
typewriter with a blank between them are 2 apart."""
_NEAR = 0.6
"""Heights of a letter within which ink beyond the place belongs to ink in it."""
_LOW, _HIGH = 0.35, 1.4
"""Heights of a letter by which a piece stands on another line; ratio from which it is of another height."""
_HAIR, _SPAN = 0.75, 2.2
"""Square points of ink for each point from end to end up to which a mark is a hair, thin and without turns,
and heights of a letter that it spans: of 182 notes by pen, of one sign or three, none is so."""


class _Piece(NamedTuple):
    """Marks that stand together: which they are, and the middle of their feet and of their heights."""

    at: npt.NDArray[np.intp]
    feet: float
    high: float


def strangers(stats: npt.NDArray[np.int32], kept: Mask, foreign: Mask, high: float) -> Mask:
    """Return which of the marks *kept* as a place's writing are none of it.

    *stats* are those of all marks of a window, *foreign* the marks beyond the place, *high* the height of a
    letter in pixels. Nothing is told where more than one piece may be the writing.
    """
    found = np.zeros(len(stats), dtype=np.bool_)
    pieces = _pieces(stats, np.flatnonzero(kept), high)
    beyond = [_reaches_beyond(stats, piece, foreign, high) for piece in pieces]
    if len(pieces) < 2 or all(beyond):
        return found
    value = pieces[beyond.index(False)]
    for piece, reaches in zip(pieces, beyond, strict=True):
        found[piece.at] = piece is not value and (reaches or _unlike(piece, value, high))
    return found


def hair(stats: npt.NDArray[np.float64], which: Mask, area: npt.NDArray[np.float64], high: float) -> bool:
    """Whether the marks *which*, of *area* in square points, are one mark and that one a hair.

    *stats* and the height of a letter, *high*, are in points.
    """
    if np.count_nonzero(which) != 1:
        return False
    wide, tall = stats[which, cv2.CC_STAT_WIDTH], stats[which, cv2.CC_STAT_HEIGHT]
    span = float(np.hypot(wide, tall)[0])
    return span >= _SPAN * high and float(area[which][0]) <= _HAIR * span


def _pieces(stats: npt.NDArray[np.int32], marks: npt.NDArray[np.intp], high: float) -> list[_Piece]:
    """Return *marks* from left to right in groups with much white between them."""
    left, wide = stats[marks, cv2.CC_STAT_LEFT], stats[marks, cv2.CC_STAT_WIDTH]
    order = np.argsort(left, kind="stable")
    reach = np.maximum.accumulate((left + wide)[order])
    cuts = 1 + np.flatnonzero(left[order][1:] - reach[:-1] > _WHITE * high)
    return [_piece(stats, group, high) for group in np.split(marks[order], cuts)]


def _piece(stats: npt.NDArray[np.int32], at: npt.NDArray[np.intp], high: float) -> _Piece:
    """Return the marks *at* as one piece; dots and accents tell neither its feet nor its height."""
    tall = stats[at, cv2.CC_STAT_HEIGHT]
    letters = tall >= 0.5 * min(high, float(tall.max()))
    feet = (stats[at, cv2.CC_STAT_TOP] + tall)[letters]
    return _Piece(at, float(np.median(feet)), float(np.median(tall[letters])))


def _reaches_beyond(stats: npt.NDArray[np.int32], piece: _Piece, foreign: Mask, high: float) -> bool:
    """Whether ink beyond the place stands close to *piece*."""
    others, mine = stats[foreign], stats[piece.at]
    left, top = others[:, cv2.CC_STAT_LEFT, None], others[:, cv2.CC_STAT_TOP, None]
    right, low = left + others[:, cv2.CC_STAT_WIDTH, None], top + others[:, cv2.CC_STAT_HEIGHT, None]
    across = np.maximum(mine[:, 0] - right, left - (mine[:, 0] + mine[:, 2]))
    down = np.maximum(mine[:, 1] - low, top - (mine[:, 1] + mine[:, 3]))
    return bool(((across < _NEAR * high) & (down < _NEAR * high)).any())


def _unlike(piece: _Piece, value: _Piece, high: float) -> bool:
    """Whether *piece* stands on another line than *value*, or is of another height."""
    ratio = piece.high / max(value.high, 1.0)
    return abs(piece.feet - value.feet) > _LOW * high or not 1 / _HIGH < ratio < _HIGH
