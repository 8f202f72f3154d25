"""Lines of small marks of one height on a picture, at any slant: where a machine readable zone may lie.

Marks are found by their size and by being darker than what is around them, so that neither a shadow, a
pattern under the print nor the table under a card counts; marks that stand close side by side are a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches
from extractors.reading.raster import Grey

_LONGS = (1600, 800)
"""Pixels of the longer side at which lines are sought: small cards on a large sheet, then one that fills
the picture."""
_AROUND = 41
"""Pixels of the surroundings against which a mark is dark."""
_DARKER = 12
"""How much darker than its surroundings a mark is, in grey."""
SHARES = (0.4, 0.65)
"""The same as a share of the darkest near it: so that faint signs count, or that lines behind them do not."""
_ASLANT = 45.0
"""Degrees by which a picture is turned once more where nothing runs along or down it."""
_LONG_ASLANT = 2000
"""Pixels of the longer side of a picture that is turned: it becomes a fifth larger by that."""
_MARK = (3, 40)
"""Pixels of a mark's height."""
_TOUCHING = 150
"""Pixels of the longest mark: letters on bad copies touch."""
_BRIDGE = 25
"""Pixels between two marks of one line."""
_SHORTEST = 130
_SLIM = (10.0, 60.0)
"""How many times as long as high a line of a zone is: 30 signs make 27 to 31, 44 make 40 to 46."""
_STEEP = 0.5
"""Rise of a line, as a share of its length, beyond which the other direction finds it."""


class Strip(NamedTuple):
    """A line: its ends along the middle of its marks and its height, in pixels of the picture."""

    x0: float
    y0: float
    x1: float
    y1: float
    height: float

    @property
    def along(self) -> npt.NDArray[np.float64]:
        """The direction of writing, one long; the other way round where the picture is upside down."""
        way = np.array([self.x1 - self.x0, self.y1 - self.y0])
        return way / max(float(np.hypot(*way)), 1e-6)

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return float(np.hypot(self.x1 - self.x0, self.y1 - self.y0))


_THIN = 32
"""Pixels of a picture's shorter side, made small, below which no line of signs lies on it."""


class Contrast(NamedTuple):
    """A picture made smaller by *factor*: how much darker each pixel is than what is around it.

    `most` has the darkest near each pixel.
    """

    factor: float
    darker: Grey
    most: Grey


class Contrasts:
    """A picture at each of the two sizes at which lines are sought, each made once for all shares."""

    def __init__(self, grey: Grey) -> None:
        """Take the picture."""
        self._grey = np.ascontiguousarray(grey)
        self._made: dict[int, Contrast | None] = {}

    def at(self, long: int) -> Contrast | None:
        """Return the picture with a longer side of *long* pixels at most, None where no line fits on it."""
        if long not in self._made:
            self._made[long] = _contrast(self._grey, min(long / max(self._grey.shape), 1.0))
        return self._made[long]


def strips(picture: Contrasts, share: float = SHARES[0]) -> Iterator[list[Strip]]:
    """Yield the lines that run along the picture, then those that run down, at each of two sizes.

    *share* is one of `SHARES`: how dark a mark is beside the darkest near it.
    """
    for long in _LONGS:
        small = picture.at(long)
        if small is None:
            return
        marks = _marks(small, share)
        yield [_scaled(one, small.factor) for one in _lines(marks)]
        fallen = np.asarray(cv2.transpose(marks), dtype=np.uint8)
        yield [_scaled(_fallen(one), small.factor) for one in _lines(fallen)]


