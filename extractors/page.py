"""What any reader yields: a page with its words, its form widgets and a picture of it.

All boxes are in PDF points, origin at the top left of the page as a person sees it (after rotation).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from extractors.lines import Box, Line, Word, lines

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from extractors.forms.laid import Laid

Reader = Literal["form", "text", "ocr"]

BESIDE = 10_000
"""What a second paper on one page of a file has more in its number than the first: no file has so many."""


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
