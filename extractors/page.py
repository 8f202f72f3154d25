"""What any reader yields: a page with its words, its form widgets and a picture of it.

All boxes are in PDF points, origin at the top left of the page as a person sees it (after rotation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from extractors.forms.laid import Laid

Reader = Literal["form", "text", "ocr"]

BESIDE = 10_000
"""What a second paper on one page of a file has more in its number than the first: no file has so many."""


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


class Widget(NamedTuple):
    """One AcroForm widget: `kind` as the PDF says, `on` for buttons, `signed` for signatures."""

    name: str
    kind: Literal["text", "button", "choice", "signature"]
    box: Box
    value: str | None = None
    on: bool | None = None
    export: str | None = None
    signed: bool = False


class Picture(Protocol):
    """A page as grey pixels."""

    @property
    def scale(self) -> float:
        """Pixels per point."""

    @property
    def grey(self) -> npt.NDArray[np.uint8]:
        """Rows of pixels, 0 black to 255 white."""

    @property
    def dye(self) -> npt.NDArray[np.uint8] | None:
        """How much lighter each pixel is without its coloured ink, None where the page has no colour."""

    @property
    def bilevel(self) -> bool:
        """Whether it came in black and white alone."""

    def cut(self, box: Box) -> npt.NDArray[np.uint8]:
        """Return the pixels inside *box*, which may be none."""

    def colour(self, box: Box) -> float:
        """Share of pixels inside *box* with coloured ink, 0 to 1."""

    def without_dye(self, box: Box) -> npt.NDArray[np.uint8]:
        """Return the pixels inside *box* with all coloured ink taken out."""

    def ink(self, box: Box) -> float:
        """Share of dark pixels inside *box*, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `number` counts from 1 in the file; `picture` renders when it is first asked.

    Of two papers on one page of the file the second has a number of its own, see `in_file`.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    reader: Literal["text", "ocr"]
    picture: Callable[[], Picture]
    widgets: tuple[Widget, ...] = ()
    pictures: tuple[Box, ...] = ()
    """Where pictures stand on a page that is read by its text layer: a card may be one of them."""
    second_words: Callable[[], tuple[Word, ...]] | None = None
    """The same text layer by a second, independent reader, for values on which a case stands."""
    as_filed: Callable[[Box], Box] | None = None
    """Where a box stands on the page as it was filed, if a scan was turned upright to be read."""
    filed: tuple[float, float] | None = None
    """Breadth and height in points of the page as it was filed, where `as_filed` leads."""
    poor: str | None = None
    """Why a scan can hardly be read, by a word of `extractors.reading.paper.legibility.Poor`; `corrupt`,
    of one of which the file no longer holds all."""
    spread: Callable[[], tuple[Page, ...]] | None = None
    """All papers that lie on this page of the file in the order of reading, this one among them."""
    laid: Laid | None = None
    """The known sheet on which a scan of it was laid; then the page has that sheet's coordinates."""
    hidden: bool = False
    """Whether the file holds text for this page that nobody who looks at it can see; it is not in `words`."""
    struck: bool = False
    """Whether a line was drawn through words of its text layer."""
    _lines: list[tuple[Line, ...]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The lines, once put together: every kind of paper asks for them."""
    _text: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def in_file(self) -> int:
        """The number, from 1, of the page of the file on which it lies."""
        return self.number % BESIDE

    @property
    def loose(self) -> bool:
        """Whether it is a scan that lies on no known sheet: its layout is its own."""
        return self.reader == "ocr" and self.laid is None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The words in reading order, top to bottom, grouped by line."""
        if not self._lines:
            self._lines.append(lines(self.words))
        return self._lines[0]

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        if not self._text:
            self._text.append("\n".join(line.text for line in self.lines))
        return self._text[0]


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
