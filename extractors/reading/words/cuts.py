"""Pieces of a page that are looked at once more: neighbouring words, and the lines of a seal or a stamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from extractors.lines import Box, Line, Word, lines
from extractors.page import Page, Picture
from extractors.reading.raster import Grey

_GAP = 1.2
"""White space, in heights of the line, up to which two words are looked at together."""
_WIDEST = 24.0
"""Breadth, in heights, of the widest piece: the recogniser squeezes wider ones."""
_EDGE = (2.0, 1.5)
"""Points around a piece, across and down."""
_DYED = 0.01
"""Share of coloured pixels from which a piece is looked at without them."""
_DARK, _PRINT = 140, 0.02
"""Grey of black print, and its share of a piece from which it is print that a stamp lies on."""


def pieces(page: Page, asked_for: AbstractSet[Word]) -> Iterator[Line]:
    """Yield the runs of neighbouring words that are to be looked at once more."""
    for line in lines(page.words):
        run: list[Word] = []
        for word in line.words:
            wanted = word in asked_for
            if run and (not wanted or _apart(run, word)):
                yield Line(tuple(run))
                run = []
            if wanted:
                run.append(word)
        if run:
            yield Line(tuple(run))


def _apart(run: Sequence[Word], word: Word) -> bool:
    """Whether *word* stands too far from the run, or would make it too wide."""
    high = max(*(one.box.height for one in run), word.box.height, 1.0)
    return word.box.x0 - run[-1].box.x1 > _GAP * high or word.box.x1 - run[0].box.x0 > _WIDEST * high


def cut(picture: Picture, piece: Line) -> Grey:
    """Return the pixels of a piece with a little paper around it, black print without a stamp over it."""
    box, (across, down) = piece.box, _EDGE
    place = Box(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down)
    whole = picture.cut(place)
    if picture.colour(place) < _DYED:
        return whole
    black = picture.without_dye(place)
    return black if float(np.mean(black < _DARK)) >= _PRINT else whole


def rows(inked: npt.NDArray[np.bool_], low: float, scale: float) -> Iterator[slice]:
    """Yield the rows of each line of letters, *low* points high at least, with a point of room.

    *inked* tells for each row whether letters stand in it; *scale* is pixels per point.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    room = max(round(scale), 1)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= low * scale:
            yield slice(max(int(start) - room, 0), int(end) + room)
