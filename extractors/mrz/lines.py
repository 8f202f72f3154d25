"""Where a page carries a machine readable zone: lines of letters, figures and `<`, one below the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from extractors.certainty import Signals
from extractors.lines import Box, Line, around, lines
from extractors.mrz.seen import seen, unseen
from extractors.mrz.zones import Zone, zone
from extractors.page import Page, Reader
from extractors.reading import kept
from extractors.reading.ink import leaders
from extractors.reading.ink.ruling import Mask
from extractors.reading.paper import shading
from extractors.reading.words import ocr, text_lines
from extractors.reading.zone.machine_zone import WORDY, blocks, worded

_SHORTEST = 24
"""Signs that a line must have left: a reader may lose fillers at its end."""
_SIGNS = str.maketrans({"«": "<<", "»": "<<", "‹": "<", "›": "<", "≪": "<<", "‚": "<"})
_BROAD, _HIGH, _PICTURES = 100.0, 18.0, 4
"""Points of a picture on a page of text in which a zone can be read, and how many pictures are looked at."""
_COLUMNS = 4.0
"""White space, in text heights, that parts a zone from what is printed beside it."""
_LEADING = 4.0
"""Largest distance between lines of one zone, in text heights."""


class Placed(NamedTuple):
    """A zone with its place, the reader of the page and the least certain word of its lines."""

    zone: Zone
    page: int
    box: Box
    reader: Reader
    confidence: float
    text: str
    signals: Mapping[str, Signals] = MappingProxyType({})
    """Of a zone on a scan: what is known of each of its parts."""


class _Row(NamedTuple):
    """A line that can belong to a zone."""

    text: str
    line: Line


@kept.remembered(16)
def zones(page: Page) -> tuple[Placed, ...]:
    """Return the zones on *page* from top to bottom; none shares a line with another.

    On a scan they are sought by their looks, and only then among the words that the engine made of them.
    """
    found: list[Placed] = _by_looks(page) if page.reader == "ocr" else _in_pictures(page)
    for gap in (_COLUMNS, None):
        rows = _rows(lines(page.words, gap))
        for placed in _placed(rows, page):
            if not any(placed.box.common(other.box) for other in found):
                found.append(placed)
    return tuple(sorted(found, key=lambda placed: placed.box.y0))


def _by_looks(page: Page) -> list[Placed]:
    """Return the zones that are found on the picture of a scan and read line by line."""
    if page.laid is not None or len(page.words) > WORDY:
        return []
    picture = page.picture()
    found = blocks(
        picture.grey, picture.scale, dye=picture.dye,
        slanting=not ocr.legible(page.words), print_in=_common(page),
    )  # fmt: skip
    read = ((rows, seen(rows.texts, rows.seconds, rows.sure, rows.again)) for rows in found)
    return [
        Placed(one.zone, page.number, rows.box, page.reader, min(rows.sure), one.text, one.signals)
        for rows, one in read
        if one is not None
    ]


def _in_pictures(page: Page) -> list[Placed]:
    """Return the zones in the largest pictures of a page of text, which are as sure as those of a scan."""
    if len(page.words) > WORDY:
        return []
    large = [box for box in page.pictures if box.width >= _BROAD and box.height >= _HIGH]
    largest = sorted(large, key=lambda box: box.width * box.height, reverse=True)[:_PICTURES]
    return [placed for box in largest for placed in _looked_at(page, box)]


def _looked_at(page: Page, box: Box) -> list[Placed]:
    """Return the zones that are found in a part of a page's picture and read line by line."""
    picture = page.picture()
    inside = Box(max(box.x0, 0), max(box.y0, 0), box.x1, box.y1)
    grey = np.ascontiguousarray(picture.cut(inside))
    common = partial(worded, words=page.words)
    found = blocks(
        grey, picture.scale, dye=None, slanting=True, print_in=lambda part: common(_moved(part, inside))
    ) if grey.size else ()  # fmt: skip
    read = ((rows, seen(rows.texts, rows.seconds, rows.sure, rows.again)) for rows in found)
    return [
        Placed(one.zone, page.number, _moved(rows.box, inside), "ocr", min(rows.sure), one.text, one.signals)
        for rows, one in read
        if one is not None
    ]


def _moved(part: Box, whole: Box) -> Box:
    """Return where a part of *whole* stands on the page."""
    return Box(part.x0 + whole.x0, part.y0 + whole.y0, part.x1 + whole.x0, part.y1 + whole.y0)


def _common(page: Page) -> Callable[[Box], bool]:
    """Return what tells whether a block of a page is common print: words, or leaders one below the other.

    Dots of leaders make even lines down the page, and cost a look each; a zone on its side has three lines.
    """

    @cache
    def dots() -> tuple[Mask, Mask, float]:
        picture = page.picture()
        small, scale = text_lines.reduced(picture.grey, picture.scale)
        return *text_lines.inked(shading.flat(small, scale), scale), scale

    def common(box: Box) -> bool:
        return worded(box, page.words) or (box.height > box.width and leaders.fill(box, *dots()))

    return common


def _rows(found: Sequence[Line]) -> list[_Row]:
    """Return the lines that can belong to a zone."""
    return [_Row(text, line) for line in found if (text := _squeezed(line)) is not None]


def _squeezed(line: Line) -> str | None:
    """Return the line without blanks if it is made of a zone's signs, else None."""
    text = "".join(word.text for word in line.words).translate(_SIGNS).upper()
    if len(text) < _SHORTEST or ("<" not in text and not re.search(r"\d", text)):
        return None
    return text if re.fullmatch(r"[A-Z0-9<]+", text) else None


def _placed(rows: Sequence[_Row], page: Page) -> Iterator[Placed]:
    """Yield the zones that three or two rows, one below the other, make."""
    used = -1
    for first in range(len(rows)):
        for count in (3, 2):
            group = rows[first : first + count]
            if first > used and len(group) == count and _stacked(group):
                found = zone([row.text for row in group])
                if found is not None and _plausible(found):
                    used = first + count - 1
                    yield _with_place(found, group, page)


def _stacked(group: Sequence[_Row]) -> bool:
    """Whether the rows stand closely one below the other and begin at about the same place."""
    tall = max(row.line.box.height for row in group)
    return any("<" in row.text for row in group) and all(
        0 < below.line.box.y0 - above.line.box.y0 <= _LEADING * tall
        and abs(below.line.box.x0 - above.line.box.x0) <= _LEADING * tall
        for above, below in pairwise(group)
    )


def _plausible(found: Zone) -> bool:
    """Whether enough of the check digits hold to call it a zone at all."""
    return len(found.failing) <= 1 or found.birth.isdigit() or found.expiry.isdigit()


def _with_place(found: Zone, group: Sequence[_Row], page: Page) -> Placed:
    """Return the zone with its place."""
    sure = min(row.line.confidence for row in group)
    return Placed(
        found,
        page.number,
        around(row.line.box for row in group),
        page.reader,
        sure,
        "\n".join(row.text for row in group),
        unseen(found, sure) if page.reader == "ocr" else {},
    )
