"""Which known sheet a picture may show, and roughly how it lies: by corners that both have.

Nothing is believed here: what is found is laid exactly by `bending` and proved by `proving`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.laying.blanks import Blank, Corners, Points, blanks, corners
from extractors.forms.template import Sheet
from extractors.reading.raster import Grey
from extractors.reading.shrinking import smaller

_ACROSS = 1000.0
"""Pixels of the shorter side of an A4 at which corners are looked for; a print at 90 % is still found."""
_HALF = 0.5
"""Size from which a picture is halved first: to make it smaller by what is left takes a third of the time."""
_EVERY = 6
"""Every sixth corner of a page votes for a sheet: they come size by size, so all sizes vote. Of 97 filled
forms 92 had their own sheet first and 3 second; with as many of the smallest size alone, 90 of 102 first."""
_NEAR = 60
"""Bits of 256 that two looks of one corner may differ."""
_UNLIKE = 0.85
"""A corner counts where its best partner is so much nearer than the next one."""
_OFF, _CURLED = 4.0, 24.0
"""Pixels of the small picture that a corner may stand off its place; and where no one plane holds, since the
paper curls: of such a sheet only one part agrees closely, and what that says of the others is far off."""
_LEAST = 14
"""Corners that must agree: other papers reach this, so more has to be shown by print and ink."""
_TRIED = 3
"""Sheets that are tried, in the order of their votes: two editions share frames and most words."""

_TOGETHER, _MOST_BITS = 50, 256
"""Corners compared at a time, so that what they differ in stays near at hand; bits of a corner's look."""

Matrix = npt.NDArray[np.float64]
Looks = npt.NDArray[np.uint8]
"""A row of 32 bytes for each corner."""
Bits = npt.NDArray[np.int32]


class Sought(NamedTuple):
    """A picture ready to be compared: corners in pixels of a copy `shrunk` so much, and its own pixels."""

    corners: Corners
    shrunk: float
    size: int


class Rough(NamedTuple):
    """A sheet that may be shown: `matrix` maps points of the blank to pixels of the picture."""

    blank: Blank
    matrix: Matrix


def sought(grey: Grey) -> Sought:
    """Return *grey* ready to be compared: its corners at the size of an A4 of `_ACROSS` pixels."""
    rows, columns = grey.shape
    factor = min(_ACROSS * 2**0.25 / (rows * columns) ** 0.5, 1.0)
    size = (max(round(columns * factor), 1), max(round(rows * factor), 1))
    near = smaller(grey, 2) if factor <= _HALF else grey
    small = near if factor == 1.0 else cv2.resize(near, size, interpolation=cv2.INTER_AREA)
    return Sought(corners(np.asarray(small, dtype=np.uint8)), factor, grey.size)


def likely(seen: Sought) -> list[Blank]:
    """Return the few sheets that have most corners of the picture, the likeliest first."""
    if len(seen.corners.places) < _LEAST:
        return []
    asked = np.ascontiguousarray(seen.corners.looks[::_EVERY])
    nearest = np.hstack([_nearest(asked, blank.corners) for blank in blanks()])
    votes = np.maximum(_NEAR - nearest, 0).sum(axis=0)
    return [blanks()[at] for at in np.argsort(-votes, kind="stable")[:_TRIED] if votes[at] > 0]


def rough(blank: Blank, seen: Sought, *, curled: bool = False) -> Rough | None:
    """Return how *blank* would lie, None where few corners agree or no sheet of paper can lie like that.

    A *curled* sheet lies roughly as most of its corners say together.
    """
    there, here = _pairs(blank.corners, seen.corners)
    if len(there) < _LEAST:
        return None
    for found in _ways(there, here, _CURLED if curled else _OFF):
        matrix = np.diag([1 / seen.shrunk, 1 / seen.shrunk, 1.0]) @ found
        if plausible(matrix, blank.sheet, seen.size):
            return Rough(blank, matrix)
    return None


