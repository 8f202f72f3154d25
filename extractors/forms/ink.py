"""What the picture of a page shows where no text says it: strokes in a box, drawn lines, small squares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extractors.page import Box, Picture

INSET = 1.5
"""Points kept away from a box's own border."""
_LINE = 0.55
"""A row or column darker than this share of its length is a drawn line, not writing."""
_DARK = 128
_SIDES = range(6, 17)
"""Points that the side of a tick box can have."""

Dark = npt.NDArray[np.bool_]


def share(picture: Picture, box: Box) -> float:
    """Return the share of dark pixels inside *box*, 0 where it is empty or off the page."""
    return picture.ink(box) if box.x1 > box.x0 and box.y1 > box.y0 else 0.0


def writing(picture: Picture, box: Box) -> float:
    """Return the share of dark pixels inside *box* once drawn lines are taken away."""
    dark = _cut(picture, box)
    if not dark.size:
        return 0.0
    dark = dark[:, dark.mean(axis=0) < _LINE]
    dark = dark[dark.mean(axis=1) < _LINE] if dark.size else dark
    return float(dark.mean()) if dark.size else 0.0


def framed(picture: Picture, box: Box) -> bool:
    """Whether the border of a tick box is drawn around *box*, on three sides at least."""
    reach = 2.0
    sides = (
        (Box(box.x0, box.y0 - reach, box.x1, box.y0 + reach), 1),
        (Box(box.x0, box.y1 - reach, box.x1, box.y1 + reach), 1),
        (Box(box.x0 - reach, box.y0, box.x0 + reach, box.y1), 0),
        (Box(box.x1 - reach, box.y0, box.x1 + reach, box.y1), 0),
    )
    cuts = ((_cut(picture, side), axis) for side, axis in sides)
    return sum(bool(dark.size) and float(dark.mean(axis=axis).max()) > 0.7 for dark, axis in cuts) >= 3


def cell(picture: Picture, label: Box) -> Box | None:
    """Return the drawn cell around *label*, None where lines do not close one."""
    dark = picture.grey < _DARK
    scale = picture.scale
    top, bottom = round(label.y0 * scale), max(round(label.y1 * scale), round(label.y0 * scale) + 2)
    upright = np.flatnonzero(dark[top:bottom].mean(axis=0) > 0.9)
    left, right = _around(upright, label.x0 * scale, label.x1 * scale)
    if left is None or right is None:
        return None
    level = np.flatnonzero(dark[:, left + 2 : right - 1].mean(axis=1) > 0.9)
    above, below = _around(level, label.y0 * scale, label.y1 * scale)
    if above is None or below is None:
        return None
    return Box(left / scale, above / scale, right / scale, below / scale)


def _around(places: npt.NDArray[np.intp], low: float, high: float) -> tuple[int | None, int | None]:
    """Return the last place before *low* and the first after *high*."""
    before, after = places[places <= low], places[places >= high]
    return (int(before[-1]) if before.size else None), (int(after[0]) if after.size else None)


def square(picture: Picture, near: Box) -> Box | None:
    """Return the one small drawn square inside *near*, None where there is none or more than one."""
    dark, scale = _cut(picture, near), picture.scale
    if not dark.size:
        return None
    upright = _edges(dark.T, scale)
    for side in _SIDES:
        found = [
            (a, b)
            for a in upright
            for b in upright
            if abs((b - a) / scale - side) <= 0.5 and _closed(dark, a, b)
        ]
        if found:
            a, b = found[0]
            rows = np.flatnonzero(dark[:, a : b + 1].mean(axis=1) > 0.8)
            origin_x, origin_y = round(near.x0 * scale), round(near.y0 * scale)
            return Box(
                (origin_x + a) / scale,
                (origin_y + int(rows[0])) / scale,
                (origin_x + b + 1) / scale,
                (origin_y + int(rows[-1]) + 1) / scale,
            )
    return None


def _edges(columns: Dark, scale: float) -> list[int]:
    """Return the columns that hold an unbroken dark run as long as a tick box is high."""
    return [at for at, column in enumerate(columns) if _run(column) >= _SIDES.start * scale * 0.95]


def _run(pixels: npt.NDArray[np.bool_]) -> int:
    """Return the longest run of dark pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], pixels, [False])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0


def _closed(dark: Dark, a: int, b: int) -> bool:
    """Whether a dark line above and one below join the uprights *a* and *b* to a square."""
    rows = np.flatnonzero(dark[:, a : b + 1].mean(axis=1) > 0.8)
    return bool(rows.size) and abs(int(rows[-1] - rows[0]) - (b - a)) <= 0.2 * (b - a) + 1


def _cut(picture: Picture, box: Box) -> Dark:
    """Return the dark pixels inside *box*."""
    rows, columns = picture.grey.shape
    x0, x1 = (min(max(round(x * picture.scale), 0), columns) for x in (box.x0, box.x1))
    y0, y1 = (min(max(round(y * picture.scale), 0), rows) for y in (box.y0, box.y1))
    return picture.grey[y0:y1, x0:x1] < _DARK
