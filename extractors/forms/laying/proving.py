"""The gate: whether a sheet laid on a picture is that sheet, and which of its places can be seen.

Measured on filled forms of all editions, scanned, faxed and photographed (two kinds of damage), against
every other edition: 95 right pairs, 83 wrong ones that many corners spoke for. What settles it is not how
many words are found (a pale fax of the right sheet had 0.58 of them, a good scan of its other language 0.77),
but how many words stand against it: print in the place of a word that is not that word. For each word found
there were at most 0.07 on 93 of the right ones, and 0.23 or more on all wrong ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.laying.bending import Match, pixels
from extractors.forms.laying.blanks import SCALE, Blank, Look
from extractors.forms.laying.sighting import Sight, frames
from extractors.forms.template import Zone

LEAST = 24
"""Words of the blank that must be found at all: a header shared by many forms has 20."""
MARGIN = 0.08
"""Share of the words by which a sheet must be ahead of any other."""
_SHARE = 0.4
"""Share of the blank's words that must be found: half of a sheet may be hidden or too pale."""
_AGAINST = 0.12
"""Words that may stand against the sheet, for each that is found: strokes and seals run over some."""
_SPREAD = 0.5
"""Part of the height and width of the print over which words must be found."""
_LIKE, _SHARP, _LOWEST = 0.8, 0.75, 0.3
"""A word is found if it is at least so much as like its print as the best quarter of the page is."""
_OTHER = 0.9
"""Share of the ink in a word's place that lies on the word; with less it is another word. Ink that a pale
print has left lies on it with 0.97; of other words in the same face, 0.6 to 0.88 does."""
_BESIDE = np.ones((3, 3), np.uint8)
"""Ink lies on a word if it lies a pixel beside it."""
_INKED = 0.15
"""Ink in a word's place, of what the word has, from which there is something else and not just dust."""

UNSEEN, PARTLY = 0.5, 0.85
"""Certainty at most of what stands, or does not stand, in a place that is hidden, or not whole."""
_HIDDEN, _WHOLE = 0.5, 0.8
"""Part of a frame, of what is usual on the page, or of a label's words, below which they are hidden, and from
which a frame is whole."""
_NEAREST = 5
"""Words that stand for the label of a place without one."""


class Proof(NamedTuple):
    """`share` of the blank's words found; `seen` is how sure the place of each zone is.

    Of the zones `named` the label is there, be it worn, and of those `framed` the frame is whole.
    """

    share: float
    seen: Mapping[int, float]
    named: frozenset[int] = frozenset()
    framed: frozenset[int] = frozenset()


def proof(blank: Blank, look: Look, sight: Sight, matches: Sequence[Match]) -> Proof | None:
    """Return what proves that *blank* lies on what is seen; None where that is not proved."""
    found = _found(matches)
    places = np.array([match.word.box.middle for match in matches])
    share = float(found.sum()) / len(blank.words)
    against = np.array(
        [not is_ and _another(look, sight, match) for is_, match in zip(found, matches, strict=True)]
    )
    if found.sum() < LEAST or share < _SHARE or against.sum() > _AGAINST * found.sum():
        return None
    if (np.ptp(places[found], axis=0) < _SPREAD * np.ptp(places, axis=0)).any():
        return None
    return _proof(
        blank, matches, found, _worn(look, sight, matches), _by_page(frames(blank.sheet, look, sight))
    )


def _proof(
    blank: Blank,
    matches: Sequence[Match],
    found: npt.NDArray[np.bool_],
    worn: npt.NDArray[np.bool_],
    frames: Sequence[float | None],
) -> Proof:
    """Return what is seen of each place, by the *frames* and by the words *found*, and those *worn* too."""
    words, left = _labels(blank, matches, found), _labels(blank, matches, found | worn)
    seen = [_sure(frame, word) for frame, word in zip(frames, words, strict=True)]
    whole = [word if frame is None else frame for frame, word in zip(frames, left, strict=True)]
    return Proof(
        share=float(found.sum()) / len(blank.words),
        seen=dict(enumerate(seen)),
        named=frozenset(at for at, word in enumerate(left) if word >= _HIDDEN),
        framed=frozenset(at for at, share in enumerate(whole) if share >= _WHOLE),
    )


def _found(matches: Sequence[Match]) -> npt.NDArray[np.bool_]:
    """Return which words are as like their print as the page is sharp."""
    alike = np.array([match.alike for match in matches])
    return np.asarray(alike >= max(_LIKE * float(np.quantile(alike, _SHARP)), _LOWEST), dtype=np.bool_)


def _another(look: Look, seen: Sight, match: Match) -> bool:
    """Whether there is print in the place of a word that is not that word."""
    there, on_it = _inked(look, seen, match)
    return there > _INKED and on_it < _OTHER * there


def _worn(look: Look, seen: Sight, matches: Sequence[Match]) -> npt.NDArray[np.bool_]:
    """Whether what is left in the place of each word are strokes of that word, and nothing else."""
    left = (_inked(look, seen, match) for match in matches)
    return np.array([there > _INKED and on_it >= _OTHER * there for there, on_it in left], dtype=np.bool_)


def _inked(look: Look, seen: Sight, match: Match) -> tuple[float, float]:
    """Return the ink in the place of a word, and what of it lies on the word, by what the word has."""
    x0, y0, x1, y1 = pixels(match.word.box)
    dx, dy = (round(off * SCALE) for off in match.off)
    ink = seen.ink[max(y0 + dy, 0) : y1 + dy, max(x0 + dx, 0) : x1 + dx]
    rows, columns = ink.shape
    near = np.asarray(cv2.dilate(look.ink[y0 - 1 : y1 + 1, x0 - 1 : x1 + 1], _BESIDE), np.uint8)[1:-1, 1:-1]
    on_it = int((ink & near[:rows, :columns]).sum())
    own = max(int(look.ink[y0:y1, x0:x1].sum()), 1)
    return int(ink.sum()) / own, on_it / own


def _by_page(framed: Sequence[float | None]) -> list[float | None]:
    """Return the share of each zone's frame that is seen, by what is usual on the page.

    A fax loses hairlines everywhere.
    """
    usual = float(np.median([frame for frame in framed if frame is not None] or [1.0]))
    return [None if frame is None else frame / max(usual, _HIDDEN) for frame in framed]


def _labels(blank: Blank, matches: Sequence[Match], found: npt.NDArray[np.bool_]) -> list[float]:
    """Return for each zone the share *found* of the words that label it or stand nearest."""
    places = np.array([match.word.box.middle for match in matches])
    return [_labelled(blank, zone, matches, found, places) for zone in blank.sheet.zones]


def _labelled(
    blank: Blank,
    zone: Zone,
    matches: Sequence[Match],
    found: npt.NDArray[np.bool_],
    places: npt.NDArray[np.float64],
) -> float:
    """Return the share found of the words that label *zone*, else of those that stand nearest."""
    own = {blank.sheet.words[at] for at in zone.label}
    label = [bool(is_) for match, is_ in zip(matches, found, strict=True) if match.word in own]
    if label:
        return sum(label) / len(label)
    near = np.argsort(np.hypot(*(places - np.array(zone.box.middle)).T))[:_NEAREST]
    return float(found[near].mean())


def _sure(frame: float | None, words: float) -> float:
    """Return how sure a place is of which such shares of its frame and its words are seen."""
    frame = words if frame is None else frame
    if frame < _HIDDEN or (frame < _WHOLE and words < _HIDDEN):
        return UNSEEN
    return 1.0 if frame >= _WHOLE and words >= _HIDDEN else PARTLY
