"""A row of cells, one sign each: its signs set close as a word is, and which cells are empty."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extractors.forms.template import Zone
from extractors.forms.zones.cleaning import Written
from extractors.reading.raster import Grey

GAP = "_"
"""What stands in the text for a cell that is empty between others."""
_DUST = 0.12
"""Share of a sign's height that ink in a cell must reach to be one."""
_BETWEEN = 0.3
"""White between two signs of the word, in heights of a sign."""


class Row(NamedTuple):
    """The signs of a row of cells as one word's pixels, and for each cell whether it holds a sign."""

    found: Written
    inked: tuple[bool, ...]

    @property
    def signs(self) -> int:
        """How many cells hold a sign."""
        return sum(self.inked)

    def spread(self, text: str) -> str:
        """Return *text*, one sign for each inked cell, with a mark for each empty cell before the last."""
        each = iter(text)
        last = max(at for at, inked in enumerate(self.inked) if inked)
        return "".join(next(each, GAP) if inked else GAP for inked in self.inked[: last + 1])


def row(zone: Zone, found: Written, scale: float) -> Row | None:
    """Return the signs in the cells of *zone*; None where they were not written cell by cell."""
    pitch = zone.box.width / zone.cells
    bounds = [round((zone.box.x0 + pitch * at - found.box.x0) * scale) for at in range(zone.cells + 1)]
    bounds[0], bounds[-1] = min(bounds[0], 0), max(bounds[-1], found.ink.shape[1])
    tall = max(_DUST * found.high * scale, 2.0)
    signs, inked, crossed = [], [], 0
    for left, right in pairwise(bounds):
        cell = slice(max(left, 0), max(right, 0))
        ink = found.ink[:, cell]
        there = ink.any(axis=1).sum() > tall
        inked.append(bool(there))
        if there:
            xs = np.flatnonzero(ink.any(axis=0))
            signs.append(found.pixels[:, cell][:, xs[0] : xs[-1] + 1])
            crossed += int(0 < right < found.ink.shape[1] and bool(found.ink[:, right - 1 : right + 1].any()))
    if not signs or crossed > 1:
        return None
    return Row(_word(found, signs, scale), tuple(inked))


def _word(found: Written, signs: list[Grey], scale: float) -> Written:
    """Return *signs* side by side."""
    gap = np.full((found.pixels.shape[0], max(round(_BETWEEN * found.high * scale), 2)), 255, dtype=np.uint8)
    pieces = [piece for sign in signs for piece in (gap, sign)][1:]
    pixels = np.hstack(pieces)
    return found._replace(pixels=pixels, ink=pixels < 255)
