"""The words of a page in an unknown layout: one pass of the engine, then a look at what it overlooked.

The engine scales every line to one height, so a picture larger than its letters need costs time and
gains nothing: on certificates 200 dpi read as many dates as 300 in two thirds of the time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import cv2
import numpy as np

from extractors.reading import kept
from extractors.reading.ink import leaders, leftover, ruling
from extractors.reading.ink.leftover import Place
from extractors.reading.ink.ruling import Mask
from extractors.reading.paper import shading
from extractors.reading.patches import patches
from extractors.reading.raster import Grey, Pixels
from extractors.reading.words.engine import Ask, Seen, engine

ENOUGH = 200 / 72
"""Pixels per point at which ordinary print is read."""
_LEAST = 11.0
"""Pixels that an "x" should be high: 8 points of print at 200 dpi."""
_LOOKS = 30
"""Places looked at again: a column of three stays; where more was overlooked, a person looks anyway."""
_CLEAR = 0.5
"""Certainty, 0 to 1, from which a word found at the second look counts."""
_PAD = 6
"""Pixels of paper around a place that is looked at again."""
_DARK = 140
"""Grey below which a pixel is ink."""
_MOSTLY = 0.3
"""Share of the ink that must be black for print to be read without what is coloured."""


def black(lit: Grey, dye: Grey | None) -> Grey | None:
    """Return the page without its coloured ink; None where it has none, or is written in colour itself."""
    if dye is None:
        return None
    print_: Grey = np.asarray(cv2.add(lit, dye), dtype=np.uint8)
    whole, left = (float(np.mean(one[::3, ::3] < _DARK)) for one in (lit, print_))
    return print_ if left >= _MOSTLY * whole else None


def seen(lit: Grey, scale: float, seconds: float, black: Grey | None = None) -> list[Seen] | None:
    """Return the words of an evenly lit, level page, in its own pixels; *scale* is pixels per point.

    *black* is the page without its coloured ink, of a page that has some: print is read from it, and what
    stands in colour only, beside print, at the second look. None where the engine fails or takes more than
    *seconds*.

    Raises:
        Missing: The OCR program or its data are not installed.
    """
    until = time.monotonic() + seconds
    small, part = _fitting(lit if black is None else black, scale)
    small = shading.flat(small, scale * part)
    dark, drawn = inked(small, scale * part)
    found = engine().words(ruling.without(small, drawn), round(scale * part * 72), Ask(), seconds)
    if not found:
        return found
    places = map(place, found)
    if black is not None:
        dark, drawn = inked(shading.flat(_shrunk(lit, part), scale * part), scale * part)
    rest = leftover.left(np.asarray(cv2.subtract(dark, drawn), np.uint8), places, height(found))
    free = [one for one in rest.writing if not any(_meets(one, place(other)) for other in found)]
    wanted = [_larger(one, part) for one in free]
    return [*(_larger_word(one, part) for one in found), *_again(lit, scale, wanted, until)]


def inked(flat: Grey, scale: float) -> tuple[Mask, Mask]:
    """Return the ink of a page on white ground, and that part of it which is ruling, leaders or dirt.

    It is remembered: a page is drawn anew when it is judged, to the same pixels as when it was read.
    """
    return _inked(Pixels(flat), scale)


@kept.remembered(2)
def _inked(flat: Pixels, scale: float) -> tuple[Mask, Mask]:
    """Return the ink, and what is drawn of it; see `inked`."""
    dark = ruling.ink(flat.plane)
    ruled = ruling.lines(dark, scale)
    rest = np.asarray(cv2.subtract(dark, ruled), dtype=np.uint8)
    specks = ruling.specks(rest, scale)
    dots = leaders.leaders(np.asarray(cv2.subtract(rest, specks), dtype=np.uint8), scale)
    return dark, np.asarray(ruled | specks | dots, dtype=np.uint8)


def _meets(one: Place, other: Place) -> bool:
    """Whether two places overlap: a stamp lies over print that was read."""
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def height(found: Sequence[Seen]) -> float:
    """Return the usual height of words in pixels."""
    return float(np.median([one.height for one in found])) if found else 1.0


def place(one: Seen) -> Place:
    """Return where a word stands."""
    return Place(one.left, one.top, one.left + one.width, one.top + one.height)


def reduced(lit: Grey, scale: float) -> tuple[Grey, float]:
    """Return the page at the size at which ordinary print is read, and its pixels per point."""
    part = min(ENOUGH / scale, 1.0)
    return _shrunk(lit, part), scale * part


def _fitting(lit: Grey, scale: float) -> tuple[Grey, float]:
    """Return the page no larger than its letters need, and the share of its size that this is."""
    part = min(ENOUGH / scale, 1.0)
    small = _shrunk(lit, part)
    low = _x_height(small)
    if part < 1.0 and 0 < low < _LEAST:
        part = min(part * _LEAST / low, 1.0)
        small = _shrunk(lit, part)
    return small, part


def _shrunk(lit: Grey, part: float) -> Grey:
    """Return the page at a share of its size."""
    return lit if part == 1.0 else _smaller(Pixels(lit), part)


@kept.remembered(3)
def _smaller(page: Pixels, part: float) -> Grey:
    """Return the page at less than its size; it is remembered as `inked` is."""
    lit = page.plane
    size = (max(round(lit.shape[1] * part), 1), max(round(lit.shape[0] * part), 1))
    return np.asarray(cv2.resize(lit, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _x_height(small: Grey) -> float:
    """Return the usual height in pixels of the page's letters; 0 where there are few."""
    stats = patches(ruling.ink(small)).stats
    tall = stats[1:, 3]
    letters = tall[(tall >= 5) & (tall <= 60) & (stats[1:, 2] <= 90)]
    return float(np.median(letters)) if len(letters) >= 50 else 0.0


def _again(lit: Grey, scale: float, places: Sequence[Place], until: float) -> list[Seen]:
    """Return the words that a look at each of *places* alone finds."""
    found: list[Seen] = []
    for one in places[:_LOOKS]:
        x, y = max(one.x0 - _PAD, 0), max(one.y0 - _PAD, 0)
        cut = lit[y : one.y1 + _PAD, x : one.x1 + _PAD]
        seconds = until - time.monotonic()
        told = engine().words(cut, round(scale * 72), Ask("line"), seconds) if seconds > 0 else None
        found += [
            word._replace(left=word.left + x, top=word.top + y) for word in told or () if word.sure >= _CLEAR
        ]
    return found


def _larger(one: Place, part: float) -> Place:
    """Return a place of the smaller picture on the page."""
    return Place(*(round(side / part) for side in one))


def _larger_word(one: Seen, part: float) -> Seen:
    """Return a word of the smaller picture on the page."""
    return one._replace(
        left=round(one.left / part), top=round(one.top / part),
        width=round(one.width / part), height=round(one.height / part),
    )  # fmt: skip
