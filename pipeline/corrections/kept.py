"""A correction as it is kept: who said it, when, why, of which paper, and what stood there before.

A paper is known by its bytes, its pages and the kind it was read as, never by `d3`: the word of a person
holds when the case is read again with an answer that puts other papers before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

from extractors.document import Document, Json
from extractors.lines import Box
from pipeline.corrections.said import Act, Correction

Kind = Literal[
    "corrected", "confirmed", "illegible", "not_applicable", "row_added", "row_removed", "papers", "undone"
]
"""What was said: of a value; of `papers` (another kind, split, joined); or that an earlier word falls."""


class Paper(NamedTuple):
    """Some pages of some bytes, read as a kind."""

    sha256: str
    pages: tuple[int, ...]
    kind: str


def paper_of(document: Document) -> Paper:
    """Return what *document* is known by."""
    return Paper(document.sha256, document.pages, document.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What stood there: the value, how sure it was, and for a row the row as the program read it."""

    value: Json = None
    confidence: float | None = None
    read: Json = None

    def told(self) -> dict[str, Json]:
        """Return it as JSON."""
        return {"value": self.value, "confidence": self.confidence, "read": self.read}


_NOTHING = Before()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One row. `seq` is 0 until it is kept; `undoes` names the row that falls.

    `value` of `papers`: `takes` (the papers that go) and `gives` (those that come, as reports tell them).
    `where` is the place that a person showed: page and box.
    """

    seq: int
    what: Kind
    who: str
    at: dt.datetime
    why: str = ""
    paper: Paper
    field: str = ""
    path: tuple[str, ...] = ()
    value: Json = None
    before: Before = _NOTHING
    where: Mapping[str, Any] | None = None
    undoes: int | None = None

    def of(self, document: str) -> Correction:
        """Return it as said of document `d<n>`."""
        box = Box(*self.where["box"]) if self.where else None
        return Correction(
            document=document,
            field=self.field,
            path=self.path,
            value=self.value,
            act=cast(Act, self.what),
            read=self.before.read,
            page=self.where["page"] if self.where else None,
            box=box,
        )


class Fate(NamedTuple):
    """What became of a correction that stands: the document that it is of now, None where it fits none."""

    what: Kind
    document: str | None
    field: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The papers of a case as the program read them, and each correction that stands, in their order."""

    as_read: tuple[Document, ...]
    fates: tuple[Fate, ...]


def standing(rows: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return the rows that no later one undid, in their order."""
    every = tuple(rows)
    fallen = {row.undoes for row in every if row.undoes is not None}
    return tuple(row for row in every if row.what != "undone" and (row.seq == 0 or row.seq not in fallen))
