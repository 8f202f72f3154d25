"""A picture laid on the blank it is a scan of, and proved to lie there; None for every other paper.

A sheet that is laid wrongly and believed would find all its places empty, with certainty. So corners that
agree are never enough: the words that the blank prints must be there, letter by letter, nearly all of
them wherever the sheet can be seen; see `proving`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.forms import proving
from extractors.forms.bending import Lie, Match, bent, flat, mapped, sought
from extractors.forms.blanks import SCALE, Blank
from extractors.forms.finding import Matrix, Rough, rough
from extractors.page import Word
from extractors.reading.raster import Grey, Raster

_FIRST_REACH, _SECOND_REACH = 7.0, 2.5
"""Points that a word may stand off: by corners alone, 6 at the end of a sheet; then what bends."""
_ANCHORS = 70
"""Words sought far around, spread over the sheet: each costs 0.1 ms of CPU."""
_SEEN = 0.4
"""Likeness, -1 to 1, from which a word tells a place: by chance, 0.35 is reached."""
_OFF = 1.5
"""Points that words may stand off the plane of the sheet."""
_FINE = 3.5
"""Pixels per point of a scan beyond which it is halved first: else fine print is drawn with gaps."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registered:
    """A known sheet found on a picture: how it lies, the share of its words found, and each zone's own.

    `seen` gives by the number of the zone how sure it is, 0 to 1, that its place is as on the blank.
    """

    blank: Blank
    lie: Lie
    share: float
    seen: Mapping[int, float]


def registered(picture: Raster) -> Registered | None:
    """Return the known sheet that *picture* shows, turned or bent as it may be; None without proof."""
    found = [one for guess in rough(picture.grey) if (one := _proved(picture.grey, guess)) is not None]
    found.sort(key=lambda one: -one.share)
    if len(found) > 1 and found[0].share - found[1].share < proving.MARGIN:
        return None
    return found[0] if found else None


def _proved(grey: Grey, guess: Rough) -> Registered | None:
    """Return a sheet laid exactly, if it is proved to lie there."""
    blank = guess.blank
    matrix = _levelled(grey, blank, guess.matrix)
    if matrix is None:
        return None
    laid = _drawn(grey, blank, matrix)
    lie = Lie(matrix=matrix, bend=flat(blank))
    matches = _all(blank, laid, lie)
    told = [match for match in matches if match.alike >= _SEEN]
    if len(told) < proving.LEAST:
        return None
    lie = Lie(matrix=matrix, bend=bent(told, lie.bend))
    proof = proving.proof(blank, laid, matches, lie)
    if proof is None:
        return None
    return Registered(blank=blank, lie=lie, share=proof.share, seen=proof.seen)


def _levelled(grey: Grey, blank: Blank, matrix: Matrix) -> Matrix | None:
    """Return the homography on which most words of the blank agree; None where too few are there."""
    words = _spread(blank.words)
    found = sought(blank, _drawn(grey, blank, matrix), words, _FIRST_REACH)
    told = [match for match in found if match.alike >= _SEEN]
    if len(told) < proving.LEAST // 2 or len(told) < len(found) / 4:
        return None
    there = np.array([match.word.box.middle for match in told])
    here = mapped(matrix, there + np.array([match.off for match in told]))
    pixels = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    cv2.setRNGSeed(1)
    better, _ = cv2.findHomography(
        there, here, cv2.USAC_MAGSAC, _OFF * pixels, maxIters=2000, confidence=0.999
    )
    return None if better is None else np.asarray(better, np.float64)


def _spread(words: Sequence[Word]) -> Sequence[Word]:
    """Return so many words, every n-th in reading order, the longest of each few."""
    few = max(len(words) // _ANCHORS, 1)
    return [max(words[at : at + few], key=lambda word: word.box.width) for at in range(0, len(words), few)]


def _all(blank: Blank, laid: Grey, lie: Lie) -> list[Match]:
    """Return every telling word of the blank, sought near its place."""
    del lie
    return sought(blank, laid, blank.words, _SECOND_REACH)


def _drawn(grey: Grey, blank: Blank, matrix: Matrix) -> Grey:
    """Return the picture drawn on the blank's own pixels; what it does not show is white."""
    back = np.diag([SCALE, SCALE, 1.0]) @ np.linalg.inv(matrix)
    if abs(np.linalg.det(matrix[:2, :2])) > _FINE**2:
        grey = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        back = back @ np.diag([2.0, 2.0, 1.0])
    size = (blank.grey.shape[1], blank.grey.shape[0])
    drawn = cv2.warpPerspective(
        grey, back, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(drawn, np.uint8)
