"""Two papers on one sheet: what lies beside the one that was found, as two pages of an open booklet do.

A page that is known to end within its picture, since it was laid on its blank or its edges were seen, leaves
a rest. A rest as large as a paper, as light, and full of print is looked at as a page of its own; it counts
where it is a known form too or can be read. What is neither was a table, and is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from extractors.lines import Box
from extractors.page import BESIDE, Page
from extractors.reading.paper import legibility
from extractors.reading.raster import Grey, Raster
from extractors.reading.words import ocr

_LEAST = 0.6
"""Breadth of a rest, in that of the page, from which it may be another page of its size."""
_LIGHT = 0.7
"""Grey of a rest's paper, as a share of the page's; a table is darker or has no print."""
_NARROWEST = 64
"""Pixels of a rest's shorter side below which it shows nothing."""
_LETTERS = 150
"""Letters of a paper; a page of few lines has 300."""
_WORDS = 20
"""Clear words that a paper has at least."""
_CLEAR = 0.5
_MOST = 4
"""Papers on one sheet that are looked for: as many as are printed on one."""

Read = Callable[[int, Callable[[], Raster]], Page | None]
"""What reads a picture as the page of a number."""


def together(page: Page, draw: Callable[[], Raster], read: Read) -> tuple[Page, ...]:
    """Return *page* and the papers beside it on the picture that *draw* gives, in the order of reading."""
    rest = _rest(page, draw())
    if rest is None or page.number >= (_MOST - 1) * BESIDE:
        return (page,)
    other = read(page.number + BESIDE, partial(_cut, draw, rest))
    if other is None or not _believed(other):
        return (page,)
    others = [_moved(one, rest, page.filed) for one in (other.spread() if other.spread else (other,))]
    return (*others, page) if _before(page, rest) else (page, *others)


def _rest(page: Page, picture: Raster) -> Box | None:
    """Return the largest part of the picture beside *page* that may hold another paper; None if none may."""
    own = _place(page)
    if own is None:
        return None
    wide, high = picture.grey.shape[1] / picture.scale, picture.grey.shape[0] / picture.scale
    parts = [
        Box(0, 0, own.x0, high), Box(own.x1, 0, wide, high),
        Box(0, 0, wide, own.y0), Box(0, own.y1, wide, high),
    ]  # fmt: skip
    large = [one for one in parts if one.width >= _LEAST * own.width and one.height >= _LEAST * own.height]
    best = max(large, key=lambda one: one.width * one.height, default=None)
    return best if best is not None and _paper(picture, best, own) else None


def _place(page: Page) -> Box | None:
    """Return where *page* lies on the page as filed; None where that is not known."""
    return None if page.as_filed is None else page.as_filed(Box(0, 0, page.width, page.height))


def _paper(picture: Raster, rest: Box, own: Box) -> bool:
    """Whether a part of a picture is as light as the page, and has letters in number."""
    there = picture.cut(rest)
    if min(there.shape) < _NARROWEST or _light(there) < _LIGHT * _light(picture.cut(own)):
        return False
    seen = legibility.signs(Raster(grey=np.ascontiguousarray(there), scale=picture.scale))
    return _LETTERS <= seen.letters <= legibility.MANY


def _light(grey: Grey) -> float:
    """Return how light the usual pixel is."""
    return float(np.median(grey[::8, ::8])) if grey.size else 0.0


def _cut(draw: Callable[[], Raster], part: Box) -> Raster:
    """Return a part of the picture as a picture."""
    whole = draw()
    rows, columns = whole.inside(part)
    dye = None if whole.dye is None else np.ascontiguousarray(whole.dye[rows, columns])
    return replace(whole, grey=np.ascontiguousarray(whole.grey[rows, columns]), dye=dye, look=None)


def _believed(page: Page) -> bool:
    """Whether a rest is a paper: a known form, or one with words in number that can be read."""
    clear = [word for word in page.words if word.confidence >= _CLEAR and len(word.text) > 1]
    return page.laid is not None or (len(clear) >= _WORDS and ocr.legible(page.words))


def _moved(page: Page, rest: Box, filed: tuple[float, float] | None) -> Page:
    """Return a page that was read on a part of a picture as one of the whole."""
    return replace(page, as_filed=partial(_back, page.as_filed, rest), filed=filed, spread=None)


def _back(inner: Callable[[Box], Box] | None, rest: Box, box: Box) -> Box:
    """Return where a box of a page on a part of the picture stands on the whole."""
    x0, y0, x1, y1 = box if inner is None else inner(box)
    return Box(x0 + rest.x0, y0 + rest.y0, x1 + rest.x0, y1 + rest.y0)


def _before(page: Page, rest: Box) -> bool:
    """Whether the *rest* comes before *page* as one reads, however the sheet lies on the glass."""
    assert page.as_filed is not None, "it was asked where the page lies"
    start, right, foot = (
        np.array(page.as_filed(Box(x, y, x, y)).middle)
        for x, y in ((0.0, 0.0), (page.width, 0.0), (0.0, page.height))
    )
    away = np.array(rest.middle) - (right + foot) / 2
    across, down = float(away @ (right - start)), float(away @ (foot - start))
    return (across if abs(across) > abs(down) else down) < 0
