"""Which column of a table a word stands in, by the white space that runs down between columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.page import Box, Line, Word

GUTTER = 0.45
"""Least width, in text heights, of the white space between two columns."""

FLUSH = 3.0
"""Points by which a word may begin before its header and still stand flush under it."""


class Column(NamedTuple):
    """A column's meaning and the box of its header."""

    meaning: str
    box: Box


def columns_of(header: Sequence[Column], body: Sequence[Line]) -> Callable[[Word], int]:
    """Return a function that gives the index of the column a word of the *body* stands in.

    All words, and the headers, are thrown on one line: what stays connected is one strip. A strip
    belongs to the header it lies under, else to the nearest. Where one strip lies under several
    headers, each of its words goes to the last header that begins at or before it.
    """
    height = min(line.words[0].box.height for line in body)
    boxes = [column.box for column in header] + [word.box for line in body for word in line.words]
    strips = _strips(boxes, GUTTER * max(height, 1.0))
    owner = {strip: [i for i, c in enumerate(header) if _shared(c.box, strip) > 0] for strip in strips}

    def place(word: Word) -> int:
        strip = max(strips, key=lambda s: _shared(word.box, s))
        candidates = owner[strip] or [min(range(len(header)), key=lambda i: _between(header[i].box, strip))]
        if len(candidates) == 1:
            return candidates[0]
        flush = [i for i in candidates if header[i].box.x0 <= word.box.x0 + FLUSH]
        return flush[-1] if flush else candidates[0]

    return place


def _strips(boxes: Sequence[Box], gutter: float) -> list[tuple[float, float]]:
    """Return the parts of the width that words cover, parted by gutters."""
    strips: list[tuple[float, float]] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        if strips and box.x0 - strips[-1][1] < gutter:
            strips[-1] = (strips[-1][0], max(strips[-1][1], box.x1))
        else:
            strips.append((box.x0, box.x1))
    return strips


def _between(box: Box, strip: tuple[float, float]) -> float:
    """Return the white space between a header and a strip beside it."""
    return max(box.x0 - strip[1], strip[0] - box.x1)


def _shared(box: Box, strip: tuple[float, float]) -> float:
    """Return the width that a box and a strip share."""
    return min(box.x1, strip[1]) - max(box.x0, strip[0])
