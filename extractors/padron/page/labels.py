"""Label and value: in lines of text, and in tables of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Field, Json
from extractors.padron.page.layout import Layout
from extractors.padron.page.table import DATED, Table
from extractors.padron.vocabulary import ROLES, Mark, alone, headers_in, labels_in
from extractors.prose import Prose

_OWN_DATES = {
    "cause_in": frozenset({"in_date", "date"}),
    "origin": frozenset({"in_date", "date"}),
    "cause_out": frozenset({"out_date", "date"}),
    "destination": frozenset({"out_date", "date"}),
}
"""Columns of dates that a cause or a place in the same row tells of."""
_BULLETS = " -•*·\"'“”¿"
"""Signs before a label that mark its line, and those that a scan makes of dirt there."""
_LEADERS = re.compile(r"[ ]*(?:[._·-][ ]?){4,}|[ ]*…")
"""Dots that lead the eye from a label to its value; a date or a word cut short has no four."""

_GOES_ON = re.compile(r"\s+(?:de|del|d[oa]s?|en|y|e|i)\s|\s+d['’]|\s+(?:DE|DEL|D[OA]|EN|Y|E|I)\s|\s+D['’]")
"""Words with which a sentence goes on; "Dos Hermanas" is a town."""
_COLON = re.compile(r"[\s.]*:")
"""A colon behind a label, dots of a form before it or not."""
_HYPHEN = re.compile(r"[a-zà-ÿ]-\s(?=[A-ZÀ-Ý])")
"""A hyphen within a name at a line's end: "Torre-" over "Pacheco"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """The value behind a label: prose.text[start:end], trimmed; empty when nothing stands there."""

    meaning: str
    prose: Prose
    start: int
    end: int
    dated: bool = False
    """Whether it is a cell of a row that has a date of its own, which it tells of."""

    @property
    def value(self) -> str:
        """The value's words."""
        return " ".join(self.prose.text[self.start : self.end].split())

    def field(self, value: Json, confidence: float) -> Field:
        """Return a field with the place of the value."""
        return self.prose.field(self.start, max(self.end, self.start + 1), value, confidence)


def labelled(layout: Layout) -> tuple[Labelled, ...]:
    """Return all labels with their values, those of one-row tables first."""
    found: list[Labelled] = []
    for table in layout.tables:
        if len(table.rows) == 1:
            found += _row(table)
    for passage in layout.passages:
        found += labels_of(passage.prose)
    return tuple(found)


def _row(table: Table) -> Iterator[Labelled]:
    """Yield the cells of a table's only row."""
    known = {meaning.partition("#")[0] for meaning in table.rows[0].cells}
    for meaning in table.rows[0].cells:
        prose = table.rows[0].prose(meaning)
        if prose is not None:
            dated = bool(known & _OWN_DATES.get(meaning, DATED))
            yield Labelled(meaning=meaning, prose=prose, start=0, end=len(prose.text) - 1, dated=dated)


def labels_of(prose: Prose) -> Iterator[Labelled]:
    """Yield the labels at the beginning of a line, or before a colon, with what follows them."""
    marks = [mark for mark in _all(prose.folded) if _stands(prose, mark)]
    for at, mark in enumerate(marks):
        limit = marks[at + 1].start if at + 1 < len(marks) else len(prose.text)
        start = mark.end
        while start < limit and (prose.text[start] in " .:)–-_·…" or prose.text[start] == "\n"):
            start += 1
        line_end = _line_end(prose.text, start)
        end = min(limit, line_end if line_end >= 0 else limit)
        yield Labelled(
            meaning=mark.meaning, prose=prose, start=min(start, limit), end=max(end, min(start, limit))
        )


def _line_end(text: str, start: int) -> int:
    """Return where the line around *text[start]* ends; behind a hyphen a name goes on in the next."""
    end = text.find("\n", start)
    while end > start and _HYPHEN.match(text, end - 2):
        end = text.find("\n", end + 1)
    return end


def _all(folded: str) -> Sequence[Mark]:
    """Return labels anywhere, and bare header words where a colon follows, or that stand over their value."""
    known = labels_in(folded)
    bare = [
        mark
        for mark in headers_in(folded)
        if (_COLON.match(folded, mark.end) or alone(folded, mark))
        and all(mark.end <= k.start or k.end <= mark.start for k in known)
    ]
    return sorted([*known, *bare], key=lambda mark: mark.start)


def _stands(prose: Prose, mark: Mark) -> bool:
    """Whether a known word is a label here: a colon or leaders follow, or it begins a line as labels do."""
    after = prose.text[mark.end : mark.end + 60]
    if after.lstrip(" .)").startswith(":") or _LEADERS.match(after):
        return True
    begins = mark.start == 0 or prose.text[: mark.start].rstrip(_BULLETS).endswith("\n")
    speaks_on = _GOES_ON.match(after)
    first = after.lstrip(" ")[:1]
    told = first.isupper() or (mark.meaning in ROLES and first.isdigit())
    return begins and (after.startswith("\n") or (speaks_on is None and told))
