"""People listed one below the other, each a numbered name with labels under it: rows of no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile

from extractors.lines import Word, around
from extractors.padron.page.labels import Labelled, labels_of
from extractors.padron.page.layout import Layout, Passage
from extractors.padron.page.table import Row, Table
from extractors.padron.people.names import is_name
from extractors.prose import Prose

_NUMBERED = re.compile(r"^[ ]*\d{1,2}(?:\s?[.)ºª]-?|\s?-)\s+(?P<name>[^\n\d:]+?)[ ,;]*$", re.MULTILINE)
"""A line that is a number and what may be a name."""
_BARE = re.compile(r"^[ ]*(?P<name>[^\n\d:]+?)[ ,;]*$", re.MULTILINE)
"""A line that may be a name alone."""
_WHO = frozenset({"id_number", "birth_date"})
"""Labels of which each person of an unnumbered list must have one."""
TOLD = frozenset({"id_number", "birth_date", "in_date", "relation", "nationality"})
"""Labels under a name that tell of one resident."""


def with_blocks(layout: Layout) -> Layout:
    """Return *layout* with the people of numbered lists as tables of one column each, out of the text."""
    rows: list[Row] = []
    passages: list[Passage] = []
    for passage in layout.passages:
        people = tuple(_people(passage))
        rows += people
        passages += _around(passage, people) if people else [passage]
    if not rows:
        return layout
    meanings = tuple(sorted({meaning for row in rows for meaning in row.cells}))
    people_table = Table(meanings=meanings, rows=tuple(rows))
    return replace(layout, tables=(*layout.tables, people_table), passages=tuple(passages))


def _people(passage: Passage) -> Iterator[Row]:
    """Yield one row for each name of *passage*, numbered or not, that has labels of a resident under it."""
    numbered = list(_under(passage, _NUMBERED))
    if numbered:
        yield from numbered
        return
    bare = list(_under(passage, _BARE))
    if len(bare) > 1 and all("in_date" in row.cells and _WHO & row.cells.keys() for row in bare):
        yield from bare


def _under(passage: Passage, line: re.Pattern[str]) -> Iterator[Row]:
    """Yield one row for each name that *line* finds in *passage* and that has such labels under it."""
    prose = passage.prose
    names = [found for found in line.finditer(prose.text) if is_name(found["name"])]
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


def _around(passage: Passage, people: tuple[Row, ...]) -> Iterator[Passage]:
    """Yield the lines of *passage* above the *people*, and those under them that no label begins."""
    top, bottom = min(row.box.y0 for row in people), max(row.box.y1 for row in people)
    whole = replace(passage.page, words=tuple(w for _, w in passage.prose.words(0, len(passage.prose.text))))
    above = [line for line in whole.lines if line.box.y1 <= top + 1]
    under = dropwhile(lambda line: ":" in line.text, (x for x in whole.lines if x.box.y0 >= bottom - 1))
    for part in (above, list(under)):
        words = tuple(word for line in part for word in line.words)
        if words:
            prose = Prose([replace(passage.page, words=words)])
            yield Passage(page=passage.page, prose=prose, box=around(word.box for word in words))
