"""What is lettered on a scanned page: writing that nobody read, and words that are a coloured seal's.

What stands in a seal is the seal's. Print under it shows once the colour is lifted off; what is left of the
seal then lies close by its colour, print does not. Of a seal without colour the rims are taken out, and what
stands within on a line with print beside it may be print.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extractors.lines import Box, Word
from extractors.page import Page, Picture
from extractors.reading.ink import leftover, rims, rings
from extractors.reading.ink.leftover import Place
from extractors.reading.ink.ruling import Mask
from extractors.reading.ink.struck import struck
from extractors.reading.paper import shading
from extractors.reading.raster import TINGED, Grey
from extractors.reading.words import entry_stamp, entry_words, recogniser, seal_says, text_lines

_BY = np.ones((5, 5), np.uint8)
"""Around coloured ink its pale rim is as black as print: a camera and a JPEG take the colour from it."""
_OWED = 0.6
"""Share of a part's pixels by coloured ink from which it is left of that; of letters under a seal it is less,
but for one that lies on its very stroke, and a line of print has more than one letter."""
_READ, _LETTERS = 0.36, 2
"""Certainty and letters from which a word is print that stands beside a seal."""
_FIGURES, _MANY, _CLEAR = 2, 6, 0.6
"""Figures from which writing in a seal is more than a name: as many as a day has, fewer where it is certain
that they are no letters upside down."""
_PAD = 4
"""Pixels of paper left around what it is shown."""
_SEALS = 0.15
"""Share of a word's ink that may be print where the word is a seal's."""


class Lettering(NamedTuple):
    """Whether writing on a page was read by nobody, or was struck out, and the places of words in seals.

    `entry`: the page's part in plain stamps of entry, 255 on 0; None where there are none.
    """

    unread: bool = False
    seals: frozenset[Box] = frozenset()
    entry: Mask | None = None


def of(page: Page) -> Lettering:
    """Return what is lettered on a scanned page beyond its words, and which of them are a seal's."""
    picture = page.picture()
    small, scale = text_lines.reduced(picture.grey, picture.scale)
    flat = shading.flat(small, scale)
    dark, drawn = text_lines.inked(flat, scale)
    text: Mask = np.asarray(dark & ~drawn, dtype=np.uint8)
    read = [(word.box, _place(word.box, scale)) for word in page.words]
    stamps = entry_stamp.stamps(picture.grey, picture.dye, picture.scale)
    seals = _stamps(picture, stamps.inside)
    own, shown, drawn_in = frozenset[Box](), flat, dark
    if seals is not None and picture.dye is not None:
        seals, dye = (text_lines.reduced(one, picture.scale)[0] for one in (seals, picture.dye))
        print_ = np.where(seals > 0, _print(small, dye, seals, scale), text).astype(np.uint8)
        own = frozenset(box for box, place in read if _of_seal(place, seals, text, print_))
        text = print_
        drawn_in = np.where(rings.rims(dye, scale) > 0, 0, dark).astype(np.uint8)
        shown = np.where(seals > 0, cv2.add(small, dye), flat).astype(np.uint8)
    void = picture.dye is not None and seal_says.void(picture.dye, picture.scale)
    unread = void or _unread(page, shown, dark, text, scale)
    print_ink = _uncoloured(text, picture)
    unread = unread or _struck(flat, drawn_in, print_ink, (line_height(page), scale))
    return Lettering(unread, own, stamps.plain)


def _struck(flat: Grey, dark: Mask, text: Mask, sized: tuple[float, float]) -> bool:
    """Return whether a line goes through the print *text*; a seal's rim that does is none.

    *sized*: points of the usual height of a word, and pixels per point.
    """
    line, scale = sized
    if not struck(flat, dark, text, line * scale):
        return False
    found = rims.rims(dark, scale)
    return not found or struck(flat, rims.without(dark, found, scale), text, line * scale)


