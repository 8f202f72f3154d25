"""The header of a table: which columns it announces, in one line or in labels broken over several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.lines import Box, Line, around, lines
from extractors.padron.page.columns import Column
from extractors.padron.vocabulary import Mark, asks_and_answers, headers_in
from extractors.prose import fold

CELL_GAP = 0.6
"""White space, in text heights, that parts two cells of a row."""
COVERED, TOLD = 0.8, 0.55
"""Share of a header row's letters that must belong to known labels, and where it says when and what."""
_WHEN = frozenset({"date", "in_date", "out_date", "period"})
_WHAT = frozenset({"type", "cause", "cause_in", "cause_out"})
UNREAD = "unread"
"""What a column means whose header is not understood."""
LEADERS = re.compile(r"(?:[._·-][ ]?){5,}|…")
"""Dots that lead the eye from a label to its value: no header has them, and its cells are not so empty."""
_SURNAME = "(?:apellido|apelido|cognom|llinatge|abizen)"
_NUMBERED = re.compile(rf"(?<!\w)[12]\.?\s?(?:er|[ornºª°])?\.?\s*{_SURNAME}|{_SURNAME}\s?[12](?!\w)")
"""The figures that number the two surnames."""
_SIDE = {"in_date": "cause_in", "out_date": "cause_out"}


def header_of(below: Sequence[Line]) -> tuple[list[Column], int]:
    """Return the columns that the first line announces, alone or with the lines under it, and how many."""
    best: tuple[list[Column], int] = ([], 0)
    for depth in range(1, len(below) + 1):
        if _figures(below[depth - 1].text) or not _close(below[:depth]):
            break
        found = _flat(below[0]) if depth == 1 else _stacked(below[:depth])
        if len(found) >= max(2, len(best[0])):
            best = found, depth
    return best


def _figures(text: str) -> bool:
    """Whether *text* holds figures, but for those that number the surnames: "1er apellido"."""
    return any(letter.isdigit() for letter in _NUMBERED.sub("", fold(text)))


def _close(stack: Sequence[Line]) -> bool:
    """Whether each line stands right under the one before."""
    return all(b.box.y0 - a.box.y1 < 0.6 * a.box.height for a, b in pairwise(stack))


def _flat(line: Line) -> list[Column]:
    """Return the columns of a header in one line, or none when its words are not all labels."""
    if ":" in line.text or LEADERS.search(line.text) or asks_and_answers(fold(line.text)):
        return []
    columns: list[Column] = []
    letters = known = 0
    for part in lines(line.words, CELL_GAP):  # no label runs over the white space between two headers
        folded = fold(part.text)
        marks = headers_in(folded)
        letters += sum(letter.isalnum() for letter in folded)
        known += sum(letter.isalnum() for mark in marks for letter in folded[mark.start : mark.end])
        columns += _columns(part, marks)
    told = sum(column.meaning != UNREAD for column in columns)
    least = TOLD if _of_moves(column.meaning for column in columns) else COVERED
    return _joined(columns) if told >= 2 and known >= least * letters else []


def _columns(part: Line, marks: Sequence[Mark]) -> list[Column]:
    """Return the columns of *part* of a header line: one where all its labels mean the same."""
    if len(marks) > 1 and len({mark.meaning for mark in marks}) == 1:
        return [Column(marks[0].meaning, part.box)]
    return [Column(mark.meaning, _span(part, mark)) for mark in marks] or [Column(UNREAD, part.box)]


def _of_moves(meanings: Iterable[str]) -> bool:
    """Whether columns say both when and what: movements, whatever else stands beside them."""
    told = set(meanings)
    return bool(told & _WHEN) and bool(told & _WHAT)


def _span(line: Line, mark: Mark) -> Box:
    """Return the box of the words that *mark* covers in the line's text."""
    boxes: list[Box] = []
    at = 0
    for word in line.words:
        if at < mark.end and mark.start < at + len(word.text):
            boxes.append(word.box)
        at += len(word.text) + 1
    return around(boxes)


def _joined(columns: list[Column]) -> list[Column]:
    """Join neighbours of one meaning that stand close: the same label in two languages."""
    kept: list[Column] = []
    for column in columns:
        near = kept and column.box.x0 - kept[-1].box.x1 < CELL_GAP * column.box.height
        if near and kept[-1].meaning == column.meaning:
            kept[-1] = Column(column.meaning, around((kept[-1].box, column.box)))
        else:
            kept.append(column)
    return kept


def _stacked(stack: Sequence[Line]) -> list[Column]:
    """Return the columns of a header whose labels are broken over several lines."""
    cells: list[list[Line]] = []
    for line in stack:
        for part in lines(line.words, CELL_GAP):
            above = [c for c in cells if over(around(x.box for x in c), part.box)]
            if len(above) > 1:
                return []
            if above:
                above[0].append(part)
            else:
                cells.append([part])
    cells.sort(key=lambda c: min(part.box.x0 for part in c))
    texts = [" ".join(part.text for part in c) for c in cells]
    boxes = [around(part.box for part in c) for c in cells]
    named = [_meaning(text) or (None if headers_in(fold(text)) else UNREAD) for text in texts]
    known = [Column(meaning, box) for meaning, box in zip(named, boxes, strict=True) if meaning]
    unread = named.count(UNREAD)
    sound = len(known) == len(named) and (
        not unread or (_of_moves(map(str, named)) and unread < len(known) / 2)
    )
    return known if sound else []


def over(a: Box, b: Box) -> bool:
    """Whether two boxes share part of their width."""
    return min(a.x1, b.x1) > max(a.x0, b.x0)


def _meaning(text: str) -> str | None:
    """Return what a header cell announces, None when it is not wholly a label."""
    folded = fold(text)
    marks = headers_in(folded)
    letters = sum(letter.isalnum() for letter in folded)
    known = sum(letter.isalnum() for mark in marks for letter in folded[mark.start : mark.end])
    if not marks or known < COVERED * letters or len({mark.meaning for mark in marks}) > 1:
        return None
    return marks[0].meaning


def _sided(meanings: Sequence[str]) -> list[str]:
    """Give each of two columns of causes the side of the date it follows: Alta, Motivo, Baja, Motivo."""
    sided = list(meanings)
    if sided.count("cause") < 2:
        return sided
    for at, (before, here) in enumerate(pairwise(meanings), start=1):
        if here == "cause" and before in _SIDE:
            sided[at] = _SIDE[before]
    return sided


def _unique(meanings: Sequence[str]) -> list[str]:
    """Number the meanings that come twice: `date`, `date#2`."""
    seen: dict[str, int] = {}
    names = []
    for meaning in meanings:
        seen[meaning] = seen.get(meaning, 0) + 1
        names.append(meaning if seen[meaning] == 1 else f"{meaning}#{seen[meaning]}")
    return names


def meanings_of(header: Sequence[Column]) -> list[str]:
    """Return what the columns of *header* mean, each name once."""
    return _unique(_sided([column.meaning for column in header]))
