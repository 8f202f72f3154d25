"""People of a home, each told in one item: "1.- Driss Alami, NIE ..., nacido el ..., inscrito desde ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.languages.dates import FoundDate, dates_in
from extractors.lines import Word, around
from extractors.padron.page.layout import Layout, Passage
from extractors.padron.page.table import Row, Table
from extractors.padron.people.names import is_name
from extractors.prose import Prose, fold

_TITLE = r"(?:D\.?(?:ª|ña)?\.?|[Dd]on|[Dd]oña|[Dd]ona)\s+"
_ITEM = re.compile(
    rf"^[ ]*(?:(?:\d{{1,2}}\s?[.)ºª]\s?[-–.]?|\d{{1,2}}\s?[-–]|[-–•*·])\s*(?:{_TITLE})?|{_TITLE})"
    r"(?P<name>[^\n\d:,;()]+?)\s*[,;(–-](?!\s*(?:[Ss]ecret|[Aa]lcald|[Ff]uncion|[Jj]ef[ea]|[Cc]oncej|[Ii]nterv))",
    re.MULTILINE,
)
"""The beginning of an item that is a name, none of an officer; a bullet drawn as a picture is no text."""
_ID = re.compile(r"(?<!\w)(?:[XYZ]\d{7}[A-Z]|\d{8}[A-Z])(?!\w)")
_BORN = re.compile(r"(?:nacid[oa]|nad[oa]|nascu\w+|nacimiento|naixement|nacemento|jaio\w*)[^\d.;]{0,40}$")
_CAME = re.compile(r"(?:inscri\w+|empadron\w+|empadroa\w+|alta)[^\d.;]{0,40}$")

_SILENT = re.compile(
    r"(?:\W|(?<!\w)(?:con|amb|co|n\W?i\W?e|d\W?n\W?i|documento|numero|num|n|titular|provist[oa]|del?|d|l|la|el|o|a|dia|data|fecha|y|i|e"
    r"|nacid[oa]|nad[oa]|nascut|nascuda|nacimiento|naixement|nacemento|empadronad[oa]|empadronat|empadroad[oa]|inscrit[oa]?|alta|desde|dende"
    r"|des|en|figura|consta|mayor|edad)(?!\w))*"
)
"""What such an item may say besides: any other word may change what it tells."""


def with_told(layout: Layout) -> Layout:
    """Return *layout* with the people of such lists as the rows of one table, out of the text."""
    rows: list[Row] = []
    passages: list[Passage] = []
    for passage in layout.passages:
        found = list(_people(passage))
        rows += [row for row, _ in found]
        passages += _without(passage, [span for _, span in found])
    if len(rows) < 2:
        return layout
    meanings = ("name_full", "id_number", "birth_date", "in_date")
    return replace(
        layout, tables=(*layout.tables, Table(meanings=meanings, rows=tuple(rows))), passages=tuple(passages)
    )


def _people(passage: Passage) -> Iterator[tuple[Row, tuple[int, int]]]:
    """Yield a row and its place for each item of *passage*; none where one of them is not such a person."""
    prose = passage.prose
    items = list(_ITEM.finditer(prose.text))
    if not items:
        return
    ends = [*(item.start() for item in items[1:]), len(prose.text)]
    read = [_row(passage, item, _end(prose, item, end)) for item, end in zip(items, ends, strict=True)]
    if all(row is not None for row in read):
        yield from (
            (row, (item.start(), _end(prose, item, end)))
            for row, item, end in zip(read, items, ends, strict=True)
            if row is not None
        )


def _end(prose: Prose, item: re.Match[str], end: int) -> int:
    """Return where an item ends: with its sentence, or where the next one begins."""
    stop = re.compile(r"[.;]\s*\n").search(prose.text, item.end(), end)
    return stop.end() if stop else end


def _row(passage: Passage, item: re.Match[str], end: int) -> Row | None:
    """Return the row of an item that tells a name, a number, and the days of a birth and an entry alone."""
    prose = passage.prose
    number = _ID.search(prose.text, item.end(), end)
    days = {_what(prose, day): day for day in dates_in(prose.text) if item.end() <= day.start < end}
    count = sum(item.end() <= day.start < end for day in dates_in(prose.text))
    plain = set(days) <= {"birth_date", "in_date"} and "in_date" in days and len(days) == count
    spans = [(day.start, day.end) for day in days.values()] + ([number.span()] if number else [])
    plain = plain and _SILENT.fullmatch(_rest(prose, item.end("name"), end, spans)) is not None
    if number is None or not plain or not is_name(item["name"].strip()):
        return None
    cells = {name: _words(prose, day.start, day.end) for name, day in days.items()}
    cells |= {
        "name_full": _words(prose, *item.span("name")),
        "id_number": _words(prose, *number.span()),
    }
    return Row(page=passage.page, cells=cells)


def _rest(prose: Prose, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """Return what the item says besides the *spans* that are read, folded."""
    text = prose.folded[start:end]
    for first, last in spans:
        text = text[: first - start] + " " * (last - first) + text[last - start :]
    return text


def _what(prose: Prose, day: FoundDate) -> str:
    """Return what the words before a *day* say of it."""
    ahead = fold(prose.text[max(day.start - 60, 0) : day.start])
    return "in_date" if _CAME.search(ahead) else "birth_date" if _BORN.search(ahead) else "other"


def _words(prose: Prose, start: int, end: int) -> tuple[Word, ...]:
    """Return the words of a part of *prose*, without the marks behind them."""
    return tuple(word._replace(text=word.text.strip(".,;()")) for _, word in prose.words(start, end))


def _without(passage: Passage, spans: list[tuple[int, int]]) -> list[Passage]:
    """Return what stands of *passage* beside the *spans*, before and behind them as passages of their own."""
    if not spans:
        return [passage]
    prose = passage.prose
    edges = [(0, spans[0][0]), *((a[1], b[0]) for a, b in pairwise(spans))]
    edges.append((spans[-1][1], len(prose.text)))
    rest: list[Passage] = []
    for start, end in edges:
        words = tuple(word for _, word in prose.words(start, end)) if prose.text[start:end].strip() else ()
        if words:
            page = replace(passage.page, words=words)
            rest.append(Passage(page=passage.page, prose=Prose([page]), box=around(w.box for w in words)))
    return rest
