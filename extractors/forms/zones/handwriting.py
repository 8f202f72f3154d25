"""Whether something is written by hand: print stands on one line and ends at one height, a hand does not.

Signs that share nothing are asked for a whole page: how far letters stray from the lines on which print
stands, and how often two recognisers agree. Measured on filled forms of five printed and four hand-like
faces: print strays by less than 0.03 of a letter's height where the copy is not broken, hands by 0.05 to
0.2; on print the recognisers agree in 0.7 to 1.0 of the places, on hands in 0 to 0.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.cleaning import Written

_LETTER = (0.55, 2.2)
"""Heights, of the middle letter's, that letters have; dots and strokes through a line have others."""
_LEAST = 3
"""Letters of which straying can be told."""
_MANY = 6
"""Letters from which most heads are at one of two heights; of "Dcha" each is at its own."""
_LEVEL = 0.01
"""Straying of feet below which the heads of one place tell nothing, of which half may be capitals: 88 of 100
places of print stand so level, and 3 of 100 by hand of eight letters."""
_SLANTS = np.linspace(-0.06, 0.06, 13)
"""Slants of a line that a bent sheet leaves."""
_PAGE, _AGREED = 0.04, 0.75
"""Straying from which, and agreement below which, a page is by hand."""
_STRAYS, _STRAYS_OTHERWISE = 0.13, 0.05
"""Straying from which one place is by hand on a page of print; where its letters are of another make, too."""
_OTHER = 1.3
"""Ratio of heights, or of widths of strokes, from which letters are of another make than the page's."""
_FREE = 3
"""Letters of a place that some slanted line meets wherever they stand."""
_ON_LINE, _ONE_PIXEL = 0.02, 0.5
"""How far the foot of a letter on its line may be off it, in heights, and in pixels at least."""
_TOLD = 5
"""Letters of a page, beyond those that any line meets, from which it is told whether they stand on lines."""
_RULED = 0.5
"""Share of them that stand on the lines of print: 0 to 0.43 on 278 pages of four hands, 0.5 to 1 on 61 of
62 of print, photographed, faxed and worn; a typewriter that keeps no beat has less."""
TELLING = 4
"""Places that a page must have for its agreement to tell anything."""


class Straying(NamedTuple):
    """How far letters stray from lines at feet and heads, in heights: over a page, and in one place alone.

    `asked` are the letters beyond those that any line meets, `ruled` those of them that stand on one.
    """

    page: float
    own: float
    ruled: int
    asked: int


def straying(found: Written) -> Straying | None:
    """Return how far letters stray from the lines on which print stands; None of too few letters.

    Heads of few letters, or over level feet, say nothing by themselves.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(found.ink.astype(np.uint8), connectivity=8)
    marks = np.asarray(stats[1:], dtype=np.float64)
    tall = marks[:, cv2.CC_STAT_HEIGHT]
    high = float(np.median(tall[tall >= 0.35 * tall.max()])) if tall.size else 0.0
    letters = marks[(tall >= _LETTER[0] * high) & (tall <= _LETTER[1] * high)]
    if len(letters) < _LEAST:
        return None
    across = (letters[:, cv2.CC_STAT_LEFT] + letters[:, cv2.CC_STAT_WIDTH] / 2) / high
    heads = letters[:, cv2.CC_STAT_TOP] / high
    feet = heads + letters[:, cv2.CC_STAT_HEIGHT] / high
    low, top = _off(across, feet), _off(across, heads)
    level = low < _LEVEL
    heady = len(letters) >= _MANY and not level
    ruled = _on_one_line(across, feet, max(_ON_LINE, _ONE_PIXEL / high)) - _FREE
    return Straying(low + top, low + (top if heady else 0.0), max(ruled, 0), len(letters) - _FREE)


def _on_one_line(across: npt.NDArray[np.float64], down: npt.NDArray[np.float64], near: float) -> int:
    """Return how many points stand within *near* of the straight line to which most of them do."""
    best = 0
    for rests in np.sort(down - _SLANTS[:, None] * across, axis=1):
        reach = np.searchsorted(rests, rests + near, "right") - np.searchsorted(rests, rests - near, "left")
        best = max(best, int(reach.max()))
    return best


def _off(across: npt.NDArray[np.float64], down: npt.NDArray[np.float64]) -> float:
    """Return the middle distance of points from the straight line that most of them keep to."""
    rests = down - _SLANTS[:, None] * across
    return float(np.median(np.abs(rests - np.median(rests, axis=1, keepdims=True)), axis=1).min())


class Make(NamedTuple):
    """How the letters of one place are made: their straying, height and width of stroke, in points."""

    straying: Straying | None
    high: float
    stroke: float


def make(found: Written, scale: float) -> Make:
    """Return how what is written in one place is made."""
    ink = found.ink.astype(np.uint8)
    edge = int((ink - cv2.erode(ink, np.ones((3, 3), np.uint8))).sum())
    return Make(straying(found), found.high, 2 * float(ink.sum()) / max(edge, 1) / scale)


def by_hand(makes: Sequence[Make], agreed: Sequence[bool]) -> bool:
    """Whether a page is filled in by hand: by the straying and the agreement of its places."""
    told = [one.straying.page for one in makes if one.straying is not None]
    if len(agreed) < TELLING or not told:
        return False
    return float(np.median(told)) >= _PAGE and sum(agreed) < _AGREED * len(agreed)


def printed(makes: Sequence[Make]) -> bool | None:
    """Whether the letters of a page stand on lines as those of a machine do; None of too few letters.

    A hand on a ruled line keeps near it, and puts hardly two letters of a word down at the very same height.
    """
    told = [one.straying for one in makes if one.straying is not None]
    asked = sum(one.asked for one in told)
    return None if asked < _TOLD else sum(one.ruled for one in told) >= _RULED * asked


def at_odds(agreed: Sequence[bool]) -> bool:
    """Whether the readers differ in half of a page's places: whatever it is, it may be by hand."""
    return len(agreed) >= TELLING and 2 * sum(agreed) <= len(agreed)


def strays(one: Make, makes: Sequence[Make]) -> bool:
    """Whether one place may be by hand on a page, with *makes* of all its places, that is not."""
    if one.straying is None:
        return len(makes) < TELLING
    return one.straying.own >= (_STRAYS_OTHERWISE if _of_another_make(one, makes) else _STRAYS)


def _of_another_make(one: Make, makes: Sequence[Make]) -> bool:
    """Whether the letters are higher, lower, thicker or thinner than the page's, or have none beside them."""
    if len(makes) < TELLING:
        return True
    usual = (
        float(np.median([other.high for other in makes])),
        float(np.median([other.stroke for other in makes])),
    )
    ratios = (one.high / max(usual[0], 0.1), one.stroke / max(usual[1], 0.1))
    return any(ratio > _OTHER or ratio < 1 / _OTHER for ratio in ratios)
