"""What the picture of a page shows where no text says it: strokes in a box, drawn lines, small squares."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from extractors.lines import Box
from extractors.page import Picture

INSET = 1.5
"""Points kept away from a box's own border."""
_LEVEL_LINE, _UPRIGHT_LINE = 22.0, 13.0
"""Points from which a straight dark run is a drawn line, not writing."""
_DARK = 128
_LINED = 200
"""Grey below which a hairline counts, which the drawing often thins."""
_OVER = 1.2
"""Points that a drawn upright goes on above and below the letters beside it."""
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
    level = _runs(dark, round(_LEVEL_LINE * picture.scale))
    upright = _runs(dark.T, round(_UPRIGHT_LINE * picture.scale)).T
    return float((dark & ~level & ~upright).mean())


def _runs(dark: Dark, length: int) -> Dark:
    """Return the pixels that lie in a dark run along their row of at least *length*."""
    rows, columns = dark.shape
    if columns < length:
        return np.zeros_like(dark)
    sums = np.concatenate([np.zeros((rows, 1), dtype=np.int64), dark.cumsum(axis=1)], axis=1)
    begins = sums[:, length:] - sums[:, :-length] == length
    change = np.zeros((rows, columns + 1), dtype=np.int64)
    change[:, : begins.shape[1]] += begins
    change[:, length : length + begins.shape[1]] -= begins
    return np.asarray(change[:, :columns].cumsum(axis=1) > 0, dtype=np.bool_)


def ruled(picture: Picture, box: Box) -> bool:
    """Whether a level line to write on is drawn in *box*, from near its left end on."""
    dark = _cut(picture, box, _LINED)
    length = round(_LEVEL_LINE * picture.scale)
    return bool(dark.size) and bool(_runs(dark, length)[:, : length + 1].any())


def framed(picture: Picture, box: Box) -> bool:
    """Whether the border of a tick box is drawn around *box*, on three sides at least."""
    reach = 2.0
    sides = (
        (Box(box.x0, box.y0 - reach, box.x1, box.y0 + reach), 1),
        (Box(box.x0, box.y1 - reach, box.x1, box.y1 + reach), 1),
        (Box(box.x0 - reach, box.y0, box.x0 + reach, box.y1), 0),
        (Box(box.x1 - reach, box.y0, box.x1 + reach, box.y1), 0),
    )
    cuts = ((_cut(picture, side, _LINED), axis) for side, axis in sides)
    return sum(bool(dark.size) and float(dark.mean(axis=axis).max()) > 0.7 for dark, axis in cuts) >= 3


class Drawing:
    """The drawn lines of one page, for asking which cell a label stands in."""

    def __init__(self, picture: Picture) -> None:
        self._dark = picture.grey < _LINED
        self._scale = picture.scale

    def cell(self, label: Box) -> Box | None:
        """Return the smallest drawn frame around *label*, None where lines do not close one."""
        scale = self._scale
        top = max(round((label.y0 - _OVER) * scale), 0)
        band = self._dark[top : max(round((label.y1 + _OVER) * scale), top + 2)]
        if not band.size:
            return None
        upright = np.flatnonzero(band.mean(axis=0) > 0.95)
        lefts = _thinned(upright[upright <= (label.x0 + 1) * scale][::-1])
        rights = _thinned(upright[upright >= (label.x1 - 1) * scale])
        for left, right in sorted(product(lefts[:4], rights[:4]), key=lambda pair: pair[1] - pair[0]):
            frame = self._frame(left, right, label)
            if frame is not None:
                return frame
        return None

    def _frame(self, left: int, right: int, label: Box) -> Box | None:
        """Return the frame between two uprights, None where they do not reach from line to line."""
        scale = self._scale
        if right - left < 4:
            return None
        level = np.flatnonzero(self._dark[:, left + 2 : right - 1].mean(axis=1) > 0.9)
        above, below = _around(level, (label.y0 + 1) * scale, (label.y1 - 1) * scale)
        if above is None or below is None:
            return None
        for side in (left, right):
            near = self._dark[above:below, max(side - 1, 0) : side + 2]
            if near.any(axis=1).mean() < 0.9:
                return None
        return Box(left / scale, above / scale, right / scale, below / scale)


def _thinned(places: npt.NDArray[np.intp]) -> list[int]:
    """Return one place for each line, however many pixels thick it is."""
    return [int(at) for n, at in enumerate(places) if n == 0 or abs(int(at) - int(places[n - 1])) > 1]


def _around(places: npt.NDArray[np.intp], low: float, high: float) -> tuple[int | None, int | None]:
    """Return the last place before *low* and the first after *high*."""
    before, after = places[places <= low], places[places >= high]
    return (int(before[-1]) if before.size else None), (int(after[0]) if after.size else None)


def square(picture: Picture, near: Box) -> Box | None:
    """Return the smallest small drawn square inside *near*, None where there is none."""
    dark, scale = _cut(picture, near, _LINED), picture.scale
    if not dark.size:
        return None
    upright = _edges(dark.T, scale)
    pairs = sorted((b - a, a, b) for a in upright for b in upright if b - a >= _SIDES.start * scale * 0.95)
    for wide, a, b in pairs:
        if wide <= _SIDES.stop * scale and (rows := _closed(dark, a, b)):
            x, y = round(near.x0 * scale), round(near.y0 * scale)
            return Box((x + a) / scale, (y + rows[0]) / scale, (x + b + 1) / scale, (y + rows[1] + 1) / scale)
    return None


def _edges(columns: Dark, scale: float) -> list[int]:
    """Return the columns that hold an unbroken dark run as long as a tick box is high."""
    return [at for at, column in enumerate(columns) if _run(column) >= _SIDES.start * scale * 0.95]


def _run(pixels: npt.NDArray[np.bool_]) -> int:
    """Return the longest run of dark pixels."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], pixels, [False])).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0


def _closed(dark: Dark, a: int, b: int) -> tuple[int, int] | None:
    """Return the rows of the lines that join the uprights *a* and *b* to a square."""
    rows = np.flatnonzero(dark[:, a : b + 1].mean(axis=1) > 0.85)
    slack = 0.15 * (b - a) + 1
    found = [(int(r), int(s)) for r in rows for s in rows if abs((s - r) - (b - a)) <= slack]
    whole = [pair for pair in found if min(dark[pair[0] : pair[1], [a, b]].mean(axis=0)) > 0.9]
    return whole[0] if whole else None


def _cut(picture: Picture, box: Box, level: int = _DARK) -> Dark:
    """Return the dark pixels inside *box*."""
    return picture.cut(box) < level
