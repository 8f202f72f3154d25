"""Words with their places, and the lines they stand in.

All boxes are in PDF points, origin at the top left of the page as a person sees it (after rotation).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """The centre point."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def common(self, other: Box) -> float:
        """Area in square points shared with *other*."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(across, 0.0) * max(down, 0.0)

    def grown(self, by: float) -> Box:
        """The box with *by* points more on every side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around *boxes* (at least one)."""
    lefts, tops, rights, lows = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(lows))


class Word(NamedTuple):
    """One word with its place; `confidence` is 1 for a text layer, the engine's own for OCR."""

    text: str
    box: Box
    confidence: float = 1.0


class Line(NamedTuple):
    """Words that stand side by side, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words."""
        return self.words[0].box if len(self.words) == 1 else around(word.box for word in self.words)

    @property
    def confidence(self) -> float:
        """The least certain word's confidence."""
        return min(word.confidence for word in self.words)


def lines(words: Sequence[Word], gap: float | None = None) -> tuple[Line, ...]:
    """Group *words* into lines by their height on the page.

    With *gap*, a line also ends where the white space between two words is wider than *gap* times
    the height of the text: so columns and table cells fall apart. Text that runs up the margin comes
    last, one line for each column of it, and never mixes with the lines that it passes.
    """
    return _lines(tuple(words), gap)


@lru_cache(maxsize=64)
def _lines(words: tuple[Word, ...], gap: float | None) -> tuple[Line, ...]:
    """Do what `lines` says; kept, since every kind of paper asks the same of the same page."""
    columns = _columns(words)
    upended = {word for column in columns for word in column}
    rows = _rows([word for word in words if word not in upended] if upended else words)
    level = [part for row in rows for part in _split(sorted(row, key=_left), gap)]
    return (*level, *(Line(tuple(column)) for column in columns))


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words row by row, from the top; those of a row stand at nearly one height."""
    rows: list[list[Word]] = []
    last, size = 0.0, 0.0
    for word in sorted(words, key=_place):
        _, top, _, bottom = word.box
        middle, height = (top + bottom) / 2, max(bottom - top, 1.0)
        if rows and middle - last <= 0.5 * min(size, height):
            rows[-1].append(word)
        else:
            rows.append([word])
        last, size = middle, height
    return rows


def _place(word: Word) -> tuple[float, float]:
    """Return the middle height and the left edge of *word*."""
    return (word.box[1] + word.box[3]) / 2, word.box[0]


def _left(word: Word) -> float:
    """Return the left edge of *word*."""
    return word.box[0]


def _columns(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words that run along the side of the sheet, column by column, from the foot upwards.

    A scan's boxes are drawn around the ink, so that words of one column differ in breadth by a tail or a
    capital; what is no broader stands in it where two words at least do, and it does between them.
    """
    columns: list[list[Word]] = []
    standing = [w for w in words if len(w.text) >= 4 and w.box.height > 1.5 * w.box.width]
    for word in standing:
        if not any(word in column for column in columns):
            mates = [w for w in standing if _beside(word.box, w.box)]
            place = around(w.box for w in mates).grown(1)
            columns.append([w for w in words if _in_column(word, w) or (mates[1:] and _within(w, place))])
    return [sorted(column, key=lambda w: -w.box.y1) for column in columns]


def _in_column(first: Word, word: Word) -> bool:
    """Whether *word* is exactly as wide as the first of a column and stands in it."""
    return abs(first.box.x0 - word.box.x0) <= 1 and abs(first.box.x1 - word.box.x1) <= 1


def _beside(one: Box, other: Box) -> bool:
    """Whether most of the narrower of two boxes stands above or below the other."""
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.6 * min(one.width, other.width)


def _within(word: Word, place: Box) -> bool:
    """Whether all of *word* lies in a place."""
    return place.holds(*word.box[:2]) and place.holds(*word.box[2:])


def _split(row: list[Word], gap: float | None) -> Iterable[Line]:
    """Cut a row where the white space is wider than *gap* text heights."""
    if gap is None:
        yield Line(tuple(row))
        return
    part: list[Word] = []
    for word in row:
        if part and word.box.x0 - part[-1].box.x1 > gap * max(word.box.height, 1.0):
            yield Line(tuple(part))
            part = []
        part.append(word)
    yield Line(tuple(part))
