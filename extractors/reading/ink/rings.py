"""Round and oval seals in coloured ink: what is lettered inside one is the seal's, and hides no print.

Black print shows through a coloured seal once its colour is lifted off. So what a seal says can be told from
what it lies on, which of a black seal nobody can.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading import kept
from extractors.reading.ink.ruling import Mask
from extractors.reading.raster import TINGED, Grey, Pixels

_COARSE = 50 / 72
"""Pixels per point at which seals are looked for: fifty an inch."""
_GAP = 8.0
"""Points of blank over which the parts of a worn seal belong together."""
_BROAD, _FLAT = (60.0, 190.0), 0.55
"""Points of a seal's longer axis, two to seven centimetres, and its shorter axis as a share of it."""
_FILLED = (0.93, 1.06)
"""Area of a seal's outline as a share of its ellipse's; a framed stamp's is 1.15 and more."""
_NEAR, _DRAWN = 4.0, 0.6
"""Points from the outline within which its ring lies, and share of the way round on which it is seen."""
_AROUND = 3.0
"""Points around the ring that are still its own: ink runs."""
_POINTS = 8
"""Corners of an outline from which it may be round."""
_STEPS = 72
"""Places on the way round: one for five degrees."""
_ALL_ROUND = 0.9
"""Share of the way round on which ink lies at one distance from the middle where that is a rim."""

Ellipse = tuple[tuple[float, float], tuple[float, float], float]
"""Middle, breadth and height in pixels, and degrees by which it is turned."""
_Outline = npt.NDArray[np.int32]


def inside(dye: Grey | None, scale: float) -> Mask | None:
    """Return the page's part that lies in seals of coloured ink, 255 on 0; None where there are none.

    *dye* is by how much each pixel is darkened by coloured ink, *scale* its pixels per point.
    """
    found = [] if dye is None else seals(dye, scale)
    if dye is None or not found:
        return None
    sheet = np.zeros(dye.shape, np.uint8)
    more = 2 * _AROUND * scale
    for there, (wide, high), turn in found:
        cv2.ellipse(sheet, (there, (wide + more, high + more), turn), (255,), -1)
    return sheet


def rims(dye: Grey, scale: float) -> Mask:
    """Return the coloured ink of seals that lies as far from their middle nearly all the way round, as 1."""
    sheet = np.zeros(dye.shape, np.uint8)
    for one in seals(dye, scale):
        (x, y), axes, _ = one
        reach = max(axes) / 2 + _AROUND * scale
        rows = slice(max(int(y - reach), 0), int(y + reach) + 1)
        across = slice(max(int(x - reach), 0), int(x + reach) + 1)
        sheet[rows, across] |= _rims(dye[rows, across] >= TINGED, one, (rows.start, across.start), scale)
    return sheet


def _rims(dyed: npt.NDArray[np.bool_], one: Ellipse, corner: tuple[int, int], scale: float) -> Mask:
    """Return the ink of one seal's rims; *corner* is where its part of the page begins, down and across."""
    (x, y), (wide, high), degrees = one
    down, across = np.mgrid[: dyed.shape[0], : dyed.shape[1]].astype(np.float32)
    right, low, turn = across + corner[1] - x, down + corner[0] - y, np.deg2rad(degrees)
    u = (right * np.cos(turn) + low * np.sin(turn)) * 2 / wide
    v = (low * np.cos(turn) - right * np.sin(turn)) * 2 / high
    ring = np.round(np.hypot(u, v) * max(wide, high) / 2 / scale).astype(np.intp)
    place = ((np.arctan2(v, u) / (2 * np.pi) + 0.5) * _STEPS).astype(np.intp) % _STEPS
    seen = np.zeros((int(ring.max()) + 3, _STEPS), dtype=np.bool_)
    seen[ring[dyed] + 1, place[dyed]] = True
    near = seen[:-2] | seen[1:-1] | seen[2:]  # a stamp is no true ellipse: a point nearer or farther
    return np.asarray(dyed & (near.mean(axis=1) >= _ALL_ROUND)[ring], np.uint8)


def seals(dye: Grey, scale: float) -> list[Ellipse]:
    """Return the outlines of a page's seals in coloured ink, in its pixels."""
    small, part = coarse(dye, scale)
    return [
        (((x + 0.5) / part - 0.5, (y + 0.5) / part - 0.5), (wide / part, high / part), turn)
        for (x, y), (wide, high), turn in _seals(small, scale * part)
    ]


def coarse(dye: Grey, scale: float) -> tuple[Mask, float]:
    """Return where a page is coloured, 1 on 0, and made smaller by what share; it is remembered."""
    return _coarse(Pixels(dye), scale)


@kept.remembered(1)
def _coarse(page: Pixels, scale: float) -> tuple[Mask, float]:
    """Return where a page is coloured; see `coarse`."""
    dye, part = page.plane, min(_COARSE / scale, 1.0)
    size = (max(round(dye.shape[1] * part), 1), max(round(dye.shape[0] * part), 1))
    small = cv2.resize(dye, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small >= TINGED / 2, np.uint8), part


def hulls(dyed: Mask, scale: float) -> Iterator[_Outline]:
    """Yield the outlines of what lies together on a page seen coarsely."""
    gap = max(round(_GAP * scale), 3)
    whole = cv2.morphologyEx(dyed, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap, gap)))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    yield from (np.asarray(cv2.convexHull(outline), np.int32) for outline in outlines)


def _seals(dyed: Mask, scale: float) -> Iterator[Ellipse]:
    """Yield the ellipses of what is a seal by its outline."""
    for hull in hulls(dyed, scale):
        if len(hull) >= _POINTS:
            (x, y), (wide, high), turn = cv2.fitEllipse(hull)
            one = ((x, y), (wide, high), turn)
            if _sized(one, scale) and _is_ring(dyed, hull, one, scale):
                yield one


def _sized(one: Ellipse, scale: float) -> bool:
    """Whether an ellipse has the size of a seal."""
    short, long = sorted(one[1])
    return _BROAD[0] * scale <= long <= _BROAD[1] * scale and short >= _FLAT * long


def _is_ring(dyed: Mask, hull: _Outline, one: Ellipse, scale: float) -> bool:
    """Whether an outline is that of the ellipse, and ink lies all the way round."""
    filled = cv2.contourArea(hull) / (np.pi / 4 * one[1][0] * one[1][1])
    if not _FILLED[0] <= filled <= _FILLED[1]:
        return False
    way = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
    turn = np.deg2rad(one[2])
    near = np.zeros(_STEPS, dtype=bool)
    for off in np.arange(-_NEAR * scale, 0.5 * _NEAR * scale):
        across, along = (one[1][0] / 2 + off) * np.cos(way), (one[1][1] / 2 + off) * np.sin(way)
        x = np.round(one[0][0] + across * np.cos(turn) - along * np.sin(turn)).astype(int)
        y = np.round(one[0][1] + across * np.sin(turn) + along * np.cos(turn)).astype(int)
        on = (x >= 0) & (y >= 0) & (x < dyed.shape[1]) & (y < dyed.shape[0])
        near[on] |= dyed[y[on], x[on]] > 0
    return float(near.mean()) >= _DRAWN
