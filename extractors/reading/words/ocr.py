"""Words of a scanned page: turned upright, levelled, and read by Tesseract."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from extractors.lines import Box, Word
from extractors.reading.ink import leaders, ruling
from extractors.reading.paper import sized
from extractors.reading.paper.straighten import Turn, even, ink_share, marks, skew, turned
from extractors.reading.raster import Grey, Raster
from extractors.reading.words import text_lines
from extractors.reading.words.engine import Ask, Seen, engine

DPI = sized.DPI
CEILING = 0.89
"""No word that one engine alone saw passes the 0.9 that a decision asks for."""
BLANK = 0.0005
"""Ink below this share is dust; pages without a letter and a little more ink are blank too."""
_LITTLE = 0.003
_MARKS = 40
"""Marks of a letter's size that are pale or soft writing; empty paper has holes, folds, a stamp's letters."""
_BLACK = 200
"""Darkness that the ink of a page of pale print is given."""
_CALM = 0.75
"""Mean of empty paper as a share of its lightest tenth; pure noise has 0.55, and is no paper."""
_SURE = 0.36
_MOSTLY = 0.75
"""Share of clear letters below which a page that can be read is read badly; clean scans have 0.95."""
_READ = 0.5
"""Share of clear letters below which a page may have been read the wrong way up."""
_RULES = re.compile(r"[|_—–~¦=.·'`‘’\"-]+")


class _Sheet(NamedTuple):
    """A page evenly lit, its pixels per point, and an inch: they differ where a file states a wrong size."""

    lit: Grey
    scale: float
    dpi: float
    dye: Grey | None

    @property
    def printed(self) -> float:
        """Pixels per point of its print: `scale`, to the last digit, where the file states the right size.

        What is remembered of a page is asked for again with the scale that its picture has.
        """
        return self.scale if math.isclose(self.dpi, 72 * self.scale) else self.dpi / 72


class Scan(NamedTuple):
    """A page as read: its words on the upright page, and how it was turned."""

    words: tuple[Word, ...]
    turn: Turn


def read(picture: Raster, seconds: float) -> Scan:
    """Read a page within *seconds* of wall time for all passes of the engine.

    Without legible words, or where the engine fails or takes too long, the scan has none.
    """
    upright = quartered(picture, 0)
    share = ink_share(picture.grey)
    pale = share < BLANK
    if pale and marks(picture.grey) < _MARKS:
        return Scan((), upright)
    sheet = _darkened(_sheet(picture)) if pale else _sheet(picture)
    until = time.monotonic() + seconds
    scan = _pass(sheet, upright, until)
    if (pale or share >= _LITTLE) and (_quality(scan.words) < _READ or _on_its_side(scan.words)):
        others = [_pass(sheet, _turn(upright, q), until) for q in _quarters(sheet, until)]
        others += _other_way(sheet, upright, scan, others, until)
        scan = max([scan, *others], key=lambda s: _letters(s.words) * (not _on_its_side(s.words)))
    return scan


def _other_way(
    sheet: _Sheet, upright: Turn, first: Scan, others: Sequence[Scan], until: float
) -> Iterator[Scan]:
    """Yield the page stood on the side not tried yet, where *first* read it well as it lay on one.

    Then it stands on one side or the other, whatever the engine's own opinion makes of it.
    """
    lay = _on_its_side(first.words) and _quality(first.words) >= _READ
    if not lay or any(_quality(scan.words) >= _READ for scan in others):
        return
    tried = {scan.turn.quarters for scan in others}
    yield from (_pass(sheet, _turn(upright, q), until) for q in (1, 3) if q not in tried)


def lying(picture: Raster, turn: Turn, seconds: float) -> Scan:
    """Read a page that is known to be upright after *turn*, within *seconds* of wall time."""
    return _levelled(_sheet(picture), turn, time.monotonic() + seconds)


def quartered(picture: Raster, quarters: int) -> Turn:
    """Return the turn of *picture* by clockwise *quarters*, and by no slant."""
    wide, high = picture.grey.shape[1] / picture.scale, picture.grey.shape[0] / picture.scale
    return _turn(Turn(0, 0.0, wide, high), quarters)


def words(grey: Grey, scale: float, seconds: float) -> list[Word]:
    """Return the words of lines that stand one below the other, upright; none where the engine fails."""
    return _words(engine().words(grey, round(scale * 72), Ask("block"), seconds) or [], scale)


def blank(grey: Grey) -> bool:
    """Whether a page on which no word was found is empty paper rather than something illegible."""
    few = grey[::8, ::8]
    calm = float(np.mean(few)) >= _CALM * float(np.percentile(few, 90)) if few.size else True
    return calm and ink_share(grey) < _LITTLE and marks(grey) < _MARKS


def legible(words: tuple[Word, ...]) -> bool:
    """Whether some words can be read: three with two letters or more, and half of the letters clear."""
    clear = [w for w in words if w.confidence >= _SURE and sum(map(str.isalnum, w.text)) >= 2]
    return len(clear) >= 3 and _quality(words) >= 0.3


def clear(words: tuple[Word, ...]) -> bool:
    """Whether nearly all letters of a page are clear, so that nothing is to be said of its picture."""
    return legible(words) and _quality(words) >= _MOSTLY


def _on_its_side(words: tuple[Word, ...]) -> bool:
    """Whether most words are taller than wide: the engine reads such pages, but their lines are columns."""
    long = [word for word in words if len(word.text) >= 4]
    return sum(word.box.height > word.box.width for word in long) * 2 > max(len(long), 1)


def _turn(upright: Turn, quarters: int) -> Turn:
    """Return the turn by *quarters* of the page that came as *upright*."""
    width, height = (upright.height, upright.width) if quarters % 2 else (upright.width, upright.height)
    return Turn(quarters, 0.0, width, height)


def _sheet(picture: Raster) -> _Sheet:
    """Return the page evenly lit."""
    return _Sheet(even(picture.grey), picture.scale, picture.dpi, picture.dye)


def _darkened(sheet: _Sheet) -> _Sheet:
    """Return a page of pale print with its ink as dark as that of others."""
    dark = 255.0 - float(np.percentile(sheet.lit[::4, ::4], 0.2))
    times = _BLACK / max(dark, 1.0)
    black = cv2.addWeighted(sheet.lit, times, sheet.lit, 0, 255 - 255 * times)
    return sheet._replace(lit=np.asarray(black, dtype=np.uint8)) if dark < _BLACK else sheet


def _pass(sheet: _Sheet, turn: Turn, until: float) -> Scan:
    """Read once: turn by quarters, level the lines, recognise."""
    return _levelled(sheet, turn._replace(skew=skew(turned(sheet.lit, turn))), until)


def _levelled(sheet: _Sheet, level: Turn, until: float) -> Scan:
    """Read the page turned as *level* says."""
    pixels = turned(sheet.lit, level)
    seconds = until - time.monotonic()
    dye = None if sheet.dye is None else turned(sheet.dye, level, edge=0)
    black = text_lines.black(pixels, dye)
    found = text_lines.seen(pixels, sheet.printed, seconds, black) if seconds > 0 else None
    return Scan(tuple(_words(found or [], sheet.scale)), level)


def _words(seen: Iterable[Seen], scale: float) -> list[Word]:
    """Return the engine's words; strokes of ruled lines taken for signs are left out."""
    found = []
    for one in seen:
        if _RULES.fullmatch(one.text) and one.sure < 0.8:
            continue
        x, y = one.left / scale, one.top / scale
        box = Box(x, y, x + one.width / scale, y + one.height / scale)
        found.append(Word(one.text, box, _chance(one.sure)))
    return found


