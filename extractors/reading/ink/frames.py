"""Framed stamps in coloured ink: where their frames lie, and what stands in one, turned level.

A frame is told by its outline, or by the white within it where a signature or another stamp touches it. Ink
must run along all four sides: of a frame that is broken or cut off nobody can say that no line of it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extractors.reading.ink import rings
from extractors.reading.ink.ruling import Mask
from extractors.reading.raster import Grey

_BROAD, _HIGH = (85.0, 220.0), (30.0, 120.0)
"""Points of a frame's sides: three to seven and a half centimetres, and one to four."""
_FILLED, _HOLLOW = 0.9, 0.85
"""Share of its rectangle that an outline holds, round corners taking a twentieth; and that the white within
a frame holds, which letters eat into."""
_NEAR, _DRAWN = 4.0, 0.6
"""Points from a side within which its line is, and share of each side on which it is seen."""
_GAP, _LINE = 3.0, 4.0
"""Points of blank over which a worn line goes on; points by which a frame is broader than its white."""

Rectangle = tuple[tuple[float, float], tuple[float, float], float]
"""Middle, breadth and height in pixels, and degrees by which it is turned."""


def frames(dye: Grey, scale: float) -> list[Rectangle]:
    """Return the frames on a page, the longer side first, in its pixels, each once.

    *dye* is by how much each pixel is darkened by coloured ink, *scale* its pixels per point.
    """
    small, part = rings.coarse(dye, scale)
    found: list[Rectangle] = []
    for one in (*_outlined(small, scale * part), *_hollow(small, scale * part)):
        (x, y), (_, short), _ = one
        if not any(max(abs(x - u), abs(y - v)) < short / 2 for (u, v), _, _ in found):
            found.append(one)
    return [_larger(one, part) for one in found]


def level(plane: Grey, one: Rectangle) -> Grey:
    """Return what lies in a rectangle, turned level."""
    (x, y), (wide, high), turn = one
    turned = (turn + 90) % 180 - 90  # a stamp upside down is read by nobody
    way = cv2.getRotationMatrix2D((x, y), turned, 1.0)
    way[:, 2] += np.array([wide / 2 - x, high / 2 - y])
    size = (max(round(wide), 1), max(round(high), 1))
    return np.asarray(
        cv2.warpAffine(plane, way, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def filled(shape: tuple[int, ...], found: list[Rectangle], scale: float) -> Mask:
    """Return where frames lie on a page of *shape* pixels, 255 on 0, their lines included."""
    sheet = np.zeros(shape, np.uint8)
    for (x, y), (wide, high), turn in found:
        more = 2 * _NEAR * scale
        corners = cv2.boxPoints(((x, y), (wide + more, high + more), turn))
        cv2.fillConvexPoly(sheet, np.round(corners).astype(np.int32), (255,))
    return sheet


def _outlined(dyed: Mask, scale: float) -> Iterator[Rectangle]:
    """Yield the frames whose outline is free."""
    for hull in rings.hulls(dyed, scale):
        one = _long_first(cv2.minAreaRect(hull))
        (long, short), full = one[1], cv2.contourArea(hull)
        if _sized(one, scale) and full >= _FILLED * long * short and _is_drawn(dyed, one, scale):
            yield one


def _hollow(dyed: Mask, scale: float) -> Iterator[Rectangle]:
    """Yield the frames whose inside is shut off from the page, whatever touches them from without."""
    gap = max(round(_GAP * scale), 2)
    shut = cv2.morphologyEx(dyed, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    outlines, kin = cv2.findContours(shut, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for outline, (_, _, _, parent) in zip(outlines, [] if kin is None else kin[0], strict=True):
        (x, y), (wide, high), turn = _long_first(cv2.minAreaRect(outline))
        one = ((x, y), (wide + _LINE * scale, high + _LINE * scale), turn)
        hollow = parent >= 0 and cv2.contourArea(outline) >= _HOLLOW * wide * high
        if hollow and _sized(one, scale) and _is_drawn(dyed, one, scale):
            yield one


def _long_first(one: cv2.typing.RotatedRect) -> Rectangle:
    """Return a rectangle whose first side is the longer."""
    (x, y), (wide, high), turn = one
    return ((x, y), (wide, high), turn) if wide >= high else ((x, y), (high, wide), turn + 90)


def _sized(one: Rectangle, scale: float) -> bool:
    """Whether a rectangle has the size of a stamp."""
    long, short = one[1]
    return _BROAD[0] <= long / scale <= _BROAD[1] and _HIGH[0] <= short / scale <= _HIGH[1]


def _is_drawn(dyed: Mask, one: Rectangle, scale: float) -> bool:
    """Whether there is ink along all four sides."""
    inside = level(dyed, one)
    near = max(round(_NEAR * scale), 2)
    sides = (
        inside[:near].max(axis=0),
        inside[-near:].max(axis=0),
        inside[:, :near].max(axis=1),
        inside[:, -near:].max(axis=1),
    )
    return all(float(np.mean(side > 0)) >= _DRAWN for side in sides)


def _larger(one: Rectangle, part: float) -> Rectangle:
    """Return a rectangle of the picture made smaller by *part* on the picture itself."""
    (x, y), (wide, high), turn = one
    return ((x + 0.5) / part - 0.5, (y + 0.5) / part - 0.5), (wide / part, high / part), turn
