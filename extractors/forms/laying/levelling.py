"""From corners to the plane of the sheet: homography by the printed words, followed down the page.

The corners that agree may all lie in one part of a sheet, a header or one of three equal boxes; what they say
of its other end can be off by centimetres. So words are sought anew from each better plane, until no more
agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.laying.bending import Lie, Match, Places, bent, flat, mapped, sought
from extractors.forms.laying.blanks import SCALE, Blank, Look, soft
from extractors.forms.laying.finding import Matrix, fineness, plausible
from extractors.forms.laying.rectifying import drawn
from extractors.lines import Word
from extractors.reading.raster import Grey

SEEN = 0.4
"""Likeness, -1 to 1, from which a word tells a place: by chance, 0.35 is reached."""
_REACH = 7.0
"""Points around its place in which a word is sought."""
_ANCHORS = 70
"""Words that are sought, spread over the sheet: each costs 0.1 ms of CPU."""
_FEWEST = 12
"""Words from which a plane is believed: four tell one, the rest bear witness."""
_OFF, _BENT = 1.5, 5.0
"""Points that words may stand off the plane that they tell, and off it where the paper is bent."""
_ENOUGH, _MORE = 0.75, 1.1
"""Share of the words that must agree to end, and how many times as many make it worth another round."""
_ROUNDS = 5
"""Planes tried at most, each from the one before."""


class _Told(NamedTuple):
    """Words that were found, where they stand on the blank and where on the picture."""

    matches: Sequence[Match]
    there: Places
    here: Places


def levelled(grey: Grey, blank: Blank, matrix: Matrix, empty: Look) -> Lie | None:
    """Return the plane on which most words of *blank* agree, and its bend; None where too few are there.

    *matrix* is how corners say it lies.
    """
    anchors = _spread(blank.words)
    agreed = 0
    lie = None
    for _ in range(_ROUNDS):
        told = _told(grey, blank, matrix, empty, anchors)
        better = _plane(told, _OFF * fineness(matrix, blank.sheet)) if len(told.matches) >= _FEWEST else None
        if better is None or not plausible(better, blank.sheet, grey.size):
            return lie
        matrix, before = better, agreed
        lie, agreed = _bent(told, blank, matrix)
        if agreed >= _ENOUGH * len(anchors) or agreed < _MORE * before:
            break
    return lie if agreed >= _FEWEST else None


def _spread(words: Sequence[Word]) -> Sequence[Word]:
    """Return so many words, the longest of every few in reading order."""
    few = max(len(words) // _ANCHORS, 1)
    return [max(words[at : at + few], key=lambda word: word.box.width) for at in range(0, len(words), few)]


def _told(grey: Grey, blank: Blank, matrix: Matrix, empty: Look, anchors: Sequence[Word]) -> _Told:
    """Seek the words where *matrix* says they stand."""
    laid = drawn(grey, Lie(matrix=matrix, bend=flat(blank.sheet)), blank.sheet, SCALE)
    found = [one for one in sought(empty.soft, soft(laid), anchors, _REACH) if one.alike >= SEEN]
    there = np.array([one.word.box.middle for one in found]).reshape(-1, 2)
    off = np.array([one.off for one in found]).reshape(-1, 2)
    return _Told(found, there, mapped(matrix, there + off))


def _plane(told: _Told, off: float) -> Matrix | None:
    """Return the homography on which most words agree within *off* pixels."""
    cv2.setRNGSeed(1)
    found = cv2.findHomography(told.there, told.here, cv2.USAC_MAGSAC, off, maxIters=2000, confidence=0.999)
    return np.asarray(found[0], np.float64) if np.size(found[0]) == 9 and found[0] is not None else None


def _bent(told: _Told, blank: Blank, matrix: Matrix) -> tuple[Lie, int]:
    """Return the plane bent as the words near it say, and how many these are."""
    plane = Lie(matrix=matrix, bend=flat(blank.sheet))
    off = plane.back(told.here) - told.there
    near = np.flatnonzero(np.hypot(*off.T) < _BENT)
    moved = [told.matches[int(at)]._replace(off=(float(off[at, 0]), float(off[at, 1]))) for at in near]
    return (Lie(matrix=matrix, bend=bent(moved, plane.bend)) if moved else plane), len(moved)
