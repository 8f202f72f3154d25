"""Where coloured ink on a page may be a rubber stamp: large enough, and made of signs, not of specks."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.ink.strokes import grown
from extractors.lines import Box
from extractors.page import Picture
from extractors.reading.raster import DYED, TINGED
from extractors.reading.shrinking import smaller

_WIDE, _HIGH = 50.0, 22.0
"""Points: a smaller patch of coloured ink has no room for a line with a day and a number."""
_JOIN = 8.0
"""Points of white between the lines of one stamp."""
_MOST = 4
"""Coloured patches of one page that are read: the largest ones."""
_SIGN = (3.0, 24.0)
"""Points of height that a sign of a stamp has; a shorter one is dust or the fringe of black print."""
_SIGNS = 6
"""Signs that make a patch worth reading: a day has five figures and what parts them. Of 62 patches those
of a stamp had 19 or more, flourishes of a pen 0 to 27, fringes that a camera gives to print 0 to 4."""
_BROAD = (340.0, 255.0)
"""Points of breadth and height, 120 by 90 mm, that no rubber has: it is several things joined by specks."""


def coloured(picture: Picture) -> list[Box]:
    """Return the places of coloured ink that may be stamps, the largest first, in points of the page."""
    if picture.dye is None:
        return []
    times = max(round(picture.scale), 1)
    small = smaller(picture.dye, times) >= TINGED
    scale = picture.scale / times
    large = [
        box for whole in _joined(np.asarray(small, dtype=np.bool_), scale) for box in _parted(picture, whole)
    ]
    return sorted(large, key=lambda box: -box.width * box.height)[:_MOST]


def _joined(ink: npt.NDArray[np.bool_], scale: float) -> list[Box]:
    """Return the places of ink that is one thing and large enough; *scale* is pixels of *ink* per point."""
    joined = grown(ink, _JOIN * scale / 2).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = (
        Box(x / scale, y / scale, (x + w) / scale, (y + h) / scale) for x, y, w, h, _ in stats[1:].tolist()
    )
    return [box for box in boxes if box.width >= _WIDE and box.height >= _HIGH]


def _parted(picture: Picture, whole: Box) -> Iterator[Box]:
    """Yield *whole* if enough signs stand in it; of what is too broad for a stamp its parts with signs."""
    scale = picture.scale
    signs = _signs(picture, whole)
    if _count(signs) < _SIGNS:
        return
    if whole.width <= _BROAD[0] and whole.height <= _BROAD[1]:
        yield whole
        return
    plane = np.zeros([round(side) + 2 for side in (whole.height, whole.width)], dtype=np.bool_)
    for x, y, wide, high in signs / scale:
        plane[int(y) : int(y + high) + 1, int(x) : int(x + wide) + 1] = True
    for part in _joined(plane, 1.0):
        box = Box(whole.x0 + part.x0, whole.y0 + part.y0, whole.x0 + part.x1, whole.y0 + part.y1)
        if _count(_signs(picture, box)) >= _SIGNS:
            yield box


def _signs(picture: Picture, box: Box) -> npt.NDArray[np.float64]:
    """Return left, top, width and height, in pixels from the corner of *box*, of strokes as high as signs."""
    assert picture.dye is not None, "only coloured ink is looked at"
    scale = picture.scale
    x0, y0, x1, y1 = (max(round(side * scale), 0) for side in box)
    ink = (picture.dye[y0:y1, x0:x1] >= DYED).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, :4]
    low, tall = (points * scale for points in _SIGN)
    return np.asarray(stats[(stats[:, 3] >= low) & (stats[:, 3] <= tall)], dtype=np.float64)


def _count(signs: npt.NDArray[np.float64]) -> float:
    """Return how many signs those may be, where neighbours touch."""
    return float(np.maximum(signs[:, 2] / signs[:, 3], 1.0).sum()) if len(signs) else 0.0
