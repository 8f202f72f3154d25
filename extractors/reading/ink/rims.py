"""Round and oval seals in ink of any colour, told by their rims: strokes that lie on one ellipse.

A camera without colour, a fax and a black pad leave nothing but the shape. What is lettered on the ring or
within is the seal's; what stands level with print beside the seal may be print that it hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.ink.leftover import Place
from extractors.reading.ink.ruling import Mask

_COARSE = 100 / 72
"""Pixels per point at which rims are looked for: a hundred an inch."""
_GAPS = (0.0, 3.0, 8.0)
"""Points of blank over which the pieces of a worn rim belong together, the least first."""
_BROAD, _FLAT = (60.0, 190.0), 0.55
"""Points of a seal's longer axis, two to seven centimetres, and its shorter axis as a share of it."""
_FILLED = (0.96, 1.03)
"""Area of an outline as a share of its ellipse's."""
_NEAR, _DRAWN = 1.5, 0.7
"""Points from its ellipse within which a rim lies, and share of the way round on which it is seen."""
_WITHIN = 3.0
"""Points around a rim that are still the seal's: ink runs."""
_ALL, _LETTERED = 0.75, 0.6
"""Shares of the way round on which a rim within another is seen, and on which letters on a ring are."""
_PIXEL = 0.6
"""What makes a pixel to either side of `_NEAR`."""
_INNER = (0.4, 0.92)
"""Breadth of a rim within another, as a share of it; beyond, it is the stroke of the same."""
_STEPS = 120
"""Places on the way round: one for three degrees."""
_POINTS = 20
"""Corners of an outline from which it may be round."""
_WITHIN_RING, _SIGNS = 0.62, 0.25
"""Share of a seal's breadth within its ring; ink, in squares of a letter's height, from which it is signs."""
_LEVEL = 0.4
"""Share of the lower of two heights over which they must overlap to stand on one line."""
_ARC, _STEP = 90.0, 20.0
"""Points along an outline of a stretch that is tried as part of a rim, and from one to the next."""
_TRUE = 0.6
"""Points by which a stretch may stray from its ellipse, on average."""
_LOOSE = 2.5
"""Points around a stretch's ellipse within which the rest of its rim is sought."""
_CLEAR = 4.0
"""Points outside a rim at which the paper is mostly empty: lines of print lie on no ellipse for long."""


