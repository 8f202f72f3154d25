"""Whether a page was filled in on a machine whose letters are all of one breadth: a typewriter, a console.

Such letters follow each other at one distance over the whole page, and no hand keeps a distance: its letters
come a fifth closer or wider, so that after three of them nothing is left of any beat. So a page whose places
share one beat was typed, however far a worn ribbon or a fax has broken its letters from their line.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forms.zones.cleaning import Written
from extractors.reading.patches import patches

_STEP = 4.0
"""Columns a point to which the ink is brought: a gap between letters is two to four of them."""
_LENGTH = 4096
"""Columns of one transform: places are 900 at most, and beats are told to a two hundredth."""
_FROM, _TO = 4.1, 8.6
"""Points from letter to letter: 17 an inch, as a console prints closely, to 8 an inch."""
_LETTERS, _PLACES = 4, 2
"""Letters in a place, and such places on a page, from which a beat can be told. Figures are of one breadth
in most faces, and in some hands."""
_SHARED, _BY_TWO = 2.5, 3.0
"""Strength of the page's strongest beat, by that of its middle one, from which it was typed, and where but
two places tell it: 2.9 to 9.7 on 90 typed pages by fax and worn, 1.8 at most on 55 pages of four hands; by
two places 3.4 to 5.8 on 6, and 2.3 at most on 7."""
_OWN = 2.6
"""The same for one place at the page's beat: 1 of 100 places by hand has as much at any one beat."""
_PIECES = 1.4
"""Pieces of ink, to those of whole letters, from which letters are broken: 1.3 at most where none is lost."""
_DOTTED = "ijº:;%"
"""Signs of two pieces; a percent sign has three, and stands in hardly any value."""

Strengths = npt.NDArray[np.float64]
_RATES = np.fft.rfftfreq(_LENGTH, 1 / _STEP)
_BAND = slice(int(np.searchsorted(_RATES, 1 / _TO)), int(np.searchsorted(_RATES, 1 / _FROM)))


def beat(places: Sequence[tuple[Written, str]], scale: float) -> int | None:
    """Return the beat that the letters of a page keep, None where they keep none.

    *places* are what is written in each place, none of them in cells that the blank draws, and its text.
    """
    told = [_strengths(found, scale) for found, text in places if _lettered(text) and not found.odd]
    if len(told) < _PLACES:
        return None
    whole = np.sum(told, axis=0)
    best = int(whole.argmax())
    least = _BY_TWO if len(told) == _PLACES else _SHARED
    return best if whole[best] >= least * np.median(whole) else None


def keeps(found: Written, at: int, scale: float) -> bool:
    """Whether the letters of one place keep the beat of their page."""
    own = _strengths(found, scale)
    return bool(own[at] >= _OWN * np.median(own))


def patchy(places: Sequence[tuple[Written, str]]) -> bool:
    """Whether letters lie in pieces: a ribbon strikes unevenly, so strokes and whole letters may be gone."""
    told = [(found, text) for found, text in places if not found.odd]
    pieces = sum(patches(found.ink.astype(np.uint8))[0] - 1 for found, _ in told)
    return pieces >= _PIECES * max(sum(map(_whole, (text for _, text in told))), 1)


def _whole(text: str) -> int:
    """Return of how many pieces *text* is where no letter is broken: its letters, their dots and accents."""
    return sum(2 if sign in _DOTTED else 1 for sign in normalize("NFD", text) if not sign.isspace())


def _lettered(text: str) -> bool:
    """Whether *text* has letters enough, and more of them than of other signs."""
    letters = sum(sign.isalpha() for sign in text)
    return letters >= _LETTERS and 2 * letters >= len(text.replace(" ", ""))


def _strengths(found: Written, scale: float) -> Strengths:
    """Return how strongly the columns with ink in one place keep each beat."""
    inked = np.asarray(found.ink.any(axis=0), dtype=np.float32)[None]
    size = (max(round(inked.size * _STEP / scale), 1), 1)
    columns = cv2.resize(inked, size, interpolation=cv2.INTER_AREA)[0, :_LENGTH]
    return np.asarray(np.abs(np.fft.rfft(columns - columns.mean(), _LENGTH))[_BAND], dtype=np.float64)
