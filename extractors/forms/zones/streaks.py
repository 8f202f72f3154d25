"""Streaks that a copier or a scanner draws down a whole page: found as straight lines, and taken away."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.reading.patches import patches

_LONG = 250.0
"""Points from which a line down the page is a streak: no pen goes so far so straight."""
_SLANT = 0.1
"""Columns a row by which a streak may lean on a page that was laid straight."""
_BRIDGE = 12.0
"""Points of print and writing across which a streak goes on."""
_THICK = 2.5
"""Points: streaks are thinner on the whole."""
_OFF = 1.2
"""Points by which a streak strays from a straight line."""


class Streak(NamedTuple):
    """A line from *top* to *low* in pixels; its column is `at + lean * row`."""

    top: int
    low: int
    at: float
    lean: float

    def column(self, row: float) -> float:
        """Return its column in *row*."""
        return self.at + self.lean * row

    def within(self, rows: slice, columns: slice) -> Streak:
        """Return it in pixels of the window *rows*, *columns*."""
        at = self.column(rows.start) - columns.start
        return Streak(self.top - rows.start, self.low - rows.start, at, self.lean)


def streaks(ink: npt.NDArray[np.uint8], scale: float) -> tuple[Streak, ...]:
    """Return the streaks in *ink*, the page's without the blank's, of *scale* pixels per point."""
    small = np.ascontiguousarray(ink[::2, ::2])
    half = scale / 2
    high = round(_BRIDGE * half)
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((high, 1), np.uint8))
    straight = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((high, 1), np.uint8))
    if _longest_run(np.any(straight, axis=1)) < _LONG * half:
        return ()
    _, labels, stats, _ = patches(straight)
    tall = stats[:, cv2.CC_STAT_HEIGHT]
    likely = (tall >= _LONG * half) & (stats[:, cv2.CC_STAT_WIDTH] <= _SLANT * tall + _THICK * half)
    likely &= stats[:, cv2.CC_STAT_AREA] <= _THICK * half * tall
    likely[0] = False
    found = (_straight(labels == at, half) for at in np.flatnonzero(likely))
    return tuple(one for one in found if one is not None)


def _longest_run(rows: npt.NDArray[np.bool_]) -> int:
    """Return the most rows one after another with ink: nothing that hangs together is higher."""
    ends = np.flatnonzero(np.diff(np.concatenate([[0], rows, [0]])))
    return int((ends[1::2] - ends[::2]).max()) if ends.size else 0


def _straight(pixels: npt.NDArray[np.bool_], half: float) -> Streak | None:
    """Return the straight line of *pixels*, which are those of every second row and column."""
    rows, columns = np.nonzero(pixels)
    lean, at = np.polyfit(rows, columns, 1)
    off = np.abs(columns - (at + lean * rows))
    if float(np.percentile(off, 90)) > _OFF * half:
        return None
    return Streak(2 * int(rows.min()), 2 * int(rows.max()) + 2, 2 * float(at), float(lean))


def covered(
    ink: npt.NDArray[np.uint8], found: tuple[Streak, ...], scale: float, wide: float = _OFF
) -> npt.NDArray[np.uint8]:
    """Return a mask of the pixels that *found* cover, each *wide* points."""
    mask = np.zeros_like(ink)
    for one in found:
        ends = [(round(one.column(row)), row) for row in (one.top, one.low)]
        cv2.line(mask, ends[0], ends[1], 1, max(round(wide * scale), 2))
    return mask
