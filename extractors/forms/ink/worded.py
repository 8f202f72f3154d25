"""Words beside the strokes in a signature's box: a stamp's, or those of somebody who signs for another.

A facsimile is stamped with the name and the office of whose it is below, and whoever signs by order writes
P.O. or P.A. first. Neither is the signature of the person whose box it is, or may not be. What a person
writes large is the signature itself: only letters as small as print, clear of its strokes, are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import cv2
import numpy as np

from extractors.forms.ink.strokes import Dark, bounds, grown, without_specks
from extractors.reading.patches import patches
from extractors.reading.raster import Grey
from extractors.reading.words.recogniser import tell

_LARGE, _CLEAR = 14.0, 3.0
"""Points from which a piece of ink is a stroke, no letter of print; of white between both."""
_GAP = (9.0, 1.0)
"""Points of white within which letters are one line: beside one another, and dots and accents above."""
_LINE = (6.0, 4.0, 14.0)
"""Points of breadth and of height that a line of letters has at least, and of height at most."""
_FOR_ANOTHER = re.compile(r"p\W*[oa0pd]\W*|no\W*|\W*\?+\W*", re.IGNORECASE)
"""By order, by absence, by power, by delegation, as one writes them before a name; and what says no."""
_WORD = 5
"""Letters from which small pieces are words, however surely they are read: a worn stamp's hardly are."""


def worded(grey: Grey, ink: Dark, scale: float) -> bool:
    """Return whether words stand by the strokes of *ink*, or what says for whom; *scale* is pixels per point.

    Raises:
        Missing: The recogniser or its model is not installed.
    """
    return any(_says(told.text) for told in tell(list(_small(grey, ink, scale))))


def _says(text: str) -> bool:
    """Whether *text* is a word, or says that somebody signs for another."""
    return sum(map(str.isalpha, text)) >= _WORD or _FOR_ANOTHER.fullmatch(text.strip()) is not None


def _small(grey: Grey, ink: Dark, scale: float) -> Iterator[Grey]:
    """Yield the lines of small letters that stand clear of the strokes of *ink*, on white."""
    letters = _letters(ink, scale)
    across, down = (2 * round(points * scale / 2) + 1 for points in _GAP)
    joined = cv2.dilate(letters.view(np.uint8), np.ones((down, across), np.uint8))
    count, labels, *_ = patches(joined)
    for at in range(1, count):
        line = letters & (labels == at)
        rows, columns = bounds(line)
        wide, high = (columns.stop - columns.start) / scale, (rows.stop - rows.start) / scale
        if wide >= _LINE[0] and _LINE[1] <= high <= _LINE[2]:
            yield np.where(grown(line, 1), grey, 255)[rows, columns].astype(np.uint8)


def _letters(ink: Dark, scale: float) -> Dark:
    """Return what of *ink* is no large stroke, and not close to one."""
    large = without_specks(ink, _LARGE * scale)
    _, labels, *_ = patches(ink)
    close = np.unique(labels[grown(large, _CLEAR * scale)])
    return np.asarray(ink & ~np.isin(labels, close), dtype=np.bool_)