def _ways(there: Points, here: Points, off: float) -> Iterator[Matrix]:
    """Yield how places of a blank may lie on a picture: in perspective, else flat.

    Corners of many like cells may agree best on a sheet that stands on edge; nothing flat is like that. On a
    clean page of which nothing was found so, 46 corners agreed on the flat; of certificates 10 at most do.
    """
    cv2.setRNGSeed(1)
    found, kept = cv2.findHomography(there, here, cv2.USAC_MAGSAC, off, maxIters=2000, confidence=0.999)
    if found is not None and int(np.count_nonzero(kept)) >= _LEAST:
        yield np.asarray(found, np.float64)
    flat, kept = cv2.estimateAffinePartial2D(there, here, ransacReprojThreshold=off, confidence=0.999)
    if flat is not None and int(np.count_nonzero(kept)) >= _LEAST:
        yield np.vstack([np.asarray(flat, np.float64), [0.0, 0.0, 1.0]])


def _nearest(asked: Looks, of: Corners) -> npt.NDArray[np.int32]:
    """Return one column: in how many bits the likest corner differs from each that is *asked* for."""
    return np.vstack([part.min(axis=1, keepdims=True) for part in _differing(asked, of.looks)])


def _pairs(blank: Corners, seen: Corners) -> tuple[Points, Points]:
    """Return the places of corners that look alike and like no other."""
    best, first, second = (np.concatenate(each) for each in zip(*_two(seen.looks, blank.looks), strict=True))
    alike = np.flatnonzero(first < _UNLIKE * second)
    return blank.places[best[alike]], seen.places[alike]


def _two(asked: Looks, among: Looks) -> Iterator[tuple[npt.NDArray[np.intp], Bits, Bits]]:
    """Yield which of *among* is likest to each *asked* for, in how many bits it differs, and the next one."""
    for part in _differing(asked, among):
        best, rows = part.argmin(axis=1), np.arange(len(part))
        first = part[rows, best]
        part[rows, best] = _MOST_BITS
        yield best, first, part.min(axis=1)


def _differing(asked: Looks, among: Looks) -> Iterator[Bits]:
    """Yield in how many bits some of those *asked*, a row each, differ from each of *among*, a column each.

    OpenCV takes twice the time for the same figures.
    """
    mine, theirs = (np.ascontiguousarray(one.view(np.uint64).T) for one in (asked, among))
    for at in range(0, mine.shape[1], _TOGETHER):
        part = mine[:, at : at + _TOGETHER, np.newaxis]
        found = np.bitwise_count(part[0] ^ theirs[0]).astype(np.int32)
        for one, other in zip(part[1:], theirs[1:], strict=True):
            found += np.bitwise_count(one ^ other)
        yield found


def fineness(matrix: Matrix, sheet: Sheet) -> float:
    """Return the pixels of the picture for one point of the sheet, on average."""
    width, height = sheet.width, sheet.height
    ends = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64) @ matrix.T
    area = cv2.contourArea((ends[:, :2] / ends[:, 2:]).astype(np.float32))
    return math.sqrt(area / (width * height))


def plausible(matrix: Matrix, sheet: Sheet, size: int) -> bool:
    """Whether a sheet of paper can lie like that on a picture of *size* pixels.

    It is not mirrored, convex, its sides are like a sheet's, and it fills a tenth of the picture at least.
    """
    width, height = sheet.width, sheet.height
    ends = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64) @ matrix.T
    if (ends[:, 2] * matrix[2, 2] <= 0).any():
        return False
    quad = ends[:, :2] / ends[:, 2:]
    sides = np.roll(quad, -1, axis=0) - quad
    after = np.roll(sides, -1, axis=0)
    if (sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] <= 0).any():
        return False
    top, right, bottom, left = np.hypot(sides[:, 0], sides[:, 1])
    alike = max(top, bottom) < 1.8 * min(top, bottom) and max(left, right) < 1.8 * min(left, right)
    tall = (left + right) * width / ((top + bottom) * height)
    area = fineness(matrix, sheet) ** 2 * width * height / size
    return bool(alike and 0.4 < tall < 1.8 and 0.1 < area < 4.0)
