"""Where a page carries a machine readable zone: lines of letters, figures and `<`, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.mrz import Zone, zone
from extractors.page import Box, Line, Page, Reader, around, lines
from extractors.reading.machine_zone import again

_SHORTEST = 24
"""Signs that a line must have left: a reader may lose fillers at its end."""
_SIGNS = str.maketrans({"«": "<<", "»": "<<", "‹": "<", "›": "<", "≪": "<<", "‚": "<"})
_FILLERS = 2
"""Fillers by which a line is told to belong to a zone, however garbled."""
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


class _Row(NamedTuple):
    """A line that can belong to a zone."""

    text: str
    line: Line


@lru_cache(16)
def zones(page: Page) -> tuple[Placed, ...]:
    """Return the zones on *page* from top to bottom; none shares a line with another.

    On a scan, what is not valid at first sight is looked at again as a zone and nothing else.
    """
    found: list[Placed] = []
    for gap in (_COLUMNS, None):
        rows = _rows(lines(page.words, gap))
        for placed in _placed(rows, page):
            if not any(placed.box.common(other.box) for other in found):
                found.append(placed)
    if page.reader == "ocr" and not any(placed.zone.valid for placed in found):
        found = _second_look(page) or found
    return tuple(sorted(found, key=lambda placed: placed.box.y0))


def _second_look(page: Page) -> list[Placed]:
    """Return the valid zones that a second reading of the lines with fillers gives."""
    marked = [line for line in lines(page.words) if line.text.translate(_SIGNS).count("<") >= _FILLERS]
    return [placed for block in _blocks(marked) if (placed := _again(page, block)) is not None]


def _blocks(marked: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand closely one below the other, together; at most two blocks."""
    blocks: list[list[Line]] = []
    for line in marked:
        above = blocks[-1][-1].box if blocks else None
        if above is not None and line.box.y0 - above.y1 < _LEADING * above.height and len(blocks[-1]) < 3:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [block for block in blocks if len(block) > 1][:2]


def _again(page: Page, block: Sequence[Line]) -> Placed | None:
    """Return the zone in a block of lines if a second reading of them is valid."""
    region = around(line.box for line in block)
    texts = again(page, region, max(line.box.height for line in block))
    for count in (3, 2):
        for first in range(len(texts) - count + 1):
            found = zone(texts[first : first + count])
            if found is not None and found.valid:
                text = "\n".join(texts[first : first + count])
                sure = min(line.confidence for line in block)
                return Placed(found, page.number, region, page.reader, sure, text)
    return None


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
    return Placed(
        found,
        page.number,
        around(row.line.box for row in group),
        page.reader,
        min(row.line.confidence for row in group),
        "\n".join(row.text for row in group),
    )
