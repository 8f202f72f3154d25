"""The sheet of paper in a photograph: its four corners, where its edges can be seen all around.

Several ways of parting paper from table are tried; which of them is right is not believed of any, but judged
by the edges: along all four sides what lies inside must differ from what lies outside. So a ruled frame on a
white page is no sheet, and a scan, whose paper reaches to its edge, costs one look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.paper import drawn_to, sides, tint
from extractors.reading.paper.outlines import area, quads
from extractors.reading.paper.way import Corners, Way, way
from extractors.reading.raster import Raster

_LONG = 500
"""Pixels of the longer side at which edges are looked for: text is a grey veil there."""
_BORDER = 0.02
"""Share of the shorter side that is the picture's rim."""
_LIGHT, _TINTED, _MOSTLY = 0.85, 60, 0.8
"""A rim is paper where so much of it is so light, against the page's lightest tenth, and of little tint."""
_SEEN = 0.75
"""Share of each side along which its edge must be seen; a thumb or a clip hides less."""
_BROAD = np.ones((41, 41), np.uint8)
"""What is narrower is no part of a sheet: the squares of a tablecloth that touch it and are as pale."""
_CLOTH = 0.5
"""Share of the rim that is tinted where it is a cloth; the dark edge and folds of a scan are not."""
_A4 = (595.28, 841.89)
_LIKE_A4 = 0.15
"""By how much the sides may differ from those of an A4, as a camera's angle shortens them."""

Colour = npt.NDArray[np.uint8]


def lying(picture: Raster) -> Way | None:
    """Return the way that lays the sheet of a photograph flat; None where no sheet's edges are seen.

    Where there is doubt the whole picture stays: nothing is ever cut away that may be the paper.
    """
    small = _small(picture)
    if small is None or _white_to_the_edge(small):
        return None
    colours = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.5), cv2.COLOR_BGR2LAB).astype(np.float32)
    found = [one for one in tint.sheets(small) if sides.seen(colours, one) >= _SEEN] or _told(small, colours)
    if not found:
        return None
    corners = drawn_to.edges(colours, max(found, key=area))
    points = corners * (max(picture.grey.shape) / max(small.shape[:2]) / picture.scale)
    return _flat(points, picture)


def _told(small: Colour, colours: sides.Colours) -> list[Corners]:
    """Return the corners of what may be the sheet by its lightness, its colour or its edges."""
    found = [one for one in _candidates(small) if sides.seen(colours, one) >= _SEEN]
    return [one for one in found if not sides.goes_on(colours, one)]


def _small(picture: Raster) -> Colour | None:
    """Return the picture small and in colour; None where it is too small to hold a sheet on a table."""
    if picture.look is not None:
        return picture.look
    times = max(picture.grey.shape) / _LONG
    if times < 1 or min(picture.grey.shape) / times < _LONG / 4:
        return None
    size = (round(picture.grey.shape[1] / times), round(picture.grey.shape[0] / times))
    grey = cv2.resize(picture.grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _white_to_the_edge(small: Colour) -> bool:
    """Whether most of the picture's rim is as light as its paper, as on every scan."""
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))
    tint = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2HSV))[:, :, 1]
    light = _rim(grey) >= _LIGHT * float(np.percentile(grey, 90))
    return float(np.mean(light & (_rim(tint) < _TINTED))) > _MOSTLY


def _rim(plane: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the pixels along the picture's four sides, one after the other."""
    rim = max(round(_BORDER * min(plane.shape[:2])), 1)
    four = (plane[:rim], plane[-rim:], plane[:, :rim], plane[:, -rim:])
    return np.concatenate([one.reshape(-1, *plane.shape[2:]) for one in four])


def _candidates(small: Colour) -> Iterator[Corners]:
    """Yield the corners of what may be the sheet, by several ways of parting it from what it lies on."""
    soft = cv2.GaussianBlur(small, (0, 0), 2)
    lab = cv2.cvtColor(soft, cv2.COLOR_BGR2LAB).astype(np.float32)
    share = soft.astype(np.float32) + 1
    share /= share.sum(axis=2, keepdims=True)
    tint = np.asarray(cv2.cvtColor(soft, cv2.COLOR_BGR2HSV))[:, :, 1].astype(np.float32)
    pale, cloth = 255 - tint, float(np.mean(_rim(tint) >= _TINTED)) > _CLOTH  # a scan's shadows have no tint
    for plane in (lab[:, :, 0], _away(lab), 1000 * _away(share), 3 * _away(lab[:, :, 1:]), pale):
        level = np.clip(plane, 0, 255).astype(np.uint8)
        _, parted = cv2.threshold(level, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        yield from quads(np.asarray(parted, dtype=np.uint8))
        for mask in (parted, cv2.bitwise_not(parted)) if cloth else ():
            yield from quads(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _BROAD), dtype=np.uint8))
    edges = cv2.dilate(cv2.Canny(soft, 30, 90), np.ones((3, 3), np.uint8))
    yield from quads(np.asarray(edges, dtype=np.uint8))


def _away(plane: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return how far each pixel is from what lies along the picture's rim, the table."""
    table = np.median(_rim(plane), axis=0)
    return np.asarray(np.sqrt(np.sum((plane - table) ** 2, axis=2)), dtype=np.float32)


def _flat(corners: Corners, picture: Raster) -> Way:
    """Return the way on which the sheet with *corners*, in points, becomes one of a likely size."""
    top, right, foot, left = (
        float(one) for one in np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    )
    size = _size((top + foot) / 2, (right + left) / 2)
    finest = max(max(top, foot) / size[0], max(right, left) / size[1])
    return way(corners, size, finest * picture.scale)


def _size(wide: float, high: float) -> tuple[float, float]:
    """Return the size in points of a sheet that looks *wide* and *high*: an A4's if nearly so."""
    longest = max(wide, high)
    shape = longest / max(min(wide, high), 1.0)
    if abs(shape / (_A4[1] / _A4[0]) - 1) <= _LIKE_A4:
        return _A4 if high >= wide else (_A4[1], _A4[0])
    return wide * _A4[1] / longest, high * _A4[1] / longest
