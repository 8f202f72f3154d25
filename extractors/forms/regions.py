"""Where the answer to a label stands: in its cell, in the cell beside it, after its colon, or below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.forms.ink import Drawing
from extractors.forms.phrases import Phrase
from extractors.page import Box, Page, Word

CELL, COLON, BESIDE, BELOW = 0.93, 0.95, 0.9, 0.85
_EITHER = 0.5
"""Certainty where both the words beside and those below could be the answer."""
_TALL = 140.0
"""Points: a higher frame holds a whole section."""
_TIGHT = 2.6
"""A cell less than this many label heights high holds the label alone."""


class Region(NamedTuple):
    """The place of an answer and how sure it is that no other label owns it."""

    box: Box
    sure: float


class Map:
    """One page with its phrases, its other words and its drawn lines."""

    def __init__(self, page: Page, fixed: Sequence[Box], free: Sequence[Word]) -> None:
        self.page = page
        self._fixed = fixed
        self._free = free
        self._drawing = Drawing(page.picture())

    def region(self, label: Phrase) -> Region:
        """Return where the answer to *label* stands."""
        box = label.box
        limit = self._right(box)
        cell = self._drawing.cell(box)
        if cell is not None and cell.height < _TALL:
            return self._in_cell(box, cell, limit)
        beside = Box(box.x1, box.y0 - 2, limit, box.y1 + 2)
        below = Box(box.x0 - 4, box.y1, limit, self._floor(box, limit, 3.2))
        if label.colon:
            return Region(beside, COLON)
        if self._taken(beside):
            doubt = self._taken(below) and self._shares_row(box)
            return Region(beside, _EITHER if doubt else BESIDE)
        return Region(below, BELOW)

    def sheet(self, label: Phrase) -> Region:
        """Return where somebody signs under or beside *label*."""
        box = label.box
        limit = self._right(box)
        cell = self._drawing.cell(box)
        if cell is not None and 30 < cell.height < 2 * _TALL:
            return Region(Box(cell.x0, box.y1, min(cell.x1, limit), self._below(box, limit, cell.y1)), CELL)
        if cell is not None and cell.height <= 30:
            under = self._drawing.cell(Box(box.x0, cell.y1 + 3, box.x1, cell.y1 + 12))
            if under is not None and under.height > 30:
                return Region(under, CELL)
        return Region(Box(box.x0 - 8, box.y1, min(limit, box.x0 + 220), self._floor(box, limit, 9)), BELOW)

    def _in_cell(self, box: Box, cell: Box, limit: float) -> Region:
        """Return the answer's place when lines are drawn around the label."""
        beside = Box(box.x1, max(cell.y0, box.y0 - 4), min(cell.x1, limit), min(cell.y1, box.y1 + 4))
        if cell.height >= _TIGHT * box.height:
            below = Box(cell.x0, box.y1, min(cell.x1, limit), self._below(box, limit, cell.y1))
            return Region(beside if self._taken(beside) else below, CELL)
        if self._taken(beside):
            return Region(beside, CELL)
        after = self._drawing.cell(Box(cell.x1 + 3, box.y0, cell.x1 + 6, box.y1))
        if after is None or any(after.holds(*other.middle) for other in self._fixed):
            return Region(Box(box.x1, cell.y0, cell.x1, cell.y1), BELOW)
        return Region(after, CELL)

    def _right(self, box: Box) -> float:
        """Return where the next label on the line begins, else the page's edge."""
        level = [
            other.x0 - 2
            for other in self._fixed
            if other.x0 >= box.x1 - 1 and other.y0 < box.middle[1] < other.y1
        ]
        return min(level, default=self.page.width - 12)

    def _below(self, box: Box, limit: float, most: float) -> float:
        """Return where the next label or heading below begins, at most *most*."""
        under = [
            other.y0
            for other in self._fixed
            if other.y0 >= box.y1 - 1 and other.x0 < limit and other.x1 > box.x0 - 4
        ]
        return min([most, *under])

    def _floor(self, box: Box, limit: float, heights: float) -> float:
        """Return where an answer below the label ends, without drawn lines to tell."""
        return self._below(box, limit, box.y1 + heights * max(box.height, 9.0))

    def _taken(self, box: Box) -> bool:
        """Whether anything is written in *box*, or a form field lies on it."""
        return any(box.holds(*word.box.middle) for word in self._free) or any(
            box.holds(*widget.box.middle) for widget in self.page.widgets if widget.kind in {"text", "choice"}
        )

    def _shares_row(self, box: Box) -> bool:
        """Whether other labels stand on the same line: then the answers are below."""
        return any(other.y0 < box.middle[1] < other.y1 for other in self._fixed if other != box)
