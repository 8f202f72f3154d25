"""Rows whose cells are centred: a long cell begins above the line with the row's day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.lines import Line

PLAINLY = 0.3
"""White space, in text heights, by which that between two rows is more than any within them."""


def spread(body: Sequence[Line], starts: Sequence[bool]) -> list[bool]:
    """Return at which lines of *body* a row begins, where *starts* are the lines with its day.

    Between two days a row begins behind the white space that is plainly the widest there; where none is, at
    the day. Lines over the first day are its row's where they stand closer to it than rows do to each other.
    """
    days = [at for at, starting in enumerate(starts) if starting]
    if not days:
        return list(starts)
    gaps = [0.0, *(below.box.y0 - above.box.y1 for above, below in pairwise(body))]
    begins = [_widest(gaps, one, two, body[two].box.height) for one, two in pairwise(days)]
    between = min((gaps[at] for at in begins), default=0.0)
    close = max(gaps[1 : days[0] + 1], default=0.0) < between - PLAINLY * body[0].box.height
    begins.append(0 if begins and close else days[0])
    return [at in begins for at in range(len(body))]


def _widest(gaps: Sequence[float], one: int, two: int, height: float) -> int:
    """Return the line behind the widest white space between the days on lines *one* and *two*."""
    here = range(one + 1, two + 1)
    best = max(here, key=lambda at: gaps[at])
    rest = [gaps[at] for at in here if at != best]
    return best if all(gaps[best] - gap >= PLAINLY * height for gap in rest) else two
