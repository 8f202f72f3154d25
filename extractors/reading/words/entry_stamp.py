"""Framed stamps of entry in coloured ink: what an office presses on a paper that it received.

A stamp in a frame may as well say that the paper is void. So each line of one is read, on the page and by its
ink alone, for it may lie on print; and it is one of entry only where each line says what such a stamp needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np

from extractors.lines import Box
from extractors.page import Page
from extractors.reading import kept
from extractors.reading.ink import frames
from extractors.reading.ink.frames import Rectangle
from extractors.reading.ink.ruling import Mask
from extractors.reading.raster import TINGED, Grey, Pixels, Raster
from extractors.reading.words import cuts, recogniser
from extractors.reading.words.entry_words import of_entry, void

_INSET = 5.0
"""Points from a side within which nothing is lettered."""
_LOW, _LINES = 5.0, (2, 6)
"""Points of the lowest line of letters, and lines that a stamp has."""
_INKED = 0.02
"""Share of a row that is coloured where letters stand in it: one short word, and no dust."""
_LIGHT, _FULL = 250, 99
"""What paper is on the picture of a stamp's ink alone; the percentile of its ink that is black there."""
_PRINT, _DYED = 120, 40
"""Grey of print once colour is lifted off, and darkening by which ink is coloured: between them a stamp's own
letters are lost under print, and are drawn on from beside it."""
_BESIDE = 3
"""Pixels from which they are drawn on."""
_EVEN = 1.3
"""Times the lowest line that the highest may be: one that another word was pressed over is higher."""
_AROUND, _DUST = 8.0, 0.005
"""Points around a stamp, and share of them that may be coloured."""


class Stamps(NamedTuple):
    """The page's part in coloured stamps of entry, 255 on 0; None where there are none.

    `plain`: its part in those of which each line was read at the first look and over which nothing else lies.
    """

    inside: Mask | None = None
    plain: Mask | None = None


class _Said(NamedTuple):
    """What the looks see on each line of a stamp, and how many pixels high the lines are."""

    lines: list[list[str]]
    heights: list[int]


def stamps(grey: Grey, dye: Grey | None, scale: float) -> Stamps:
    """Return where on a page stamps of entry lie.

    *dye* is by how much each pixel of *grey* is darkened by coloured ink, *scale* their pixels per point.

    Raises:
        Missing: The recogniser's package is not installed.
    """
    if dye is None:
        return Stamps()
    said = [(one, _said(grey, dye, one, scale)) for one in frames.frames(dye, scale)]
    found = [(one, told) for one, told in said if of_entry(told.lines)]
    plain = [one for one, told in found if _even(told) and _apart(dye, one, scale)]
    return Stamps(
        frames.filled(dye.shape, [one for one, _ in found], scale) if found else None,
        frames.filled(dye.shape, plain, scale) if plain else None,
    )


def _even(told: _Said) -> bool:
    """Whether the lines of a stamp, all of one height, say at the first look what one of entry needs."""
    even = max(told.heights) <= _EVEN * min(told.heights)
    return even and of_entry([looks[:1] for looks in told.lines])


def _apart(dye: Grey, one: Rectangle, scale: float) -> bool:
    """Whether there is no coloured ink right around a stamp: what is pressed over it reaches beyond it."""
    there, (wide, high), turn = one
    more = 2 * _AROUND * scale
    ring = frames.filled(dye.shape, [(there, (wide + more, high + more), turn)], scale)
    ring[frames.filled(dye.shape, [one], scale) > 0] = 0
    return int(np.count_nonzero(dye[ring > 0] >= TINGED)) <= _DUST * int(np.count_nonzero(ring))


def lifted(page: Page, entry: Mask, words: AbstractSet[Box]) -> Page:
    """Return a page without its stamps of *entry*: neither their ink nor those *words* that lie in them.

    Each of their lines is known to say nothing of what the paper says, and a day of theirs is no day of it. A
    word by which another stamp over them makes the paper void stays.
    """
    scale = page.picture().scale
    theirs = {word for word in page.words if word.box in words and _within(word.box, entry, scale)}
    rest = tuple(word for word in page.words if word not in theirs or void(word.text))
    return replace(page, words=rest, picture=partial(kept.picture, _bare, page.picture, Pixels(entry)))


def _within(box: Box, entry: Mask, scale: float) -> bool:
    """Whether the middle of *box* lies in a stamp."""
    x, y = (round(side * scale) for side in box.middle)
    return bool(entry[y : y + 1, x : x + 1].any())


def _bare(draw: Callable[[], Raster], entry: Pixels) -> Raster:
    """Return a picture without the coloured ink within *entry*."""
    picture = draw()
    if picture.dye is None:
        return picture
    grey = np.where(entry.plane > 0, cv2.add(picture.grey, picture.dye), picture.grey)
    dye = np.where(entry.plane > 0, 0, picture.dye)
    return replace(picture, grey=np.asarray(grey, np.uint8), dye=np.asarray(dye, np.uint8))


def _said(grey: Grey, dye: Grey, one: Rectangle, scale: float) -> _Said:
    """Return what a stamp says, line by line; nothing where it has too few lines, or too many."""
    inset = round(_INSET * scale)
    pixels, ink = (frames.level(plane, one)[inset:-inset, inset:-inset] for plane in (grey, dye))
    rows = list(_rows(ink, scale)) if pixels.size else []
    if not _LINES[0] <= len(rows) <= _LINES[1]:
        return _Said([], [])
    looks = (pixels, _alone(ink), _drawn_on(pixels, ink))
    told = recogniser.tell([np.ascontiguousarray(look[row]) for row in rows for look in looks])
    texts = [line.text for line in told]
    lines = [texts[at : at + len(looks)] for at in range(0, len(texts), len(looks))]
    return _Said(lines, [row.stop - row.start for row in rows])


def _alone(ink: Grey) -> Grey:
    """Return a stamp's ink alone, dark on light."""
    full = max(int(np.percentile(ink, _FULL)), _DYED)
    shown = _LIGHT - ink.astype(np.float32) * (_LIGHT / full)
    return np.asarray(shown.clip(0, _LIGHT), np.uint8)


def _drawn_on(pixels: Grey, ink: Grey) -> Grey:
    """Return a stamp's ink alone, drawn on where black print hides it."""
    black = np.asarray(cv2.add(pixels, ink) < _PRINT, np.uint8)
    hidden = np.where(ink < _DYED, cv2.dilate(black, np.ones((3, 3), np.uint8)), 0).astype(np.uint8)
    return np.asarray(cv2.inpaint(_alone(ink), hidden, _BESIDE, cv2.INPAINT_TELEA), np.uint8)


def _rows(ink: Grey, scale: float) -> Iterator[slice]:
    """Return the rows of each line of letters."""
    inked = np.count_nonzero(ink >= TINGED, axis=1) >= _INKED * ink.shape[1]
    return cuts.rows(inked, _LOW, scale)
