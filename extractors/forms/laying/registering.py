"""A picture laid on the blank it is a scan of, and proved to lie there; None for every other paper.

A sheet that is laid wrongly and believed would find all its places empty, with certainty. So corners that
agree are never enough: the words that the blank prints must be there, letter by letter, nearly all of
them wherever the sheet can be seen; see `proving`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from extractors.forms.laying import finding, proving
from extractors.forms.laying.bending import Lie, bent, sought
from extractors.forms.laying.blanks import SCALE, Blank, look, soft
from extractors.forms.laying.finding import Rough
from extractors.forms.laying.levelling import SEEN, levelled
from extractors.forms.laying.rectifying import drawn
from extractors.forms.laying.sighting import sight
from extractors.reading.raster import Grey, Raster

_REACH = 2.5
"""Points that a word may stand off the plane and the bend that a few words told."""
_BENDS, _STILL = 3, 0.4
"""How often a bend is followed, at most, and the points of change that are not worth drawing anew."""
_NARROWEST = 64
"""Pixels of a picture's shorter side below which no corner of print can be told."""
_CLEAR = 0.9
"""Share of a sheet's words from which another sheet need not be tried, unless it has most of them too."""
_RIVAL = 0.75
"""Share of its words from which a sheet has most of another's: two languages of one form share 0.6."""
_SAME_PLACE = 3.0
"""Points within which a word stands where it does on another sheet."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registered:
    """A known sheet found on a picture: how it lies, the share of its words found, and each zone's own.

    `seen` gives by the number of the zone how sure it is, 0 to 1, that its place is as on the blank;
    `named` and `framed` are those of `Proof`.
    """

    blank: Blank
    lie: Lie
    share: float
    seen: Mapping[int, float]
    named: frozenset[int] = frozenset()
    framed: frozenset[int] = frozenset()


def registered(picture: Raster) -> Registered | None:
    """Return the known sheet that *picture* shows, turned or bent as it may be; None without proof."""
    if min(picture.grey.shape) < _NARROWEST:
        return None
    best: Registered | None = None
    looks = [picture.grey] if picture.dye is None else [_undyed(picture.grey, picture.dye), picture.grey]
    seen = finding.sought(picture.grey)
    for blank in finding.likely(seen):
        if best is not None and best.share > _CLEAR and not rivals(best.blank, blank):
            continue
        one = _found(blank, seen, looks, curled=best is None)
        if one is not None and best is not None and abs(one.share - best.share) < proving.MARGIN:
            return None
        best = one if one is not None and (best is None or one.share > best.share) else best
    return best


def _found(blank: Blank, seen: finding.Sought, looks: Sequence[Grey], *, curled: bool) -> Registered | None:
    """Return *blank* laid with proof on one of the *looks* of a picture; asked to, also as a *curled* one."""
    for loosely in (False, True) if curled else (False,):
        guess = finding.rough(blank, seen, curled=loosely)
        if guess is None:
            return None
        one = next((one for grey in looks if (one := _proved(grey, guess))), None)
        if one is not None:
            return one
    return None


def _undyed(grey: Grey, dye: Grey) -> Grey:
    """Return the picture without coloured ink: a seal over the print says nothing against it."""
    return np.asarray(cv2.add(grey, dye), np.uint8)


@cache
def rivals(one: Blank, other: Blank) -> bool:
    """Whether so many words of *other* stand on *one* too that a scan may fit both."""
    there = {
        (word.text, round(word.box.x0 / _SAME_PLACE), round(word.box.y0 / _SAME_PLACE)) for word in one.words
    }
    here = [(w.text, round(w.box.x0 / _SAME_PLACE), round(w.box.y0 / _SAME_PLACE)) for w in other.words]
    return sum(word in there for word in here) > _RIVAL * len(here)


def _proved(grey: Grey, guess: Rough) -> Registered | None:
    """Return a sheet laid exactly, if it is proved to lie there."""
    blank = guess.blank
    empty = look(blank.sheet.edition, blank.sheet.number)
    lie = levelled(grey, blank, guess.matrix, empty)
    if lie is None:
        return None
    for _ in range(_BENDS):
        laid = drawn(grey, lie, blank.sheet, SCALE)
        matches = sought(empty.soft, soft(laid), blank.words, _REACH)
        told = [match for match in matches if match.alike >= SEEN]
        if len(told) < proving.LEAST:
            return None
        before, lie = lie, Lie(matrix=lie.matrix, bend=bent(told, lie.bend))
        if np.abs(lie.bend - before.bend).max() < _STILL:
            break
    proof = proving.proof(blank, empty, sight(laid, empty), matches)
    return proof and Registered(blank=blank, lie=lie, **proof._asdict())