def aslant(grey: Grey, share: float = SHARES[0]) -> Iterator[list[Strip]]:
    """Yield the lines that run neither along nor down a picture, as `strips` yields the others."""
    factor = min(_LONG_ASLANT / max(grey.shape), 1.0)
    small = cv2.resize(np.ascontiguousarray(grey), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    side = round((high + wide) * 2**-0.5)
    there = cv2.getRotationMatrix2D((wide / 2, high / 2), _ASLANT, 1.0)
    there[:, 2] += (side - wide) / 2, (side - high) / 2
    turned = cv2.warpAffine(small, there, (side, side), borderValue=(float(np.median(small)),))
    back = np.asarray(cv2.invertAffineTransform(there), dtype=np.float64)
    for lines in strips(Contrasts(np.asarray(turned, dtype=np.uint8)), share):
        yield [_scaled(_carried(one, back), factor) for one in lines]


def _carried(line: Strip, way: npt.NDArray[np.float64]) -> Strip:
    """Return a line with its ends carried by *way*, which changes no length."""
    (x0, y0), (x1, y1) = (way @ (x, y, 1) for x, y in ((line.x0, line.y0), (line.x1, line.y1)))
    return Strip(float(x0), float(y0), float(x1), float(y1), line.height)


def _contrast(grey: Grey, factor: float) -> Contrast | None:
    """Return *grey* made smaller by *factor*, None where no line fits on it."""
    size = (max(round(grey.shape[1] * factor), 1), max(round(grey.shape[0] * factor), 1))
    if min(size) < _THIN:
        return None
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    darker = cv2.subtract(cv2.blur(small, (_AROUND, _AROUND)), small)
    near = cv2.dilate(
        cv2.resize(darker, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.ones((15, 15))
    )
    most = cv2.resize(near, size)
    return Contrast(factor, np.asarray(darker, dtype=np.uint8), np.asarray(most, dtype=np.uint8))


def _marks(small: Contrast, share: float) -> Grey:
    """Return the marks that have the size of a sign, 255 on 0."""
    least = np.maximum(_DARKER, share * np.arange(256)).astype(
        np.uint8
    )  # of a whole number, no fraction tells
    dark = cv2.compare(small.darker, cv2.LUT(small.most, least), cv2.CMP_GT)
    _, labels, stats, _ = patches(dark)
    low = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = (long >= _MARK[0]) & (low <= _MARK[1]) & (long <= _TOUCHING)
    kept[0] = False
    return (kept * np.uint8(255)).take(labels)


def _lines(marks: Grey) -> list[Strip]:
    """Return the lines of marks that run from left to right, with pieces of one line joined."""
    closed = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, _BRIDGE), np.uint8))
    _, labels, stats, _ = patches(closed, corners=False)
    found = []
    for at in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] >= _SHORTEST)[:400]:
        if at == 0:
            continue
        left, top, wide, high = stats[at, :4]
        part = (labels[top : top + high, left : left + wide] == at) & (
            marks[top : top + high, left : left + wide] > 0
        )
        line = _fitted(part, int(left), int(top))
        if line is not None:
            found.append(line)
    return _whole(found)


def _fitted(part: npt.NDArray[np.bool_], left: int, top: int) -> Strip | None:
    """Return the line through the marks of *part*, None where they make no slim line."""
    ys, xs = np.nonzero(part)
    if len(xs) < 40:
        return None
    slope, base = np.polyfit(xs, ys, 1)
    if abs(slope) > _STEEP:
        return None
    off = (ys - slope * xs - base) / np.hypot(1, slope)
    low, high = np.percentile(off, (2, 98))
    height = float(high - low) * 1.04 + 1
    base += (low + high) / 2 * np.hypot(1, slope)
    x0, x1 = float(xs.min()), float(xs.max())
    line = Strip(left + x0, top + base + slope * x0, left + x1, top + base + slope * x1, height)
    return line if _MARK[0] < height <= _MARK[1] and line.length >= 4 * height else None


def _whole(found: Sequence[Strip]) -> list[Strip]:
    """Return the lines with pieces that go on in one direction joined; what stays too short is left out."""
    joined: list[Strip] = []
    for line in sorted(found):
        for at, before in enumerate(joined):
            if _goes_on(before, line):
                joined[at] = Strip(before.x0, before.y0, line.x1, line.y1, max(before.height, line.height))
                break
        else:
            joined.append(line)
    return [line for line in joined if _SLIM[0] <= line.length / line.height <= _SLIM[1]]


def _goes_on(before: Strip, line: Strip) -> bool:
    """Whether *line* begins where *before* ends, of like height and in its direction."""
    high = max(before.height, line.height)
    gap = np.array([line.x0 - before.x1, line.y0 - before.y1])
    aside = abs(float(gap[0] * before.along[1] - gap[1] * before.along[0]))
    alike = min(before.height, line.height) > 0.6 * high
    return bool(alike and -high < gap[0] < 4 * high and aside < 0.5 * high)


def _fallen(line: Strip) -> Strip:
    """Return a line of the picture mirrored at its diagonal, on the picture, read from its foot upwards."""
    return Strip(line.y1, line.x1, line.y0, line.x0, line.height)


def _scaled(line: Strip, factor: float) -> Strip:
    """Return a line of the small picture on the large one."""
    return Strip(*(value / factor for value in line))
