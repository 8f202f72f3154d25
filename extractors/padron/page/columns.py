"""Which column of a table a word stands in, by the white space that runs down between columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.lines import Box, Line, Word, lines

GUTTER = 0.45
"""Least width, in text heights, of the white space between two columns."""

BLANK = 1.0
"""Most white space, in text heights, between words of one cell: the smallest print is loosely boxed."""
EVEN = 1.5
"""Times the narrowest blank of a printed table up to which white space is a blank."""
APART = 3.0
"""Times as far as its cell that the other neighbour of such a word must stand."""

FLUSH = 3.0
"""Points by which a word may begin before its header and still stand flush under it."""
_FIGURES = 4
"""Figures from which a word is a day or a number, whole in its cell."""


Strip = tuple[float, float]
"""Left and right of a part of a page's width, in points."""


class Column(NamedTuple):
    """A column's meaning and the box of its header."""

    meaning: str
    box: Box


def columns_of(
    header: Sequence[Column], body: Sequence[Line], *, printed: bool = False
) -> Callable[[Word], int]:
    """Return a function that gives the index of the column a word of the *body* stands in.

    All words, and the headers, are thrown on one line: what stays connected is one strip. A strip
    belongs to the header it lies under, else to that of the strip it nearly touches, else to the nearest.
    Where one strip lies under several headers, each of its words goes to the last header that begins at or
    before it; a day or a number to the one header over it. Where the page is *printed*, and its blanks are
    therefore even, words that only blanks part go together to the one header over them: it may be centred.
    """
    height = min(line.words[0].box.height for line in body)
    boxes = [column.box for column in header] + [word.box for line in body for word in line.words]
    strips = _strips(boxes, GUTTER * max(height, 1.0))
    owner = {strip: [i for i, c in enumerate(header) if _shared(c.box, strip) > 0] for strip in strips}
    _join(strips, owner, BLANK * max(height, 1.0))
    runs = dict(_runs(body)) if printed else {}

    def place(word: Word) -> int:
        strip = max(strips, key=lambda s: _shared(word.box, s))
        run = runs.get(id(word))
        over = [i for i, c in enumerate(header) if run is not None and _shared(c.box, run) > 0]
        if len(over) == 1 and len(owner[strip]) != 1:
            return over[0]
        candidates = owner[strip] or [min(range(len(header)), key=lambda i: _between(header[i].box, strip))]
        if len(candidates) == 1:
            return candidates[0]
        under = [i for i in candidates if _shared(header[i].box, (word.box.x0, word.box.x1)) > 0]
        if len(under) == 1 and sum(map(str.isdigit, word.text)) >= _FIGURES:
            return under[0]  # a day runs on from no cell before it
        flush = [i for i in candidates if header[i].box.x0 <= word.box.x0 + FLUSH]
        return flush[-1] if flush else candidates[0]

    return place


def _runs(body: Sequence[Line]) -> Iterator[tuple[int, Strip]]:
    """Yield for each word the part of the width of the words of its line that blanks join to it."""
    blanks = [b.box.x0 - a.box.x1 for line in body for a, b in pairwise(line.words)]
    height = min(line.words[0].box.height for line in body)
    even = EVEN * min((blank for blank in blanks if blank > 0), default=0.0) / max(height, 1.0)
    for line in body:
        for run in lines(line.words, even):
            yield from ((id(word), (run.box.x0, run.box.x1)) for word in run.words)


def _join(strips: Sequence[Strip], owner: dict[Strip, list[int]], blank: float) -> None:
    """Give a strip under no header to the owner of the one it stands beside: the end of a long cell."""
    for one, two, three in zip(strips, strips[1:], [*strips[2:], None], strict=False):
        room = three[0] - two[1] if three is not None else float("inf")
        if not owner[two] and owner[one] and two[0] - one[1] <= min(blank, room / APART):
            owner[two] = owner[one][-1:]


def _strips(boxes: Sequence[Box], gutter: float) -> list[Strip]:
    """Return the parts of the width that words cover, parted by gutters."""
    strips: list[Strip] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        if strips and box.x0 - strips[-1][1] < gutter:
            strips[-1] = (strips[-1][0], max(strips[-1][1], box.x1))
        else:
            strips.append((box.x0, box.x1))
    return strips


def _between(box: Box, strip: Strip) -> float:
    """Return the white space between a header and a strip beside it."""
    return max(box.x0 - strip[1], strip[0] - box.x1)


def _shared(box: Box, strip: Strip) -> float:
    """Return the width that a box and a strip share."""
    return min(box.x1, strip[1]) - max(box.x0, strip[0])
