"""What is lettered on a scanned page: writing that nobody read, and words that are a coloured seal's.

What stands in a seal is the seal's. Print under it shows once the colour is lifted off; what is left of the
seal then lies close by its colour, print does not.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extractors.page import Box, Page, Picture
from extractors.reading import entry_stamp, leftover, rings, shading, text_lines
from extractors.reading.leftover import Place
from extractors.reading.raster import TINGED, Grey
from extractors.reading.ruling import Mask
from extractors.reading.struck import struck

_BY = np.ones((5, 5), np.uint8)
"""Around coloured ink its pale rim is as black as print: a camera and a JPEG take the colour from it."""
_OWED = 0.6
"""Share of a part's pixels by coloured ink from which it is left of that; of letters under a seal it is less,
but for one that lies on its very stroke, and a line of print has more than one letter."""
_SEALS = 0.15
"""Share of a word's ink that may be print where the word is a seal's."""


class Lettering(NamedTuple):
    """Whether writing on a page was read by nobody, or was struck out, and the places of words in seals."""

    unread: bool = False
    seals: frozenset[Box] = frozenset()


def of(page: Page) -> Lettering:
    """Return what is lettered on a scanned page beyond its words, and which of them are a seal's."""
    picture = page.picture()
    small, scale = text_lines.reduced(picture.grey, picture.scale)
    flat = shading.flat(small, scale)
    dark, drawn = text_lines.inked(flat, scale)
    text: Mask = np.asarray(dark & ~drawn, dtype=np.uint8)
    read = [(word.box, _place(word.box, scale)) for word in page.words]
    seals = _stamps(picture)
    own = frozenset[Box]()
    if seals is not None and picture.dye is not None:
        seals, dye = (text_lines.reduced(one, picture.scale)[0] for one in (seals, picture.dye))
        print_ = np.where(seals > 0, _print(small, dye, seals, scale), text).astype(np.uint8)
        own = frozenset(box for box, place in read if _of_seal(place, seals, text, print_))
        text = print_
    high = _line(page) * scale
    left = leftover.left(text, [place for _, place in read], high)
    return Lettering(bool(left.writing) or struck(flat, dark, _uncoloured(text, picture), high), own)


def _uncoloured(text: Mask, picture: Picture) -> Mask:
    """Return the ink of print: a pen's own loops above and below its line are none, and are not struck out.

    All of it where most is in colour, as where a paper is printed in blue.
    """
    if picture.dye is None:
        return text
    dye, _ = text_lines.reduced(picture.dye, picture.scale)
    black: Mask = np.where(dye >= TINGED, 0, text).astype(np.uint8)
    return black if 2 * np.count_nonzero(black) >= np.count_nonzero(text) else text


def _stamps(picture: Picture) -> Mask | None:
    """Return the part of a page in coloured seals and stamps of entry; None where there are none."""
    found = [
        one
        for one in (
            rings.inside(picture.dye, picture.scale),
            entry_stamp.inside(picture.grey, picture.dye, picture.scale),
        )
        if one is not None
    ]
    return None if not found else np.asarray(np.maximum.reduce(found), dtype=np.uint8)


def _print(small: Grey, dye: Grey, seals: Mask, scale: float) -> Mask:
    """Return the black ink that lies in *seals*."""
    black: Grey = np.asarray(cv2.add(small, dye), dtype=np.uint8)
    dark, drawn = text_lines.inked(shading.flat(black, scale), scale)
    found: Mask = np.asarray(dark & ~drawn & seals, dtype=np.uint8)
    near = cv2.dilate((dye >= TINGED).astype(np.uint8), _BY) > 0
    count, labels = cv2.connectedComponents(found, connectivity=8)
    whole = np.bincount(labels.ravel(), minlength=count)
    owed = np.bincount(labels[near], minlength=count) >= _OWED * whole
    owed[0] = True
    found[owed[labels]] = 0
    return found


def _of_seal(place: Place, seals: Mask, text: Mask, print_: Mask) -> bool:
    """Whether a word lies in a seal and is no print."""
    part = np.s_[max(place.y0, 0) : place.y1, max(place.x0, 0) : place.x1]
    if not seals[part].size or not seals[part].all():
        return False
    return bool(np.count_nonzero(print_[part]) <= _SEALS * np.count_nonzero(text[part]))


def _line(page: Page) -> float:
    """Return the usual height of a page's words, in points."""
    return float(np.median([word.box.height for word in page.words])) if page.words else 10.0


def _place(box: Box, scale: float) -> Place:
    """Return a box in pixels."""
    return Place(*(round(side * scale) for side in box))
