"""People listed one below the other, each a numbered name with labels under it: rows of no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.padron.labels import Labelled, labels_of
from extractors.padron.layout import Layout, Passage
from extractors.padron.names import is_name
from extractors.padron.table import Row, Table
from extractors.page import Word, around
from extractors.prose import Prose

_NUMBERED = re.compile(r"^[ ]*\d{1,2}(?:\s?[.)ºª]-?|\s?-)\s+(?P<name>[^\n\d:]+?)[ ,;]*$", re.MULTILINE)
"""A line that is a number and what may be a name."""
TOLD = frozenset({"id_number", "birth_date", "in_date", "relation", "nationality"})
"""Labels under a name that tell of one resident."""


def with_blocks(layout: Layout) -> Layout:
    """Return *layout* with the people of numbered lists as tables of one column each, out of the text."""
    rows: list[Row] = []
    passages: list[Passage] = []
    for passage in layout.passages:
        people = tuple(_people(passage))
        rows += people
        if not people:
            passages.append(passage)
        elif (rest := _before(passage, people)) is not None:
            passages.append(rest)
    if not rows:
        return layout
    meanings = tuple(sorted({meaning for row in rows for meaning in row.cells}))
    people_table = Table(meanings=meanings, rows=tuple(rows))
    return replace(layout, tables=(*layout.tables, people_table), passages=tuple(passages))


def _people(passage: Passage) -> Iterator[Row]:
    """Yield one row for each numbered name of *passage* that has labels of a resident under it."""
    prose = passage.prose
    names = [found for found in _NUMBERED.finditer(prose.text) if is_name(found["name"])]
    labels = tuple(labels_of(prose)) if names else ()
    for at, found in enumerate(names):
        end = names[at + 1].start() if at + 1 < len(names) else len(prose.text)
        under = [x for x in labels if found.end() <= x.start < end and x.meaning in TOLD and x.value]
        if under:
            cells = {x.meaning: _words(x) for x in reversed(under)}
            cells["name_full"] = tuple(w for _, w in prose.words(*found.span("name")))
            yield Row(page=passage.page, cells=cells)


def _words(label: Labelled) -> tuple[Word, ...]:
    """Return the words of a label's value."""
    return tuple(word for _, word in label.prose.words(label.start, label.end))


def _before(passage: Passage, people: tuple[Row, ...]) -> Passage | None:
    """Return the lines of *passage* above the first of the *people*, None when there are none."""
    top = min(row.box.y0 for row in people)
    words = tuple(w for _, w in passage.prose.words(0, len(passage.prose.text)) if w.box.y1 <= top + 1)
    if not words:
        return None
    prose = Prose([replace(passage.page, words=words)])
    return Passage(page=passage.page, prose=prose, box=around(word.box for word in words))
