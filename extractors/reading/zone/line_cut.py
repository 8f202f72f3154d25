"""A line of a machine readable zone cut out of its page: level, of one height, and nothing but its signs.

A photographed card is bent and lies aslant, so that its lines run in a bow and those above and below come
near; the card's own edge stands at their ends.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.greys import percentiles, spread
from extractors.reading.raster import Grey
from extractors.reading.zone.strips import Strip

HIGH, TALL = 48, 28
"""Pixels of a cut line and of the signs in it: what the recogniser wants, and room for a slant."""
_ENDS = 1.0
"""White left at either end of a line, in heights of its signs: the engine loses signs at an edge."""
_APART, _THIN = 25, 7
"""Pixels of white wider than between neighbours, and of a stroke that is thinner than any sign."""
_EDGE, _LEANING, _THROUGH = 2, 5, 0.9
"""Heights of a sign from an end of a cut line within which a card's edge may stand, pixels that it leans, and
share of the cut's height that it takes; a sign takes 0.6."""
_HALF = 128
_SIGN = (0.55, 1.3)
"""Height of a mark that may be a sign by itself, in `TALL`; a filler is the lowest."""
_MANY = 10
"""Signs from which the bow of a line can be told."""
_ASTRAY = 4.0
"""Pixels off the bow from which a mark is no sign of the line."""
_LEVEL = 0.8
"""Pixels of a bow below which a line is straight."""
_ROOM = 5
"""Pixels over and under the signs that stay: what is beyond belongs to other lines."""


def cut(grey: Grey, line: Strip) -> Grey:
    """Return the line level, its signs of one height, evenly lit and of full contrast."""
    size = TALL / line.height
    ux, uy = line.along / size
    wide = max(round((line.length + 2 * _ENDS * line.height) * size), HIGH)
    back = _ENDS * line.height * size
    matrix = np.array(
        [
            [ux, -uy, line.x0 - back * ux + HIGH / 2 * uy],
            [uy, ux, line.y0 - back * uy - HIGH / 2 * ux],
        ]
    )
    way = cv2.INTER_AREA if size < 0.6 else cv2.INTER_LINEAR
    crop = cv2.warpAffine(
        grey, matrix, (wide, HIGH), flags=way | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    level = np.asarray(crop, np.uint8)
    low, high = percentiles(level, (1, 90))
    return _unframed(spread(level, low, max(high - low, 1)))


def _unframed(cut: Grey) -> Grey:
    """Return a cut line without what is at its ends: a card's edge, thin strokes and specks apart."""
    _edged(cut)
    _edged(cut[:, ::-1])
    inked = np.flatnonzero((cut < _HALF).sum(axis=0) >= 2)
    groups = np.split(inked, np.flatnonzero(np.diff(inked) > _APART) + 1)
    while len(groups) > 1 and len(groups[0]) <= _THIN:
        cut[:, : groups.pop(0)[-1] + 3] = 255
    while len(groups) > 1 and len(groups[-1]) <= _THIN:
        cut[:, max(groups.pop()[0] - 2, 0) :] = 255
    return cut


def _edged(cut: Grey) -> None:
    """Whiten a cut line from its beginning to the last stroke there that is as high as the cut itself."""
    beginning = (cut[:, : _EDGE * TALL] < _HALF).astype(np.uint8)
    upright = cv2.dilate(beginning, np.ones((1, _LEANING), np.uint8)).mean(axis=0) >= _THROUGH
    if upright.any() and not upright.all():
        cut[:, : int(np.flatnonzero(upright)[-1]) + 1] = 255


def straight(line: Grey) -> Grey:
    """Return a cut line with its bow taken out and white over and under it; as it is if none is clear."""
    xs, ys = _middles(line)
    if len(xs) < _MANY:
        return line
    bow = np.polyfit(xs, ys, 2)
    near = np.abs(np.polyval(bow, xs) - ys) < _ASTRAY
    if near.sum() < _MANY:
        return line
    bow = np.polyfit(xs[near], ys[near], 2)
    columns = np.arange(line.shape[1], dtype=np.float64)
    off = np.clip(np.polyval(bow, np.clip(columns, xs[near].min(), xs[near].max())) - HIGH / 2, -TALL, TALL)
    return _within(line if np.abs(off).max() < _LEVEL else _moved(line, off))


def _middles(line: Grey) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return where the marks of a sign's size lie: their middles."""
    dark = (line < _HALF).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top, wide, high, _ = stats[1:].T.astype(np.float64)
    low, tall = (share * TALL for share in _SIGN)
    kept = (high >= low) & (high <= tall) & (wide <= tall) & (top > 0) & (top + high < HIGH)
    return (left + wide / 2)[kept], (top + (high - 1) / 2)[kept]


def _moved(line: Grey, off: npt.NDArray[np.float64]) -> Grey:
    """Return a line with each column moved up by *off* pixels."""
    rows, columns = line.shape
    xs = np.broadcast_to(np.arange(columns, dtype=np.float32), (rows, columns))
    ys = np.arange(rows, dtype=np.float32)[:, np.newaxis] + off.astype(np.float32)
    level = cv2.remap(line, np.ascontiguousarray(xs), ys, cv2.INTER_LINEAR, borderValue=(255,))
    return np.asarray(level, dtype=np.uint8)


def _within(line: Grey) -> Grey:
    """Return a line with white over and under its signs."""
    alone = np.full_like(line, 255)
    rows = slice((HIGH - TALL) // 2 - _ROOM, (HIGH + TALL) // 2 + _ROOM)
    alone[rows] = line[rows]
    return alone
