"""Framed stamps of entry in coloured ink: what an office presses on a paper that it received.

A stamp in a frame may as well say that the paper is void. So each line of one is read, and it is one of entry
only where all are clear, one of them says so, and none says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import cv2
import numpy as np

from extractors.prose import fold
from extractors.reading.ink import rings
from extractors.reading.ink.ruling import Mask
from extractors.reading.raster import TINGED, Grey
from extractors.reading.words import recogniser

_BROAD, _HIGH = (85.0, 220.0), (30.0, 120.0)
"""Points of a frame's sides: three to seven and a half centimetres, and one to four."""
_FILLED = 0.9
"""Share of its rectangle that an outline holds; round corners take a twentieth."""
_NEAR, _DRAWN = 4.0, 0.6
"""Points from a side within which its line is, and share of each side on which it is seen."""
_INSET = 5.0
"""Points from a side within which nothing is lettered."""
_LOW, _LINES = 5.0, (2, 6)
"""Points of the lowest line of letters, and lines that a stamp has."""
_INKED = 0.02
"""Share of a row that is coloured where letters stand in it: one short word, and no dust."""
_CLEAR = 0.5
"""Certainty of the recogniser from which a line is clear."""
_ENTRY = re.compile(r"recibi|recepci|entrad|registr|rexistr|sarrera|erregistr|presentad|rebut|salida|sortida")
"""What stamps of entry say, in folded text."""
_VOID = re.compile(
    r"anul|nul[oa]|caduc|sin (?:efecto|valor)|cancel|baj?a|baixa|rechaz|deneg|devuel|inval|no val|revoc|falso"
)
"""What a stamp says on whose word a paper is worth nothing, or less."""

_Rectangle = tuple[tuple[float, float], tuple[float, float], float]
"""Middle, breadth and height in pixels, and degrees by which it is turned."""


def inside(grey: Grey, dye: Grey | None, scale: float) -> Mask | None:
    """Return the page's part in coloured stamps of entry, 255 on 0; None where there are none.

    *dye* is by how much each pixel of *grey* is darkened by coloured ink, *scale* their pixels per point.

    Raises:
        Missing: The recogniser's package is not installed.
    """
    if dye is None:
        return None
    small, part = rings.coarse(dye, scale)
    framed = [_larger(one, part) for one in _framed(small, scale * part)]
    found = [one for one in framed if _of_entry(grey, dye, one, scale)]
    if not found:
        return None
    sheet = np.zeros(dye.shape, np.uint8)
    for (x, y), (wide, high), turn in found:
        more = 2 * _NEAR * scale
        corners = cv2.boxPoints(((x, y), (wide + more, high + more), turn))
        cv2.fillConvexPoly(sheet, np.round(corners).astype(np.int32), (255,))
    return sheet


def _framed(dyed: Mask, scale: float) -> Iterator[_Rectangle]:
    """Yield the frames among what is coloured, the longer side first."""
    for hull in rings.hulls(dyed, scale):
        (x, y), (wide, high), turn = cv2.minAreaRect(hull)
        one = ((x, y), (wide, high), turn) if wide >= high else ((x, y), (high, wide), turn + 90)
        (long, short), full = one[1], cv2.contourArea(hull)
        sized = _BROAD[0] <= long / scale <= _BROAD[1] and _HIGH[0] <= short / scale <= _HIGH[1]
        if sized and full >= _FILLED * long * short and _is_drawn(dyed, one, scale):
            yield one


def _is_drawn(dyed: Mask, one: _Rectangle, scale: float) -> bool:
    """Whether there is ink along all four sides."""
    level = _level(dyed, one)
    near = max(round(_NEAR * scale), 2)
    sides = (
        level[:near].max(axis=0),
        level[-near:].max(axis=0),
        level[:, :near].max(axis=1),
        level[:, -near:].max(axis=1),
    )
    return all(float(np.mean(side > 0)) >= _DRAWN for side in sides)


def _of_entry(grey: Grey, dye: Grey, one: _Rectangle, scale: float) -> bool:
    """Whether all lines of a stamp are clear, one says that the paper was received, none that it is void."""
    inset = round(_INSET * scale)
    pixels, ink = (_level(plane, one)[inset:-inset, inset:-inset] for plane in (grey, dye))
    if not pixels.size:
        return False
    rows = list(_rows(ink, scale))
    if not _LINES[0] <= len(rows) <= _LINES[1]:
        return False
    told = recogniser.tell([np.ascontiguousarray(pixels[row]) for row in rows])
    words = " ".join(fold(line.text) for line in told)
    clear = all(line.sure >= _CLEAR for line in told)
    return clear and _ENTRY.search(words) is not None and not void(words)


def void(words: str) -> bool:
    """Whether a stamp's words say that a paper is worth nothing, or less."""
    return _VOID.search(fold(words)) is not None


def _rows(ink: Grey, scale: float) -> Iterator[slice]:
    """Yield the rows of each line of letters, with a little room."""
    inked = np.count_nonzero(ink >= TINGED, axis=1) >= _INKED * ink.shape[1]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    room = max(round(scale), 1)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= _LOW * scale:
            yield slice(max(int(start) - room, 0), int(end) + room)


def _level(plane: Grey, one: _Rectangle) -> Grey:
    """Return what lies in a rectangle, turned level."""
    (x, y), (wide, high), turn = one
    turned = (turn + 90) % 180 - 90  # a stamp upside down is read by nobody
    way = cv2.getRotationMatrix2D((x, y), turned, 1.0)
    way[:, 2] += np.array([wide / 2 - x, high / 2 - y])
    size = (max(round(wide), 1), max(round(high), 1))
    return np.asarray(
        cv2.warpAffine(plane, way, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _larger(one: _Rectangle, part: float) -> _Rectangle:
    """Return a rectangle of the picture made smaller by *part* on the picture itself."""
    (x, y), (wide, high), turn = one
    return ((x + 0.5) / part - 0.5, (y + 0.5) / part - 0.5), (wide / part, high / part), turn
