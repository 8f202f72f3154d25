"""A last look of both readers where the first ones leave doubt: at ink drawn black, for its letters alone.

Whoever hesitates between V and v, Ó and Ò is sure of no sign, and yet may be sure of the letter; and pale,
uneven ink is drawn black, as that on which both were taught.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extractors.forms.zones.kinship import BETWEEN, QUOTES
from extractors.forms.zones.looks import by_engine, by_recogniser
from extractors.forms.zones.manner import Manner
from extractors.reading.raster import Grey
from extractors.reading.words.recogniser import letter

_DARKEST, _PALEST = 5, 200
"""Share, in a hundredth, of a line's pixels that are its ink for certain; grey from which none is."""
_PAPER = 235
"""Grey from which a pixel is paper."""


class Sure(NamedTuple):
    """How sure the engine, and the recogniser, is of the same letters."""

    first: float
    second: float


def in_letters(lines: Sequence[Grey], how: Manner, text: str) -> Sure | None:
    """Return how sure both are of the letters of *text* in black ink; None where either sees others."""
    black, wanted = [_inked(line) for line in lines], bare_letters(text, how)
    second = by_recogniser(black, how, letters=True)
    if bare_letters(second.text, how) != wanted:
        return None
    first = by_engine(black, how)
    return Sure(first.sure, second.sure) if bare_letters(first.text, how) == wanted else None


def _inked(line: Grey) -> Grey:
    """Return *line* with its ink black and its paper white."""
    ink = float(np.percentile(line, _DARKEST))
    if ink >= _PALEST:
        return line
    drawn = (line.astype(np.float32) - ink) * (255 / (_PAPER - ink))
    return np.asarray(np.clip(drawn, 0, 255), dtype=np.uint8)


def bare_letters(text: str, how: Manner) -> str:
    """Return the letters and signs of *text*, small, without accents or white that parts no words."""
    parted = BETWEEN.sub("_", text) if how.sort in {"name", "text"} else text
    whole = unicodedata.normalize("NFC", re.sub(r"\s", "", parted).translate(QUOTES))
    return "".join(map(letter, whole))