def _unread(page: Page, small: Grey, dark: Mask, text: Mask, scale: float) -> bool:
    """Return whether some of *text* is writing that nobody read.

    It is part of the ink *dark*; on the picture *small* the colour of seals is lifted off.
    """
    high = line_height(page) * scale
    read = [_place(word.box, scale) for word in page.words]
    left = leftover.left(text, read, high)
    if not left.writing and not left.seals:
        return False
    found = rims.rims(dark, scale)
    if not found:
        return bool(left.writing)
    print_ = rims.beside([_place(w.box, scale) for w in page.words if _is_print(w)], found, scale)
    bare = rims.without(text, found, scale)
    rest = leftover.left(bare, read, high).writing
    for place in read:
        bare[max(place.y0, 0) : place.y1, max(place.x0, 0) : place.x1] = 0
    if rims.hides(bare, found, print_, high) or not all(
        rims.of_seal(one, found, print_, scale) for one in rest
    ):
        return True
    whole = [*rest, *dict.fromkeys(rims.chord(one, found) for one in rest)]
    crops = [small[max(y0 - _PAD, 0) : y1 + _PAD, max(x0 - _PAD, 0) : x1 + _PAD] for x0, y0, x1, y1 in whole]
    return any(map(_of_its_own, recogniser.tell([np.ascontiguousarray(one) for one in crops])))


def _of_its_own(told: recogniser.Told) -> bool:
    """Whether what stands in a seal says more than whose seal it is: figures, or that the paper is void."""
    figures = sum(map(str.isdigit, told.text))
    return figures >= (_FIGURES if told.sure >= _CLEAR else _MANY) or entry_words.void(told.text)


def _is_print(word: Word) -> bool:
    """Whether a word was read clearly enough to be level print, and no piece of a drawing."""
    level = word.box.width > word.box.height
    return level and word.confidence >= _READ and sum(map(str.isalnum, word.text)) >= _LETTERS


def _uncoloured(text: Mask, picture: Picture) -> Mask:
    """Return the ink of print: a pen's own loops above and below its line are none, and are not struck out.

    All of it where most is in colour, as where a paper is printed in blue.
    """
    if picture.dye is None:
        return text
    dye, _ = text_lines.reduced(picture.dye, picture.scale)
    black: Mask = np.where(dye >= TINGED, 0, text).astype(np.uint8)
    return black if 2 * np.count_nonzero(black) >= np.count_nonzero(text) else text


def _stamps(picture: Picture, entry: Mask | None) -> Mask | None:
    """Return the part of a page in coloured seals and stamps of *entry*; None where there are none."""
    seals = rings.inside(picture.dye, picture.scale)
    found = [one for one in (seals, entry) if one is not None]
    return None if not found else np.asarray(np.maximum.reduce(found), dtype=np.uint8)


def _print(small: Grey, dye: Grey, seals: Mask, scale: float) -> Mask:
    """Return the black ink that lies in *seals*."""
    black: Grey = np.asarray(cv2.add(small, dye), dtype=np.uint8)
    dark, drawn = text_lines.inked(shading.flat(black, scale), scale)
    found: Mask = np.asarray(dark & ~drawn & seals, dtype=np.uint8)
    near = np.asarray(cv2.dilate((dye >= TINGED).astype(np.uint8), _BY), np.uint8).ravel()
    count, labels = cv2.connectedComponents(found, connectivity=8)
    inked = np.flatnonzero(found)
    of = labels.ravel()[inked]
    owed = np.bincount(of[near[inked] > 0], minlength=count) >= _OWED * np.bincount(of, minlength=count)
    found.ravel()[inked[owed[of]]] = 0
    return found


def _of_seal(place: Place, seals: Mask, text: Mask, print_: Mask) -> bool:
    """Whether a word lies in a seal and is no print."""
    part = np.s_[max(place.y0, 0) : place.y1, max(place.x0, 0) : place.x1]
    if not seals[part].size or not seals[part].all():
        return False
    return bool(np.count_nonzero(print_[part]) <= _SEALS * np.count_nonzero(text[part]))


def line_height(page: Page) -> float:
    """Return the usual height of a page's words, in points."""
    return float(np.median([word.box.height for word in page.words])) if page.words else 10.0


def _place(box: Box, scale: float) -> Place:
    """Return a box in pixels."""
    return Place(*(round(side * scale) for side in box))