class Rim(NamedTuple):
    """An ellipse in pixels: its middle, half its axes, and how far it is turned, in radians."""

    x: float
    y: float
    across: float
    along: float
    turn: float

    def out(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return how far out points lie: 0 in the middle, 1 on the rim."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        right, down = x - self.x, y - self.y
        across, along = (right * cos + down * sin) / self.across, (down * cos - right * sin) / self.along
        return np.asarray(np.hypot(across, along), dtype=np.float64)

    def holds(self, place: Place, more: float) -> bool:
        """Whether the middles of a place's sides lie within the rim, or up to *more* pixels beyond it."""
        x, y = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
        xs = np.array([place.x0, place.x1, x, x], np.float64)
        ys = np.array([y, y, place.y0, place.y1], np.float64)
        return bool((self.out(xs, ys) <= 1 + more / min(self.across, self.along)).all())


def rims(ink: Mask, scale: float) -> list[Rim]:
    """Return the rims of the seals in *ink*, the outermost of each; *scale* is pixels per point."""
    part = min(_COARSE / scale, 1.0)
    size = (max(round(ink.shape[1] * part), 1), max(round(ink.shape[0] * part), 1))
    dark = np.asarray(ink > 0, np.uint8) * 255
    small: Mask = np.asarray(cv2.resize(dark, size, interpolation=cv2.INTER_AREA) >= 64, np.uint8)
    found: list[Rim] = []
    for one in sorted(_found(small, scale * part), key=lambda rim: -rim.across * rim.along):
        if not any(_in(one, other) for other in found):
            found.append(one)
    return [Rim((r.x + 0.5) / part - 0.5, (r.y + 0.5) / part - 0.5, r.across / part, r.along / part, r.turn)
            for r in found]  # fmt: skip


def chord(place: Place, found: Sequence[Rim]) -> Place:
    """Return a place within a seal drawn out to both sides of its rim."""
    y = np.array([(place.y0 + place.y1) / 2])
    for one in found:
        if one.holds(place, 0.0):  # on the stroke itself nothing of its row is within
            across = np.arange(round(one.x - one.across - one.along), round(one.x + one.across + one.along))
            inside = across[one.out(across.astype(np.float64), np.repeat(y, len(across))) < _INNER[1]]
            return place._replace(
                x0=min([place.x0, *inside[:1].tolist()]), x1=max([place.x1, *inside[-1:].tolist()])
            )
    return place


def without(ink: Mask, found: Sequence[Rim], scale: float) -> Mask:
    """Return the ink without the rims *found* and without the rims within them."""
    left = ink.copy()
    for one in found:
        x0, y0 = (max(int(at - max(one.across, one.along) - 9), 0) for at in (one.x, one.y))
        cut = left[
            y0 : int(one.y + max(one.across, one.along) + 9), x0 : int(one.x + max(one.across, one.along) + 9)
        ]
        y, x = np.mgrid[: cut.shape[0], : cut.shape[1]].astype(np.float64)
        out = one.out(x + x0, y + y0)
        for share in (1.0, *_inner(ink, one, _ALL)):
            cut[np.abs(out - share) * min(one.across, one.along) <= _NEAR * scale] = 0
    return left


def beside(read: Sequence[Place], found: Sequence[Rim], scale: float) -> list[Place]:
    """Return those of the words *read* that lie in no seal."""
    return [word for word in read if not any(one.holds(word, _WITHIN * scale) for one in found)]


def of_seal(place: Place, found: Sequence[Rim], print_: Sequence[Place], scale: float) -> bool:
    """Whether writing lies in one of the seals *found*, and on no line of *print_* beside them."""
    inside = any(one.holds(place, _WITHIN * scale) for one in found)
    return inside and not any(_on_line(place, word) for word in print_)


def hides(ink: Mask, found: Sequence[Rim], print_: Sequence[Place], high: float) -> bool:
    """Whether within a seal, on a line of *print_* beside it, there is *ink* of some signs.

    Letters are usually *high* pixels high. On the ring it is letters of the seal's own, as a rule.
    """
    return any(_hides(ink, one, print_, _SIGNS * high**2) for one in found)


def _hides(ink: Mask, one: Rim, print_: Sequence[Place], least: float) -> bool:
    """Whether there are more than *least* pixels of ink within a seal on a line of *print_*."""
    y0, x0 = (max(int(at - max(one.across, one.along)), 0) for at in (one.y, one.x))
    cut = ink[y0 : int(2 * one.y - y0) + 1, x0 : int(2 * one.x - x0) + 1]
    y, x = np.mgrid[: cut.shape[0], : cut.shape[1]].astype(np.float64)
    rows = ((cut > 0) & (one.out(x + x0, y + y0) < _WITHIN_RING)).sum(axis=1)
    return any(rows[max(word.y0 - y0, 0) : max(word.y1 - y0, 0)].sum() > least for word in print_)


def _found(small: Mask, scale: float) -> list[Rim]:
    """Return what is round among the ink, seen coarsely: of each outline, stretch by stretch."""
    ink = np.argwhere(small)[:, ::-1].astype(np.float64)
    found: list[Rim] = []
    for points in (*_whole(small, scale), *_stretches(small, scale)):
        if any(np.mean(_astray(known, points)) <= _LOOSE * scale for known in found):
            continue
        one = _fitted(points, scale)
        if one is None or np.mean(_astray(one, points)) > _TRUE * scale:
            continue
        for _ in range(2):
            one = _fitted(ink[_astray(one, ink) <= _LOOSE * scale], scale) if one is not None else None
        if one is not None and _is_seal(small, one, scale):
            found.append(one)
    return found


def _is_seal(small: Mask, one: Rim, scale: float) -> bool:
    """Whether a rim is seen all round, and others or letters are within it: no loop of a pen has those."""
    return _drawn(small, one, 1.0, scale) >= _DRAWN and any(_inner(small, one, _LETTERED))


def _whole(small: Mask, scale: float) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the outlines, as points, of what has a seal's size, its pieces joined over some blank."""
    for gap in _GAPS:
        side = max(round(gap * scale), 1)
        shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, shape)
        outlines, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for outline in outlines:
            if _FLAT * _BROAD[0] * scale <= max(cv2.boundingRect(outline)[2:]) <= _BROAD[1] * scale:
                yield cv2.convexHull(outline)[:, 0].astype(np.float64)


