"""A page as tables and passages: columns of text that stand side by side are read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.lines import Box, Line, Word, around, lines
from extractors.padron.page.gutters import columns_between, space
from extractors.padron.page.items import with_items
from extractors.padron.page.table import Table, tables_of
from extractors.padron.vocabulary import asks_and_answers, headers_in
from extractors.page import Page
from extractors.prose import Prose, fold

COLUMN_GAP = 1.6
"""White space, in text heights, that parts two columns of text."""
CELL_GAP = 0.9
"""White space, in text heights, that parts the label and the value of two neighbouring boxes."""
LEADING = 0.9
"""White space between lines, in text heights, up to which text goes on."""
BELOW = 1.8
"""White space, in text heights, up to which a value stands under its label."""
FLUSH = 3.0
"""Points by which the left edges of a label and its value below may differ."""
TALLER = 0.15
"""Share of a scanned line's height that a text layer's boxes have more, above and below."""
_STANDING = 1.5
"""Heights of a word in its breadths from which it is taken for one that runs up the margin."""
_HAIR = 6.0
"""Points of breadth up to which a word is an article or a stroke: those are always higher than broad."""
_TALL = 2.0
"""Heights of a scan's usual word from which one that stands among others is no print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One column or paragraph of a page, as running text; `box` is around its words."""

    page: Page
    prose: Prose
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All tables and all passages of a document, in page order."""

    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]


def layout_of(pages: Sequence[Page]) -> Layout:
    """Return the tables of *pages* and what stands around them."""
    tables: list[Table] = []
    passages: list[Passage] = []
    for page in map(levelled, pages):
        found, rest = tables_of(page, tables[-1] if tables else None)
        tables += found
        passages += _passages(page, rest)
    return Layout(pages=tuple(pages), tables=tuple(tables), passages=tuple(passages))


def levelled(page: Page) -> Page:
    """Return a scanned *page* whose words are as tall as their line, as those of a text layer are.

    OCR draws a word's box around its ink: a dash is a point high, and white space cannot be measured by it.
    What is much taller than print is a piece of a stamp that lies over the line.
    """
    if page.reader != "ocr":
        return page
    words: list[Word] = []
    usual = median([word.box.height for word in page.words]) if page.words else 0.0
    for line in page.lines:
        if len(line.words) > 1 and line.box.height > line.box.width:
            words += line.words  # up the margin, where no word is as tall as its line
            continue
        ordinary = [word.box for word in line.words if word.box.height <= _TALL * usual]
        box = around(ordinary or [line.box])
        top, bottom = box.y0, box.y1
        more = TALLER * (bottom - top)
        words += [
            word._replace(box=_lying(Box(word.box.x0, top - more, _end(word, after), bottom + more), line))
            for word, after in zip(line.words, (*line.words[1:], None), strict=True)
        ]
    return replace(page, words=tuple(words))


def _end(word: Word, after: Word | None) -> float:
    """Return where a scan's word ends: before the next one, where the engine drew its box around both."""
    within = after is not None and word.box.x0 < after.box.x0 and after.box.x1 <= word.box.x1
    return after.box.x0 if after is not None and within else word.box.x1


def _lying(box: Box, line: Line) -> Box:
    """Return the box of a word of a level *line*, not so high that it would seem to run up the margin."""
    level = box.width > _HAIR and line.box.width > line.box.height
    half, middle = min(box.height, _STANDING * box.width) / 2, box.middle[1]
    return box._replace(y0=middle - half, y1=middle + half) if level else box


def _passages(page: Page, words: Sequence[Word]) -> list[Passage]:
    """Return the passages that *words* make, top to bottom."""
    whole = lines(words)
    wide = max(COLUMN_GAP, 2.4 * space(whole))
    gutters = columns_between(whole)
    close = max(CELL_GAP, 2.4 * space(whole))
    rows = [
        _labelled(with_items(_boxed(line, close) or _parted(line, gaps, wide)))
        for line, gaps in zip(whole, gutters, strict=True)
    ]
    groups: list[list[list[Line]]] = []
    open_groups: list[list[list[Line]]] = []
    for row in rows:
        taken: list[list[list[Line]]] = []
        for cell in row:
            above = [g for g in open_groups if _under(g[-1], cell, row)]
            if len(above) == 1 and above[0] not in taken:
                above[0].append([cell])
                taken.append(above[0])
            else:
                groups.append([[cell]])
                taken.append(groups[-1])
        open_groups = taken
    return [_passage(page, group) for group in groups]


