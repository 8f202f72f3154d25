"""A letter as it is set: headings, paragraphs, lists, tables and a picture, all of plain text.

The dataclasses become the JSON that `templates/carta.typ` lays out; a word of them is never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, in a language of its own where that is not the letter's."""

    text: str
    language: str = ""
    strong: bool = False


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Small:
    """One paragraph in small type, in a language of its own where it has one."""

    line: Line
    kind: Literal["small"] = "small"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: Cell
    kind: Literal["items"] = "items"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of headings; `widths` are shares of the page's width."""

    headers: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG of our own) with its text for who does not see it."""

    svg: str
    alternative: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Signing:
    """A section kept on one page: its title, its text, and lines to be filled in or filled in already."""

    title: str
    text: str
    lines: tuple[tuple[str, str], ...]
    kind: Literal["signing"] = "signing"


Block = Heading | Paragraph | Small | Items | Grid | Picture | Signing


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A letter in one language. `mark` stands on top of every page of a draft, empty on a letter."""

    language: str
    mark: str
    head: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    to: tuple[str, ...]
    title: str
    blocks: tuple[Block, ...]
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter in one or more languages, one part each. `at` is year, month, day, hour, minute, second."""

    kind: str
    number: str
    title: str
    author: str
    draft: bool
    at: tuple[int, ...]
    parts: tuple[Part, ...]
