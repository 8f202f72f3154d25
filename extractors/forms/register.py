"""Laying a known sheet over a page: where each zone of the blank stands on this print of it.

Words that both carry are paired; the turn, scale and shift that most pairs agree on is refined to an
affine map. How many of the blank's words stand where they should is the gate: a sheet laid wrongly
would find every zone empty, and say so with certainty.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from extractors.forms.template import Sheet, Zone
from extractors.lines import Box, Word

_NEAR = 4.0
"""Points of the blank that a word may stand off its place."""
_SEEDS = 16
_VOTERS = 600
_REPEATED = 200
"""A word that the page repeats more often tells nothing of place."""
_FAR = 100.0
"""Points between two words that give a turn and a scale."""
_ALIKE = 78.0
"""Likeness, 0 to 100, above which a word read by OCR may be one of the blank's."""

Pairs = list[tuple[int, int]]
Points = npt.NDArray[np.complex128]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A sheet laid over a page: `share` of the blank's words found in place, and which page words they are.

    `found` gives for a word of the blank the word of the page; `matrix` maps blank to page points.
    """

    sheet: Sheet
    share: float
    matrix: npt.NDArray[np.float64]
    found: dict[int, int]
    page_words: Sequence[Word]

    @property
    def scale(self) -> float:
        """Page points per point of the blank."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def own(self) -> frozenset[int]:
        """The page's words that the blank prints."""
        return frozenset(self.found.values())

    def box(self, box: Box) -> Box:
        """Return where *box* of the blank stands on the page."""
        corners = np.array([[x, y, 1.0] for x in (box.x0, box.x1) for y in (box.y0, box.y1)]) @ self.matrix.T
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))

    def middle(self, at: int) -> tuple[float, float]:
        """Return the middle, on the page, of word *at* of the blank, which must have been found."""
        return self.page_words[self.found[at]].box.middle

    def supported(self, zone: Zone) -> bool:
        """Whether the zone's own label stands where the blank has it."""
        return bool(zone.label) and sum(at in self.found for at in zone.label) >= 0.6 * len(zone.label)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return the letters and figures of *text* without accents or case; º and ª become letters."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if letter.isalnum())


def place(words: Sequence[Word], sheet: Sheet, *, loose: bool) -> Placement | None:
    """Lay *sheet* over a page's *words*; None where fewer than six agree on how. *loose* is for OCR."""
    pairs = _pairs(sheet.words, words, loose=loose)
    if len(pairs) < 6:
        return None
    blank, seen = _points(sheet.words[i] for i, _ in pairs), _points(words[j] for _, j in pairs)
    turned = _agreed(blank, seen, pairs)
    if turned is None:
        return None
    near = np.abs(turned[0] * blank + turned[1] - seen) < 2 * _NEAR * abs(turned[0])
    matrix = _affine(blank[near], seen[near])
    for _ in range(2):
        off = np.abs(_mapped(matrix, blank) - seen)
        near = off < _NEAR * abs(turned[0])
        if near.sum() < 6:
            return None
        matrix = _affine(blank[near], seen[near])
    found = _one_each(pairs, np.abs(_mapped(matrix, blank) - seen), _NEAR * abs(turned[0]))
    if len(found) < 6:
        return None
    telling = sum(len(key(word.text)) > 1 for word in sheet.words)
    met = sum(len(key(sheet.words[i].text)) > 1 for i in found)
    return Placement(sheet=sheet, share=met / telling, matrix=matrix, found=found, page_words=words)


def _pairs(blank: Sequence[Word], seen: Sequence[Word], *, loose: bool) -> Pairs:
    """Return all pairs of a word of the blank and one of the page that read alike."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(seen):
        places[key(word.text)].append(j)
    for text in [text for text, found in places.items() if not text or len(found) > _REPEATED]:
        del places[text]
    alike = {text: [text] for text in {key(word.text) for word in blank} & set(places)}
    if loose:
        for text in {key(word.text) for word in blank if len(key(word.text)) > 3} - set(alike):
            close = process.extract(text, places.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
            alike[text] = [str(hit[0]) for hit in close]
    return [
        (i, j) for i, word in enumerate(blank) for text in alike.get(key(word.text), ()) for j in places[text]
    ]


def _points(words: Iterable[Word]) -> Points:
    """Return the middles of *words* as complex numbers."""
    return np.array([complex(*word.box.middle) for word in words])


def _agreed(blank: Points, seen: Points, pairs: Pairs) -> tuple[complex, complex] | None:
    """Return the turn-and-scale and the shift on which most pairs agree."""
    order, seeds = _seeds(pairs)
    voters = order[:_VOTERS]
    first, second = np.triu_indices(len(seeds), 1)
    first, second = seeds[first], seeds[second]
    apart = blank[first] - blank[second]
    usable = np.abs(apart) > _FAR
    first, second, apart = first[usable], second[usable], apart[usable]
    if not len(first):
        return None
    turn = (seen[first] - seen[second]) / apart
    upright = (np.abs(np.angle(turn)) < 0.15) & (np.abs(turn) > 0.2) & (np.abs(turn) < 5)
    turn, first = turn[upright], first[upright]
    if not len(first):
        return None
    shift = seen[first] - turn * blank[first]
    blank, seen = blank[voters], seen[voters]
    off = np.abs(turn[:, None] * blank[None, :] + shift[:, None] - seen[None, :])
    votes = (off < 2 * _NEAR * np.abs(turn)[:, None]).sum(axis=1)
    best = int(votes.argmax())
    return (complex(turn[best]), complex(shift[best])) if votes[best] >= 6 else None


def _seeds(pairs: Pairs) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the places of all pairs, those of rare words first, and a few of these spread over the sheet."""
    often_blank: dict[int, int] = defaultdict(int)
    often_seen: dict[int, int] = defaultdict(int)
    for i, j in pairs:
        often_blank[i] += 1
        often_seen[j] += 1
    doubt = np.array([often_blank[i] * often_seen[j] for i, j in pairs])
    order = np.argsort(doubt, kind="stable")
    sure = order[: max(_SEEDS, int((doubt == 1).sum()))]
    step = max(len(sure) // _SEEDS, 1)
    return order, sure[::step][: _SEEDS + 8]


def _affine(blank: Points, seen: Points) -> npt.NDArray[np.float64]:
    """Return the 2x3 matrix that maps blank points best to seen ones."""
    known = np.stack([blank.real, blank.imag, np.ones(len(blank))], axis=1)
    wanted = np.stack([seen.real, seen.imag], axis=1)
    return np.asarray(np.linalg.lstsq(known, wanted, rcond=None)[0].T, dtype=np.float64)


def _mapped(matrix: npt.NDArray[np.float64], points: Points) -> Points:
    """Return *points* moved by *matrix*."""
    moved = matrix @ np.stack([points.real, points.imag, np.ones(len(points))])
    return np.asarray(moved[0] + 1j * moved[1], dtype=np.complex128)


def _one_each(pairs: Pairs, off: npt.NDArray[np.float64], most: float) -> dict[int, int]:
    """Return for each word of the blank the nearest page word within *most*, each used once."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.argsort(off, kind="stable"):
        i, j = pairs[at]
        if off[at] > most:
            break
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found
