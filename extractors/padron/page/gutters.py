"""White space that runs down between columns of text, narrower than what parts two cells of one line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.lines import Line

WIDE = 0.65
"""Least width of a gutter, in text heights; justified text seldom keeps such a gap in one place."""
ENOUGH = 12
"""Blanks from which the usual one of a page can be told."""
RUN = 3
"""Lines, one under the other, through which a gutter must run."""


def columns_between(lines: Sequence[Line]) -> list[list[float]]:
    """Return for each line where gutters cross it: the middle of each, in points from the left."""
    least = max(WIDE, 1.6 * space(lines))
    gaps = [_gaps(line, least) for line in lines]
    return [[sum(gap) / 2 for gap in gaps[at] if _runs(lines, gaps, at, gap)] for at in range(len(lines))]


def space(lines: Sequence[Line]) -> float:
    """Return the usual blank between two words, in text heights: twice as wide in typewriter print."""
    blanks = sorted(
        (b.box.x0 - a.box.x1) / max(b.box.height, 1.0)
        for line in lines
        for a, b in pairwise(line.words)
        if b.box.x0 > a.box.x1
    )
    return blanks[len(blanks) // 4] if len(blanks) >= ENOUGH else 0.0


def _gaps(line: Line, least: float) -> list[tuple[float, float]]:
    """Return the gaps between the words of a line that are at least so wide, in text heights."""
    pairs = pairwise(line.words)
    return [(a.box.x1, b.box.x0) for a, b in pairs if b.box.x0 - a.box.x1 >= least * max(b.box.height, 1.0)]


def _runs(
    lines: Sequence[Line], gaps: Sequence[Sequence[tuple[float, float]]], at: int, gap: tuple[float, float]
) -> bool:
    """Whether *gap* of line *at* goes on through enough neighbours."""
    count = 1
    for step in (1, -1):
        shared, here = gap, at + step
        while 0 <= here < len(lines) and _near(lines[here], lines[here - step]):
            common = [(max(g[0], shared[0]), min(g[1], shared[1])) for g in gaps[here]]
            wide = [g for g in common if g[1] - g[0] >= 0.8 * WIDE * max(lines[here].box.height, 1.0)]
            if not wide:
                break
            shared = wide[0]
            count, here = count + 1, here + step
    return count >= RUN


def _near(one: Line, two: Line) -> bool:
    """Whether two lines stand right one under the other."""
    upper, lower = sorted((one.box, two.box), key=lambda box: box.y0)
    return lower.y0 - upper.y1 < lower.height