def _stretches(small: Mask, scale: float) -> Iterator[npt.NDArray[np.float64]]:
    """Yield stretches of the outlines of long strokes, as points."""
    outlines, _ = cv2.findContours(small, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    long, step = round(_ARC * scale), round(_STEP * scale)
    for outline in outlines:
        if len(outline) >= long and max(cv2.boundingRect(outline)[2:]) >= _STEP * scale:
            points = outline[:, 0].astype(np.float64)
            yield from (points[at : at + long] for at in range(0, len(points) - long + 1, step))


def _fitted(points: npt.NDArray[np.float64], scale: float) -> Rim | None:
    """Return the ellipse on which *points* lie best, None where it is not of a seal's size."""
    if len(points) < _POINTS:
        return None
    (x, y), (across, along), turn = cv2.fitEllipse(points.astype(np.float32))
    short, long = sorted((across, along))
    if not _BROAD[0] * scale <= long <= _BROAD[1] * scale or short < _FLAT * long:
        return None
    return Rim(x, y, across / 2, along / 2, float(np.deg2rad(turn)))


def _astray(one: Rim, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return by how many pixels points stray from a rim, about."""
    return np.asarray(np.abs(one.out(points[:, 0], points[:, 1]) - 1) * min(one.across, one.along))


def _drawn(ink: Mask, one: Rim, share: float, scale: float) -> float:
    """Return on what share of its way round a rim at *share* of another's breadth is seen."""
    way = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
    near = np.zeros(_STEPS, dtype=bool)
    for off in np.arange(-_NEAR * scale, _NEAR * scale + 0.5):
        across, along = share * one.across + off, share * one.along + off
        x = one.x + across * np.cos(way) * np.cos(one.turn) - along * np.sin(way) * np.sin(one.turn)
        y = one.y + across * np.cos(way) * np.sin(one.turn) + along * np.sin(way) * np.cos(one.turn)
        column, row = np.rint(x).astype(int), np.rint(y).astype(int)
        on = (column >= 0) & (row >= 0) & (column < ink.shape[1]) & (row < ink.shape[0])
        near[on] |= ink[row[on], column[on]] > 0
    return float(near.mean())


def _inner(ink: Mask, one: Rim, least: float) -> Iterator[float]:
    """Yield the breadths of rims within another, as shares of it: seen on at least so much of the way."""
    for share in np.arange(*_INNER, 1.0 / max(one.across, one.along)):
        if _drawn(ink, one, float(share), _PIXEL) >= least:
            yield float(share)


def _in(one: Rim, other: Rim) -> bool:
    """Whether the middle of a rim lies in another."""
    return float(other.out(np.array([one.x]), np.array([one.y]))[0]) < 1.0


def _on_line(one: Place, other: Place) -> bool:
    """Whether two places stand on one line."""
    common = min(one.y1, other.y1) - max(one.y0, other.y0)
    return common >= _LEVEL * min(one.y1 - one.y0, other.y1 - other.y0)
