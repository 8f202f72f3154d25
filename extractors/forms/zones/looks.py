"""One look at the lines in a place: by the engine or the recogniser, at letters as they are or otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.zones.manner import Manner
from extractors.reading.raster import Grey
from extractors.reading.words.engine import Ask, Model, engine
from extractors.reading.words.models import SECOND, Make
from extractors.reading.words.recogniser import tell

_DPI = 300
"""Pixels an inch that letters of the height to which lines are brought seem to have."""
_SECONDS = 2.0
"""Wall time for one line, which takes some 4 ms."""
_HELD = frozenset({"code", "number", "date", "amount"})
"""Sorts that the engine is held to the signs of; held to letters it loses the blanks between names."""
_STRAY = re.compile(r"^[^\w(/+]+|[^\w)./ªº€]+$|(?<=\s)[^\w€]$")
_DOTS = re.compile(r"\.{2,}$")
"""A point and dust beside it."""
_MARY = re.compile(r"(?<!\w)(M\.?)[23?*](?!\w)")
"""María cut short, `Mª`, its raised sign seen as a figure or a mark, of which a name has none."""
_AFTER_NAMES = re.compile(r"(?<=[^\W\d_]{6})[.'’-]$")
"""What stands after six letters: no name of so many is an abbreviation."""
_AFTER_FIGURES = re.compile(r"(?<=\d)[.:;,]$|(?<=^[^\W\d_])\.$")
"""What stands after a figure, or after a letter alone: the point is dust, or means nothing."""
_BLUR = 0.9
"""Pixels by which letters are softened."""
_DARK = 160
"""Grey below which a pixel is ink."""
_WORDS_APART, _WIDER = 7, 2.5
"""White columns between words at least, a quarter of the height of letters; and how much wider than usual:
so are 157 of 172 that part two names, and 6 of 217 within one."""
_HOLE = 0.7
"""White between two figures of one number, in that of their height, in which one may have stood: a 1 of a
typewriter, beside another, leaves half of it."""
_BETWEEN = 20
"""White pixels between what is set side by side: two thirds of the height of its letters."""
_SMALLER = 0.8
"""Size at which the engine sees other shapes, its letters still 24 rows high."""


class Said(NamedTuple):
    """What one of the two saw, and its own certainty, 0 to 1."""

    text: str
    sure: float


def by_engine(lines: Sequence[Grey], how: Manner, model: Model | None = None) -> Said:
    """Return what the engine sees: the words of all lines, and the certainty of the worst."""
    seen = _words(lines, how, model or how.model)
    return seen._replace(text=_bared(seen.text, how))


def _words(lines: Sequence[Grey], how: Manner, model: Model) -> Said:
    """Return all that the engine sees, and the certainty of the worst word."""
    ask = Ask("line", how.signs if how.sort in _HELD else "", model)
    words = [word for line in lines for word in engine().words(line, _DPI, ask, _SECONDS) or []]
    return Said(" ".join(word.text for word in words), min((word.sure for word in words), default=0.0))


def by_recogniser(lines: Sequence[Grey], how: Manner, *, letters: bool = False, make: Make = SECOND) -> Said:
    """Return what the recogniser sees, or its *letters* alone; in a number blanks mean nothing."""
    whole = bool(how.signs) and how.sort in _HELD
    told = [one for one in tell(lines, how.signs, parted=not whole, letters=letters, make=make) if one.text]
    text = _bared(" ".join(one.text for one in told), how)
    return Said(text, min((one.sure for one in told), default=0.0))


def thrice(line: Grey, how: Manner, model: Model) -> Said:
    """Return what the engine sees of one line that is set three times on one; nothing if not three times."""
    columns = np.flatnonzero((line < _DARK).any(axis=0))
    if not columns.size:
        return Said("", 0.0)
    ink = np.pad(line[:, columns[0] : columns[-1] + 1], ((0, 0), (_BETWEEN, 0)), constant_values=255)
    seen = _words([np.pad(np.hstack([ink] * 3), ((0, 0), (0, _BETWEEN)), constant_values=255)], how, model)
    told = re.sub(r"\s", "", seen.text).replace("°", "º")
    third, rest = divmod(len(told), 3)
    one = told[:third]
    return Said(one, seen.sure) if not rest and told.casefold() == one.casefold() * 3 else Said("", 0.0)


def apart(lines: Sequence[Grey], text: str) -> bool:
    """Whether white as wide as between words stands in *text*, one line read as one word."""
    if len(lines) != 1 or " " in text:
        return False
    columns = np.flatnonzero((lines[0] < _DARK).any(axis=0))
    gaps = np.diff(columns) - 1
    gaps = gaps[gaps > 0]
    return gaps.size > 1 and gaps.max() >= max(_WORDS_APART, _WIDER * float(np.median(gaps)))


def hollow(lines: Sequence[Grey], text: str) -> bool:
    """Whether white as wide as a figure stands within *text*, a number on one line: a figure may be lost."""
    if len(lines) != 1 or not re.sub(r"\s", "", text).isdigit():
        return False
    ink = lines[0] < _DARK
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    return columns.size > 1 and bool((np.diff(columns) - 1).max() >= _HOLE * (rows[-1] + 1 - rows[0]))


def softer(lines: Sequence[Grey]) -> list[Grey]:
    """Return *lines* with broken strokes run together and noise spread."""
    return [_softened(line) for line in lines]


def smaller(lines: Sequence[Grey]) -> list[Grey]:
    """Return *lines* at a smaller size."""
    return [
        np.asarray(cv2.resize(line, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA), np.uint8)
        for line in lines
    ]


def _softened(line: Grey) -> Grey:
    """Return *line* with broken strokes run together and noise spread."""
    soft = cv2.GaussianBlur(line, (0, 0), _BLUR)
    return np.asarray(np.minimum(soft, cv2.erode(soft, np.ones((2, 2), np.uint8))), dtype=np.uint8)


def _bared(text: str, how: Manner) -> str:
    """Return *text* without what stands at its ends and in no value: bits of frames, seals and dust."""
    named = how.sort == "name"
    whole = _MARY.sub(r"\1ª", text) if named else text
    bared = _DOTS.sub(".", _AFTER_FIGURES.sub("", _STRAY.sub("", whole)).strip())
    return _AFTER_NAMES.sub("", bared) if named else bared
