"""Labels on two lines beside their value: broken by a narrow cell, or one in two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.lines import Box, Line, Word, around, lines
from extractors.padron.vocabulary import headers_in, labels_whole
from extractors.page import Page
from extractors.prose import fold

_CLOSE = 0.6
"""White space between the lines of one label at most, in their height."""
_FLUSH = 3.0
"""Points by which the lines of one label may begin apart."""
_CELL = 0.6
"""White space, in text heights, that parts the cells of a line."""
_GAP = 0.45
"""White space between a label and its value at least, in their height: a blank has less."""


def with_whole_labels(page: Page) -> Page:
    """Return *page* with such labels on the line of their value, in the room they took."""
    moved: dict[int, Word | None] = {}
    printed = page.lines
    for above, below, last in zip(printed, printed[1:], [*printed[2:], None], strict=False):
        rest = Line((*below.words, *last.words)) if last is not None and _continues(below, last) else below
        moved |= _beside_first(above, rest, moved) or _beside_first(above, below, moved)
    for above, value, below in zip(printed, printed[1:], printed[2:], strict=False):
        moved |= _beside_both(above, value, below)
    kept = (moved.get(id(word), word) for word in page.words)
    return replace(page, words=tuple(word for word in kept if word is not None)) if moved else page


def _beside_first(above: Line, below: Line, moved: Mapping[int, Word | None]) -> Mapping[int, Word]:
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


def _beside_both(above: Line, value: Line, below: Line) -> dict[int, Word | None]:
    """Return the words of labels, where their values stand level with the middle of their two lines.

    A line may hold several, each with its own value behind it; there are none where one has no fellow. Of a
    label in two languages the first has no word left.
    """
    if not above.box.middle[1] < value.box.middle[1] < below.box.middle[1]:
        return {}
    upper, lower = lines(above.words, _CELL), lines(below.words, _CELL)
    values = lines(value.words, _CELL)
    pairs = [(a, b) for a, b in zip(upper, lower, strict=False) if _continues(a, b)]
    labels = [b if _told_twice(a, b) else Line((*a.words, *b.words)) for a, b in pairs]
    whole = len(labels) == len(upper) == len(lower) and all(_whole(label.words) for label in labels)
    if not whole or not _each_before(labels, values):
        return {}
    gone = dict.fromkeys(id(word) for a, b in pairs if _told_twice(a, b) for word in a.words)
    return gone | {place: word for label in labels for place, word in _set(label.words, value.box).items()}


def _each_before(labels: Sequence[Line], values: Sequence[Line]) -> bool:
    """Whether each value has a label before it, none of them runs under the next, and none is a label."""
    ends = [*(label.box.x0 for label in labels[1:]), float("inf")]
    rooms = [(label.box.x1, end) for label, end in zip(labels, ends, strict=True)]
    return all(
        any(left < value.box.x0 and value.box.x1 <= right for left, right in rooms)
        and not labels_whole(fold(value.text))
        for value in values
    )


def _told_twice(above: Line, below: Line) -> bool:
    """Whether two lines are one label in two languages."""
    one, two = ({mark.meaning for mark in headers_in(fold(line.text))} for line in (above, below))
    return _whole(above.words) and _whole(below.words) and len(one) == 1 and one == two


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