def _parted(line: Line, gaps: Sequence[float], wide: float) -> list[Line]:
    """Cut a line where it leaves white space *wide* as so many heights, and at the middles of gutters."""
    cells: list[Line] = []
    gaps = [gap for gap in gaps if not _through_label(line, gap)] if gaps else gaps
    for part in _whole_labels(line, lines(line.words, wide)):
        word_groups: dict[int, list[Word]] = {}
        for word in part.words:
            word_groups.setdefault(sum(gap < word.box.x0 for gap in gaps), []).append(word)
        cells += [Line(tuple(group)) for group in word_groups.values()]
    return cells


def _boxed(line: Line, close: float) -> list[Line]:
    """Return the cells of a line of labels and values in turn, closer than columns; none if it is no such.

    Two labels at least, and each value with its own before it: running text never falls into that order.
    """
    parts = lines(line.words, close)
    if len(parts) < 4 or len(parts) % 2:
        return []
    named = [is_label(part.text) for part in parts]
    return list(parts) if named == [True, False] * (len(parts) // 2) else []


def _whole_labels(line: Line, parts: Sequence[Line]) -> Sequence[Line]:
    """Join parts of a line where the white space is within a label before a colon: a line stretched out."""
    if len(parts) < 2 or ":" not in line.text:
        return parts
    joined = [parts[0]]
    for part in parts[1:]:
        if part.text.startswith(":") or not _through_label(line, part.box.x0 - 0.1, before_colon=True):
            joined.append(part)
        else:
            joined[-1] = Line((*joined[-1].words, *part.words))
    return joined


def _through_label(line: Line, gap: float, *, before_colon: bool = False) -> bool:
    """Whether a gutter would cut the words of one label, as stretched lines under each other seem to have."""
    left = sum(len(word.text) + 1 for word in line.words if word.box.x0 < gap)
    folded = fold(line.text)
    return any(
        mark.start < left - 1
        and left < mark.end
        and (not before_colon or folded[mark.end :].lstrip()[:1] == ":")
        for mark in headers_in(folded)
    )


def _passage(page: Page, group: Sequence[Sequence[Line]]) -> Passage:
    """Return a passage of the lines of one column."""
    words = tuple(word for row in group for cell in row for word in cell.words)
    return Passage(
        page=page, prose=Prose([replace(page, words=words)]), box=around(word.box for word in words)
    )


def _under(last: Sequence[Line], cell: Line, row: Sequence[Line]) -> bool:
    """Whether *cell* goes on with the column whose last line is *last*, and no neighbour of it does."""
    above = around(line.box for line in last)
    room = BELOW if _headed(last, cell) else LEADING
    if cell.box.y0 - above.y1 > room * max(cell.box.height, 1.0) or not _over(above, cell.box):
        return False
    return sum(_over(above, other.box) for other in row) == 1


def _headed(last: Sequence[Line], cell: Line) -> bool:
    """Whether a label stands flush over *cell*, which is no label: a form's value under its name."""
    if len(last) != 1 or abs(last[0].box.x0 - cell.box.x0) > FLUSH:
        return False
    return is_label(last[0].text) and not is_label(cell.text)


def _over(a: Box, b: Box) -> bool:
    """Whether two boxes share part of their width."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1.0


def _labelled(row: Sequence[Line]) -> list[Line]:
    """Join a label with the value to its right."""
    joined: list[Line] = []
    waiting = False
    for cell in row:
        label = is_label(cell.text)
        after = joined[-1].text if joined else ""
        value = (
            not label or (after.endswith(":") and not cell.text.endswith(":")) or _answers(after, cell.text)
        )
        if joined and ((waiting and value) or cell.text.startswith(":")):
            joined[-1] = Line((*joined[-1].words, *cell.words))
        else:
            joined.append(cell)
        waiting = label
    return joined


def _answers(label: str, text: str) -> bool:
    """Whether *text* is a cause behind a *label* that asks for one, though it names a column elsewhere."""
    return asks_and_answers(fold(f"{label} {text}"))


def is_label(text: str) -> bool:
    """Whether *text* is a label and nothing else."""
    stripped = text.strip()
    folded = fold(stripped.rstrip(": ."))
    if stripped.endswith(":"):
        words = max(len(half.split()) for half in folded.split("/"))
        return words <= 6 and not set(folded) & set(",;.")
    marks = headers_in(fold(stripped.rstrip(": ")))  # a word cut short keeps its full stop
    return bool(marks) and sum(mark.end - mark.start for mark in marks) >= 0.8 * len(folded)
