"""Labels that a narrow cell breaks over two lines beside their value: "País de | Chile", "procedencia"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.padron.vocabulary import labels_whole
from extractors.page import Box, Line, Page, Word, around
from extractors.prose import fold

_CLOSE = 0.6
"""White space between the lines of one label at most, in their height."""
_FLUSH = 3.0
"""Points by which the lines of one label may begin apart."""
_GAP = 0.45
"""White space between a label and its value at least, in their height: a blank has less."""


def with_whole_labels(page: Page) -> Page:
    """Return *page* with such labels on the line of their value, in the room they took."""
    moved: dict[int, Word] = {}
    lines = page.lines
    for above, below in pairwise(lines):
        moved |= _beside_first(above, below, moved)
    for above, value, below in zip(lines, lines[1:], lines[2:], strict=False):
        moved |= _beside_both(above, value, below)
    return replace(page, words=tuple(moved.get(id(word), word) for word in page.words)) if moved else page


def _beside_first(above: Line, below: Line, moved: Mapping[int, Word]) -> Mapping[int, Word]:
    """Return the words of a label, where its value stands beside its first line."""
    if not _continues(above, below) or any(id(word) in moved for word in above.words):
        return {}
    for cut in range(1, len(above.words)):
        label, value = above.words[:cut], above.words[cut:]
        room = value[0].box.x0 - label[-1].box.x1
        free = below.box.x1 < value[0].box.x0 and room >= _GAP * above.box.height
        if free and _whole((*label, *below.words)):
            return _set((*label, *below.words), above.box)
    return {}


def _beside_both(above: Line, value: Line, below: Line) -> Mapping[int, Word]:
    """Return the words of a label, where its value stands level with the middle of its two lines."""
    level = above.box.middle[1] < value.box.middle[1] < below.box.middle[1]
    aside = value.box.x0 > max(above.box.x1, below.box.x1)
    if level and aside and _continues(above, below) and _whole((*above.words, *below.words)):
        return _set((*above.words, *below.words), value.box)
    return {}


def _continues(above: Line, below: Line) -> bool:
    """Whether *below* stands right under the beginning of *above*."""
    flush = abs(above.box.x0 - below.box.x0) <= _FLUSH
    return flush and below.box.y0 - above.box.y1 < _CLOSE * above.box.height


def _whole(words: Sequence[Word]) -> bool:
    """Whether *words* are one label and nothing else."""
    return labels_whole(fold(" ".join(word.text for word in words)))


def _set(words: Sequence[Word], line: Box) -> Mapping[int, Word]:
    """Return *words* side by side on *line*, as wide together as they stood."""
    room = around(word.box for word in words)
    letters = sum(len(word.text) + 1 for word in words) - 1
    placed: dict[int, Word] = {}
    at = 0
    for word in words:
        left, right = (room.x0 + room.width * n / letters for n in (at, at + len(word.text)))
        placed[id(word)] = word._replace(box=Box(left, line.y0, right, line.y1))
        at += len(word.text) + 1
    return placed
