"""Streaks too pale to be ink all along: what is left of them are dashes, one below the other on one line.

A dash behind a value is its stranger, beside it an I, and in an empty place a value. Nobody sets a dozen
strokes as thin as a hair below each other, on one straight line over a third of a page.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.streaks import Streak, covered
from extractors.reading.patches import patches

_TALL, _THIN = 2.5, 0.8
"""Points: how high a dash is at least, and how thick at most: no stem of a letter of 8 points is thinner."""
_LEANS = np.linspace(-0.1, 0.1, 73)
"""Columns a row by which a streak may lean on a page that was laid straight."""
_NEAR = 1.2
"""Points by which dashes may stray from the line that most of them keep to."""
_MANY, _WHOLE, _SPAN = 12, 60.0, 250.0
"""Dashes of a streak at least, points of all of them together, and points from the first to the last."""
_MOST = 4
"""Streaks that are sought on one page."""
_LETTER = 4.5
"""Points from which a dash may have been a thin I or 1, standing on the line by chance."""

Ink = npt.NDArray[np.uint8]


class Dashed(NamedTuple):
    """The pale streaks of a page, and the pixels that they cover and no broad stroke does."""

    streaks: tuple[Streak, ...]
    covered: Ink


def dashed(ink: Ink, own: Ink, scale: float) -> Dashed:
    """Return the pale streaks in *own*, a page's *ink* without the blank's, of *scale* pixels per point."""
    found = tuple(_streaks(_dashes(own, scale), scale))
    if not found:
        return Dashed((), np.zeros_like(ink))
    broad = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_THIN * scale) + 1), np.uint8))
    kept = cv2.dilate(broad, np.ones((3, 3), np.uint8))
    return Dashed(found, np.asarray(cv2.subtract(covered(ink, found, scale), kept), dtype=np.uint8))


def letterlike(erased: Ink, scale: float) -> bool:
    """Whether a dash among those *erased* in a place is as high as a letter."""
    tall = np.ones((round(_LETTER * scale), 1), np.uint8)
    return min(erased.shape) > 0 and bool(cv2.erode(erased, tall, borderValue=0).any())


def _dashes(own: Ink, scale: float) -> npt.NDArray[np.float64]:
    """Return the middle column, the middle row and the height of each thin upright stroke, in pixels."""
    tall = cv2.morphologyEx(own, cv2.MORPH_OPEN, np.ones((round(_TALL * scale), 1), np.uint8))
    _, _, stats, middles = patches(tall)
    thin = stats[:, cv2.CC_STAT_WIDTH] <= _THIN * scale
    thin[0] = False
    return np.column_stack((middles[thin], stats[thin, cv2.CC_STAT_HEIGHT]))


def _streaks(dashes: npt.NDArray[np.float64], scale: float) -> list[Streak]:
    """Return the lines on which enough of *dashes* stand."""
    found: list[Streak] = []
    while len(dashes) >= _MANY and len(found) < _MOST:
        near = _on_one_line(dashes, scale)
        columns, rows, high = dashes[near].T
        if len(rows) < _MANY or high.sum() < _WHOLE * scale or np.ptp(rows) < _SPAN * scale:
            break
        lean, at = np.polyfit(rows, columns, 1, w=high)
        ends = rows - high / 2, rows + high / 2
        found.append(Streak(int(ends[0].min()), int(ends[1].max()) + 1, float(at), float(lean)))
        dashes = dashes[~near]
    return found


def _on_one_line(dashes: npt.NDArray[np.float64], scale: float) -> npt.NDArray[np.bool_]:
    """Return which dashes keep to the line on which most of all their ink stands."""
    columns, rows, high = dashes.T
    wide, best, most = _NEAR * scale, np.zeros(len(dashes), dtype=np.bool_), 0.0
    for lean in _LEANS:
        at = columns - lean * rows
        bins = ((at - at.min()) / wide).astype(np.intp)
        whole = np.bincount(bins, weights=high)
        if whole.max() > most:
            most = float(whole.max())
            best = np.abs(at - at.min() - (whole.argmax() + 0.5) * wide) <= wide
    return best
