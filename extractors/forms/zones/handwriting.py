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
_FEET = 4
"""Letters from which feet tell whether they stand level."""
_RULED, _FEW = 0.45, 3
"""Share of so many places on level feet below which a page may be by hand: of 57 pages by hand 55 have less,
of 105 of print, photographed, faxed and worn, one."""
TELLING = 4
"""Places that a page must have for its agreement to tell anything."""


class Straying(NamedTuple):
    """How far letters stray from lines at feet and heads, in heights: over a page, and in one place alone.

    `level` says whether their feet stand level, None of too few letters.
    """

    page: float
    own: float
    level: bool | None


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
    return Straying(low + top, low + (top if heady else 0.0), level if len(letters) >= _FEET else None)


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


def unruled(makes: Sequence[Make], agreed: Sequence[bool]) -> bool:
    """Whether hardly a place of a page stands as level as print does: it may be by hand, however clear.

    A typewriter's few letters may stand so too; where they are few the readers must differ in one place.
    """
    each = (one.straying.level for one in makes if one.straying is not None)
    told = [level for level in each if level is not None]
    enough = len(told) > _FEW or (len(told) == _FEW and not all(agreed))
    return enough and sum(told) < _RULED * len(told)


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
