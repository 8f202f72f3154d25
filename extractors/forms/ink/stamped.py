"""What a rubber stamp on a scan says: its own ink alone, turned level, read line by line by two recognisers.

Coloured stamps are found wherever they stand, since clerks stamp where there is room; a grey one only where
the form asks for it. What only one recogniser says, or both say otherwise, is told apart from what both say.
The second one is asked only where the first saw something of what is sought.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.forms.ink.strokes import dark, grown, piece, without_specks
from extractors.forms.ink.tinted import coloured
from extractors.forms.laid import Laid
from extractors.forms.laying.blanks import picture as drawn
from extractors.lines import Box
from extractors.page import Picture
from extractors.reading.raster import Grey
from extractors.reading.words import recogniser
from extractors.reading.words.engine import Ask, Seen, engine

_BESIDE = 30.0
"""Points around the place for a stamp within which a clerk hits it."""
_STEEPEST = 20
"""Degrees by which a stamp is tilted at most to be read."""
_BLEED = 1.5
"""Points around the blank's own ink in which ink is its own."""
_LEAST = 0.004
"""Dark share of the place for a stamp from which something is in it."""
_SECONDS = 6.0
_LETTERED = 3
"""Letters and figures of a line that is read again: half of what is seen in signatures has fewer, and no day,
number or word of a registry has."""
_SHOWN = 1.4
"""By how much the dye is darkened: worn stamps print at half of their colour."""


class Line(NamedTuple):
    """One line of a stamp as each recogniser reads it, and the first one's certainty of its worst word."""

    first: str
    second: str
    sure: float


class Stamp(NamedTuple):
    """A stamp: where it stands on the page and what its lines say, top to bottom."""

    box: Box
    lines: tuple[Line, ...]


def stamps(
    picture: Picture, laid: Laid, place: Box | None, sought: Callable[[str], bool] = lambda _: True
) -> list[Stamp]:
    """Return the stamps of a page, read; in *place* the form asks for one, None where it asks for none.

    Outside *place* both recognisers read only a stamp on which the first one's line may be what is *sought*;
    of the others only what the first one saw is told.

    Raises:
        Missing: The OCR program, its data or the second recogniser are not installed.
    """
    patches = coloured(picture)
    found = [(box, _dye(picture, box)) for box in patches]
    if place is not None and not any(box.common(place) for box in patches):
        found += _grey(picture, laid, place)
    read = []
    for box, ink in found:
        asked = place is not None and box.common(place) > 0
        read.append(Stamp(box, _read(ink, picture.scale, (lambda _: True) if asked else sought)))
    return [stamp for stamp in read if stamp.lines]


def _dye(picture: Picture, box: Box) -> Grey:
    """Return the coloured ink inside *box* alone, dark on white."""
    assert picture.dye is not None, "a coloured patch was found in it"
    cut = piece(picture, box)
    top, left = round(cut.y * cut.scale), round(cut.x * cut.scale)
    dye = picture.dye[top : top + cut.grey.shape[0], left : left + cut.grey.shape[1]]
    return np.asarray(255 - np.minimum(dye * _SHOWN, 255), dtype=np.uint8)


def _grey(picture: Picture, laid: Laid, place: Box) -> list[tuple[Box, Grey]]:
    """Return the ink in and around the place for a stamp, without the blank's; nothing if there is none."""
    wide = place.grown(_BESIDE)
    cut = piece(picture, wide)
    bare = piece(drawn(laid.sheet.edition, laid.sheet.number, cut.scale), wide)
    rows, columns = (min(a, b) for a, b in zip(cut.grey.shape, bare.grey.shape, strict=True))
    own = grown(dark(bare.grey[:rows, :columns], cut.scale), _BLEED * cut.scale)
    grey = cut.grey[:rows, :columns]
    ink = without_specks(dark(grey, cut.scale) & ~own, 2 * cut.scale)
    return [(wide, np.where(own, 255, grey).astype(np.uint8))] if ink.mean() > _LEAST else []


def _read(ink: Grey, scale: float, sought: Callable[[str], bool]) -> tuple[Line, ...]:
    """Return the lines of one stamp; only the first one's of a stamp of which no line is *sought*."""
    level = _levelled(ink)
    larger = float(np.clip(300 / 72 / scale, 1.0, 2.0))
    level = np.asarray(cv2.resize(level, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC), np.uint8)
    seen = engine().words(level, round(72 * scale * larger), Ask("sparse", dark=True), _SECONDS) or []
    rows = [row for row in _rows(seen) if _lettered(row)]
    texts = [" ".join(one.text for one in row) for row in rows]
    sure = [min(one.sure for one in row) for row in rows]
    if not any(map(sought, texts)):
        return tuple(Line(text, "", certain) for text, certain in zip(texts, sure, strict=True))
    told = recogniser.tell([_cut(level, row) for row in rows])
    return tuple(
        Line(text, second.text, certain) for text, second, certain in zip(texts, told, sure, strict=True)
    )


def _lettered(row: Sequence[Seen]) -> bool:
    """Whether there are letters in a row: of a flourish or of dust the engine makes strokes and points."""
    return sum(sign.isalnum() for one in row for sign in one.text) >= _LETTERED


def _levelled(ink: Grey) -> Grey:
    """Return the stamp turned so that its lines are level: their ink then lies in the sharpest rows."""
    marks = _small(ink)
    coarse = max(range(-_STEEPEST, _STEEPEST + 1, 2), key=lambda at: _sharpness(marks, at))
    fine = max(np.arange(coarse - 2, coarse + 2.1, 0.5), key=lambda at: _sharpness(marks, float(at)))
    return _turned(ink, float(fine), 255)


def _small(ink: Grey) -> Grey:
    """Return the ink of a stamp, white on black, about two hundred pixels wide."""
    share = min(200 / max(ink.shape), 1.0)
    small = cv2.resize(ink, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.asarray(255 - np.asarray(small), dtype=np.uint8)


def _sharpness(marks: Grey, degrees: float) -> float:
    """Return how sharply ink changes from row to row once *marks* are turned."""
    rows = _turned(marks, degrees, 0).astype(np.float64).sum(axis=1)
    return float(np.sum(np.diff(rows) ** 2))


def _turned(grey: Grey, degrees: float, edge: int) -> Grey:
    """Return *grey* turned about its middle, on a piece large enough for it."""
    rows, columns = grey.shape
    side = round(np.hypot(rows, columns))
    way = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    way[:, 2] += (side - columns) / 2, (side - rows) / 2
    return np.asarray(cv2.warpAffine(grey, way, (side, side), borderValue=(edge,)), dtype=np.uint8)


def _rows(seen: Sequence[Seen]) -> list[list[Seen]]:
    """Return the words line by line, as they stand."""
    rows: list[list[Seen]] = []
    for one in sorted(seen, key=lambda word: word.top + word.height / 2):
        middle = one.top + one.height / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - last.top - last.height / 2) < 0.5 * min(one.height, last.height):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _cut(grey: Grey, row: Sequence[Seen]) -> Grey:
    """Return the pixels of one line."""
    high = max(one.height for one in row)
    edge = round(0.15 * high)
    top, bottom = min(one.top for one in row), max(one.top + one.height for one in row)
    left, right = row[0].left, max(one.left + one.width for one in row)
    return grey[max(top - edge, 0) : bottom + edge, max(left - 2 * edge, 0) : right + 2 * edge]