def _chance(sure: float) -> float:
    """Return a cautious chance that a word is right: the engine's own figure squared, under the ceiling."""
    return round(min(sure * sure, CEILING), 3)


def _letters(words: tuple[Word, ...]) -> int:
    """Count the letters of the words that are clear."""
    return sum(len(word.text) for word in words if word.confidence >= _SURE)


def _quality(words: tuple[Word, ...]) -> float:
    """Return the share of letters in clear words; 0 for a page with next to none."""
    total = sum(len(word.text) for word in words)
    return _letters(words) / total if total >= 12 else 0.0


def _quarters(sheet: _Sheet, until: float) -> list[int]:
    """Return the clockwise quarter turns worth trying: the engine's opinion, or all three."""
    seconds = until - time.monotonic()
    turns = engine().quarters(_undotted(sheet), round(sheet.dpi), seconds) if seconds > 0 else None
    if turns is None:
        return [1, 2, 3]
    return [turns] if turns else []


def _undotted(sheet: _Sheet) -> Grey:
    """Return a page without rows of dots, across or down: they mislead the engine about how it lies."""
    dark = ruling.ink(sheet.lit)
    down = leaders.leaders(np.ascontiguousarray(dark.T), sheet.scale).T
    return ruling.without(sheet.lit, np.asarray(leaders.leaders(dark, sheet.scale) | down, dtype=np.uint8))
