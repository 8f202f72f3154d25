"""Whether ink has the corner of a frame: two straight sides that meet square, as of a stamp of a registry.

A seal in black that reaches into a box, and is cut there by what the blank prints, shows no whole outline to
know it by. A pen may draw a long straight line, but seldom two that meet square. One in colour of which the
frame is broken is known by its letters.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import Dark
from extractors.reading.patches import patches

_SIDE, _GAP = 26.0, 4.5
"""Points of the shortest side; points of it that the blank's own lines, and a dry pad, may take away. Of 96
drawn signatures none had such a corner, of 180 black stamps about a box all but one that reached in."""
_SQUARE = 5.0
"""Degrees by which a corner may be off a right angle."""
_CORNER = 9.0
"""Points between the ends of two sides and where they would meet: the corners of some stamps are round."""

_LETTER, _LETTERS = (3.0, 14.0), 6
"""Points of height, and of breadth at most, of a coloured letter; so many of them are a stamp's: a signature
is one stroke or a few."""

Lines = npt.NDArray[Any]


def framed(ink: Dark, inner: tuple[slice, slice], scale: float) -> bool:
    """Return whether *ink* has a corner of which a side runs through the part *inner*."""
    side = _SIDE * scale
    found = cv2.HoughLinesP(
        ink.astype(np.uint8), 1, np.pi / 720, round(0.7 * side), minLineLength=side, maxLineGap=_GAP * scale
    )
    if found is None:
        return False
    lines = np.reshape(found, (-1, 4)).astype(np.float64)
    return any(_runs(one, inner) and (_meets(one, lines, scale)).any() for one in lines)


def _runs(line: Lines, inner: tuple[slice, slice]) -> bool:
    """Return whether a line runs through a part of the picture."""
    rows, columns = inner
    window = (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    seen, *_ = cv2.clipLine(window, tuple(map(int, line[:2])), tuple(map(int, line[2:])))
    return bool(seen)


def _meets(line: Lines, others: Lines, scale: float) -> npt.NDArray[np.bool_]:
    """Return which of *others* meet *line* square, at an end of both."""
    way, ways = line[2:] - line[:2], others[:, 2:] - others[:, :2]
    turns = np.abs((ways @ way) / np.linalg.norm(way) / np.linalg.norm(ways, axis=1))
    cross = way[0] * ways[:, 1] - way[1] * ways[:, 0]
    off = others[:, :2] - line[:2]
    square = turns <= np.sin(np.radians(_SQUARE))
    along = (off[:, 0] * ways[:, 1] - off[:, 1] * ways[:, 0]) / np.where(square, cross, 1.0)
    at = line[:2] + along[:, None] * way
    near = _CORNER * scale
    ends = np.minimum(*(np.linalg.norm(at - others[:, k : k + 2], axis=1) for k in (0, 2)))
    own = np.minimum(*(np.linalg.norm(at - line[k : k + 2], axis=1) for k in (0, 2)))
    return np.asarray(square & (ends <= near) & (own <= near), dtype=np.bool_)


def lettered(ink: Dark, coloured: Dark, scale: float) -> bool:
    """Return whether *ink* holds as many letters of *coloured* ink, each by itself, as a stamp does."""
    _, labels, stats, _ = patches(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    low, tall = (points * scale for points in _LETTER)
    dyed = np.bincount(labels[coloured], minlength=len(stats)) > 0.5 * stats[:, cv2.CC_STAT_AREA]
    letters = (high >= low) & (high <= tall) & (wide <= tall) & dyed
    return int(letters[1:].sum()) >= _LETTERS
