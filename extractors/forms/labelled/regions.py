"""Where the answer to a label stands: in its cell, in the cell beside it, after its colon, or below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from extractors.forms.ink.drawn import Drawing
from extractors.forms.labelled.phrases import Phrase
from extractors.lines import Box, Word
from extractors.page import Page, Widget

CELL, COLON, BESIDE, BELOW = 0.93, 0.95, 0.9, 0.85
_EITHER = 0.5
"""Certainty where both the words beside and those below could be the answer."""
_CLOSE = 40.0
"""Points past the end of a label within which its form field begins."""
_TALL = 140.0
"""Points: a higher frame holds a whole section."""


class Region(NamedTuple):
    """The place of an answer and how sure it is that no other label owns it."""

    box: Box
    sure: float
    framed: bool = False
    """Whether a drawn frame shows where to write."""


def _hangs(label: Box, cell: Box) -> bool:
    """Whether the label hangs at the top of its cell, with room for an answer below it."""
    return cell.y1 - label.y1 > 2 * (label.y0 - cell.y0) + 0.8 * label.height


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
        if cell is not None and cell.height < _TALL and not self._shared(cell, box):
            return self._in_cell(box, cell, limit)._replace(framed=True)
        beside = Box(box.x1, box.y0 - 2, limit, box.y1 + 2)
        below = Box(box.x0 - 4, box.y1, limit, self._floor(box, limit, 3.2))
        if label.colon:
            return Region(beside, COLON)
        if self._taken(beside):
            doubt = self._taken(below) and self._shares_row(box)
            return Region(beside, _EITHER if doubt else BESIDE)
        return Region(below, BELOW)

    def fields(self, label: Phrase) -> list[Widget]:
        """Return the form fields to write in that begin under *label*, or else those right of it."""
        box = label.box
        limit = self._right(box)
        write = [w for w in self.page.widgets if w.kind in {"text", "choice"}]
        floor = self._below(box, limit, box.y1 + 2.2 * max(box.height, 9.0))
        under = [w for w in write if box.y0 < w.box.y0 < floor and w.box.y1 > box.y1 + 4]
        under = [w for w in under if box.x0 - 8 < w.box.x0 < min(limit, box.x1 + _CLOSE)]
        level = [w for w in write if w.box.y0 - 2 < box.middle[1] < w.box.y1 + 2]
        level = [w for w in level if box.x1 - 2 < w.box.x0 < min(limit, box.x1 + 3 * _CLOSE)]
        return sorted(level or under, key=lambda widget: widget.box.x0)

    def sheet(self, label: Phrase) -> Region:
        """Return where somebody signs under or beside *label*."""
        box = label.box
        limit = self._right(box)
        cell = self._drawing.cell(box)
        if cell is not None and 30 < cell.height < 2 * _TALL:
            place = Box(cell.x0, box.y1, min(cell.x1, limit), self._below(box, limit, cell.y1))
            return Region(place, CELL, framed=True)
        if cell is not None and cell.height <= 30:
            under = self._drawing.cell(Box(cell.x0 + 2, cell.y1 + 2, cell.x0 + 3, cell.y1 + 4))
            if under is not None and under.height > 30:
                return Region(under, CELL, framed=True)
        beside = Box(box.x1, box.y0 - 2, limit, box.y1 + 2)
        if label.colon and self._taken(beside):
            return Region(beside, BESIDE)
        return Region(Box(box.x0 - 8, box.y1, min(limit, box.x0 + 220), self._floor(box, limit, 9)), BELOW)

    def _in_cell(self, box: Box, cell: Box, limit: float) -> Region:
        """Return the answer's place when lines are drawn around the label."""
        beside = Box(box.x1, max(cell.y0, box.y0 - 4), min(cell.x1, limit), min(cell.y1, box.y1 + 4))
        after = self._next(cell)
        below = Box(cell.x0, box.y1, min(cell.x1, limit), self._below(box, limit, cell.y1))
        if _hangs(box, cell):
            return Region(beside, CELL) if self._taken(beside) else self._hanging(cell, below, after)
        if self._taken(beside):
            return Region(beside, CELL)
        if self._taken(below):  # the label fills half of its cell, the answer the other half
            return Region(below, _EITHER if after and self._taken(after) else CELL)
        under = self._under(cell)
        if after is None or (under and self._headed(cell)):
            return Region(under or Box(box.x1, cell.y0, cell.x1, cell.y1), CELL if under else BELOW)
        return Region(after, CELL)

    def _hanging(self, cell: Box, below: Box, after: Box | None) -> Region:
        """Return the answer's place for a label at the top of its cell with nothing beside it."""
        under = self._under(cell)
        if self._taken(below):
            return Region(below, CELL)
        if under and self._taken(under) and self._headed(cell):
            return Region(under, BESIDE)
        if after is None or not (self.sideways or self._taken(after)):
            return Region(below, CELL)
        return Region(after, BESIDE) if self.sideways else Region(below, _EITHER)

    def _under(self, cell: Box) -> Box | None:
        """Return the next cell of the same column, None where none is drawn or a label stands in it."""
        under = self._drawing.cell(Box(cell.x0 + 2, cell.y1 + 2, cell.x0 + 3, cell.y1 + 4))
        if under is None or self._labelled(under):
            return None
        return under if abs(under.x0 - cell.x0) < 6 and abs(under.x1 - cell.x1) < 6 else None

    def _next(self, cell: Box) -> Box | None:
        """Return the cell to the right, None where none is drawn or a label stands in it."""
        after = self._drawing.cell(Box(cell.x1 + 2, cell.y0 + 2, cell.x1 + 3, cell.y0 + 4))
        return None if after is None or self._labelled(after) else after

    def _labelled(self, cell: Box) -> bool:
        """Whether one of our labels stands in *cell*."""
        return any(cell.holds(*other.middle) for other in self._fixed)

    def _shared(self, cell: Box, label: Box) -> bool:
        """Whether other labels stand in *cell* too: then it is a frame around text, not a place to write."""
        return any(cell.holds(*other.middle) and other != label for other in self._fixed)

    def _headed(self, cell: Box) -> bool:
        """Whether *cell* is in the top row of a table: the cells beside it hold labels too."""
        return any(
            other.y0 > cell.y0 and other.y1 < cell.y1 and not cell.holds(*other.middle)
            for other in self._fixed
        )

    @cached_property
    def sideways(self) -> bool:
        """Whether the page's tables have the label in one cell and the answer in the next."""
        framed = [
            (box, cell) for box in self._fixed if (cell := self._drawing.cell(box)) and cell.height < _TALL
        ]
        below = [cell for box, cell in framed if self._taken(cell._replace(y0=box.y1))]
        beside = [cell for _, cell in framed if (after := self._next(cell)) and self._taken(after)]
        return not below and len(beside) >= 3 and len(beside) >= 0.5 * len(framed)

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
