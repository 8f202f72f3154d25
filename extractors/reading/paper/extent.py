"""Is a picture one whole paper? Its print may run off an edge, or two papers may lie side by side on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.lines import Box, Word, lines
from extractors.page import Page

_AT = 2.0
"""Points from an edge at which print is cut: that of whole pages keeps 40, that of cut ones touches it."""
_MANY = 3
"""Lines at one edge that are no dirt and no shadow, nor the one line that a fax machine prints at the top."""
_CLEAR = 0.3
"""Certainty of a word that is no dirt and no shadow."""
_BROAD = 1.15
"""Breadth of two papers side by side, in their heights; two A4 sheets have 1.41."""
_MIDDLE = (0.4, 0.6)
"""Where the white space between two papers may lie, in shares of their breadth."""
_WHITE = 0.03
"""Its breadth, likewise: the margins of two sheets have 0.1, a blank in a line a tenth of that."""
_SIDE = 20
"""Words that each of two papers has at least."""


def cut_off(page: Page) -> bool:
    """Whether print of a scanned *page* runs off the picture: some of it is missing."""
    if not page.loose:
        return False
    whole = Box(0, 0, page.width, page.height)
    filed = Box(0, 0, *(page.filed or (page.width, page.height)))
    rows = [line.box for line in lines(tuple(_words(page)))]
    back = page.as_filed
    return _at_edges(rows, whole) or (back is not None and _at_edges([back(row) for row in rows], filed))


def two_papers(page: Page) -> bool:
    """Whether two papers lie side by side on *page*: white space parts it from head to foot."""
    if page.width < _BROAD * page.height:
        return False
    sides = [(word.box.x0 / page.width, word.box.x1 / page.width) for word in _words(page)]
    taken = np.zeros(round(1 / _WHITE) * 4, dtype=int)
    for left, right in sides:
        taken[max(int(left * len(taken)), 0) : int(right * len(taken)) + 1] += 1
    for at in range(int(_MIDDLE[0] * len(taken)), int(_MIDDLE[1] * len(taken)) - 3):
        if not taken[at : at + 4].any():
            before = sum(right * len(taken) <= at for _, right in sides)
            return min(before, len(sides) - before) >= _SIDE
    return False


def _words(page: Page) -> Iterator[Word]:
    """Yield the words of a page that are neither dirt nor a single sign."""
    for word in page.words:
        if word.confidence >= _CLEAR and sum(map(str.isalnum, word.text)) > 1:
            yield word


def _at_edges(boxes: list[Box], sheet: Box) -> bool:
    """Whether several *boxes* touch one side of the *sheet*."""
    touching = (
        sum(box.x0 <= _AT for box in boxes),
        sum(box.y0 <= _AT for box in boxes),
        sum(box.x1 >= sheet.x1 - _AT for box in boxes),
        sum(box.y1 >= sheet.y1 - _AT for box in boxes),
    )
    return max(touching) >= _MANY
