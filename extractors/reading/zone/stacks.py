"""Lines of a picture that stand one below the other, as those of a machine readable zone do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from extractors.lines import Box
from extractors.reading.zone.strips import Strip

_MOST_LINES = 5
"""Lines of a block: three, and two that only look like them: the pattern over a zone, the edge under it."""
_APART = (1.15, 3.6)
"""Distance from one line of a zone to the next, in heights of its signs."""
_PARALLEL = 0.07
"""Sine of the angle between two lines of one zone at most: four degrees."""
_LIKE = 0.6
"""Height of the lower of two lines of a zone, in that of the higher."""
_TOGETHER = 0.8
"""Share of the shorter of two lines of a zone that stands over the longer one."""
_CARD = 36.0
"""How many times as long as high a line of a card is at most; a passport's is longer."""
_TWO_APART = 2.7
"""Heights between two lines beyond which a third stands between them."""
_LONG = 18.0
"""How many times as long as high the longest line of a zone is at least."""


def stacks(lines: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Yield the lines that stand one below the other, two to four together, made equally long."""
    used: set[int] = set()
    for at, first in enumerate(lines):
        if at in used or first.length < _LONG * first.height:
            continue
        mates = [(0.0, at)]
        for other, line in enumerate(lines):
            off = _below(first, line)
            if other not in used and other != at and _fits(first, line, off):
                mates.append((off, other))
        block = [lines[index] for _, index in _close(mates, first.height)]
        if len(block) > 1:
            used.update(lines.index(line) for line in block)
            yield _completed(_levelled(block))


def _below(first: Strip, line: Strip) -> float:
    """Return by how many pixels the middle of *line* lies below *first*."""
    ux, uy = first.along
    x, y = (line.x0 + line.x1) / 2 - first.x0, (line.y0 + line.y1) / 2 - first.y0
    return float(ux * y - uy * x)


def _fits(first: Strip, line: Strip, off: float) -> bool:
    """Whether *line* can be of one block with *first*: parallel, of like height, over or under it, near."""
    high = max(first.height, line.height)
    if min(first.height, line.height) < _LIKE * high or abs(off) > _APART[1] * 2 * high:
        return False
    (ux, uy), (vx, vy) = first.along, line.along
    starts = ux * (line.x0 - first.x0) + uy * (line.y0 - first.y0)
    ends = ux * (line.x1 - first.x0) + uy * (line.y1 - first.y0)
    shared = min(float(ends), first.length) - max(float(starts), 0.0)
    return abs(float(ux * vy - uy * vx)) < _PARALLEL and shared > _TOGETHER * min(first.length, line.length)


def _close(mates: Sequence[tuple[float, int]], height: float) -> list[tuple[float, int]]:
    """Return the run of lines around the first, at the distances of a zone's lines, a few at most."""
    ordered = sorted(mates)
    here = next(at for at, (_, index) in enumerate(ordered) if index == mates[0][1])
    low = high = here
    while high + 1 < len(ordered) and _next(ordered[high], ordered[high + 1], height):
        high += 1
    while low > 0 and _next(ordered[low - 1], ordered[low], height):
        low -= 1
    start = min(max(here - _MOST_LINES // 2, low), max(high - _MOST_LINES + 1, low))
    return ordered[start : min(start + _MOST_LINES, high + 1)]


def _next(above: tuple[float, int], below: tuple[float, int], height: float) -> bool:
    """Whether one line follows the other."""
    return _APART[0] * height <= below[0] - above[0] <= _APART[1] * height


def _levelled(block: Sequence[Strip]) -> list[Strip]:
    """Return the lines of a block from where the first of them begins to where the last ends."""
    ux, uy = max(block, key=lambda line: line.length).along
    starts = min(float(ux * line.x0 + uy * line.y0) for line in block)
    ends = max(float(ux * line.x1 + uy * line.y1) for line in block)
    height = float(np.median([line.height for line in block]))
    long = []
    for line in block:
        vx, vy = line.along
        back, on = starts - float(ux * line.x0 + uy * line.y0), ends - float(ux * line.x1 + uy * line.y1)
        long.append(
            Strip(line.x0 + back * vx, line.y0 + back * vy, line.x1 + on * vx, line.y1 + on * vy, height)
        )
    return long


def _completed(block: list[Strip]) -> list[Strip]:
    """Return two short lines with those that may stand over, between and under them: a card has three."""
    above, below = block[0], block[-1]
    if len(block) != 2 or above.length > _CARD * above.height:
        return block
    step = np.array([below.x0 - above.x0, below.y0 - above.y0, below.x1 - above.x1, below.y1 - above.y1])
    if float(np.hypot(step[0], step[1])) > _TWO_APART * above.height:
        return [above, _moved(above, step / 2), below]
    return [_moved(above, -step), above, below, _moved(below, step)]


def _moved(line: Strip, step: npt.NDArray[np.float64]) -> Strip:
    """Return *line* with its ends moved."""
    x0, y0, x1, y1 = (float(one) for one in np.array(line[:4]) + step)
    return Strip(x0, y0, x1, y1, line.height)


def turned(block: Sequence[Strip]) -> list[Strip]:
    """Return the block as it reads when the picture is held upside down."""
    return [Strip(line.x1, line.y1, line.x0, line.y0, line.height) for line in reversed(block)]


def around(block: Sequence[Strip]) -> Box:
    """Return the box around the lines, in pixels."""
    xs = [x for line in block for x in (line.x0, line.x1)]
    ys = [y for line in block for y in (line.y0, line.y1)]
    return Box(min(xs), min(ys), max(xs), max(ys)).grown(0.6 * block[0].height)
