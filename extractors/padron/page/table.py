"""Tables on a page: a header row of known labels, columns by white space, rows by ruling or by date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.languages.dates import dates_in, mended
from extractors.lines import Box, Line, Word, around, lines
from extractors.padron.page.centred import spread
from extractors.padron.page.columns import FLUSH, Column, columns_of
from extractors.padron.page.headers import CELL_GAP, header_of, meanings_of, over
from extractors.padron.vocabulary import labels_in, labels_whole, roles_in
from extractors.page import Page
from extractors.prose import Prose, fold

DATED = frozenset({"in_date", "out_date", "date", "period"})
ANCHORS = DATED | {"type", "birth_date", "name_full", "name_reversed", "first_surname"}
"""Columns whose filling begins a new row where no line is drawn."""
_CAPTIONS = frozenset(
    {"cause_in", "cause_out", "origin", "destination", "in_date", "out_date", "issued", "notes"}
)
"""Labels that no cell of a movement or a cause ever holds."""
_HEADING = re.compile(
    r"(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.)ºª-]+\s*(?:datos|dades|datuak|observ|finalid|oharr|otros\s+datos|certific)[^\d]*$"
)
"""The numbered heading of a form's next part: "3. OBSERVACIONES"."""
_SIGNS = 2
"""Signs at most of a line that is dirt: no row of a day or a name has so few."""
_FIGURED = DATED | {"birth_date", "id_number"}
"""Columns that hold figures, and no word that is a label."""
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
"""A day in figures."""
AWAY = 0.7
"""White space over a line, in text heights, from which it is no second line of a cell."""
_CLOSERS = re.compile(
    r"^(?:y |e |i )?(?:para que|perque|lo que|o que|la present|este |esta |el presente"
    r"|la presente|expid|observacion"
    r"|nota|csv|codigo|codi |pagina|pag\.|firmad|fdo|documento|certific|en \w+, a |total|oharra|eta )"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the words of each column by the column's meaning; `box` is around all."""

    page: Page
    cells: Mapping[str, tuple[Word, ...]]

    @property
    def box(self) -> Box:
        """The box around all cells."""
        return around(word.box for words in self.cells.values() for word in words)

    def prose(self, meaning: str) -> Prose | None:
        """Return the text of a cell, None when the table has no such column or the cell is empty."""
        words = self.cells.get(meaning, ())
        return Prose([replace(self.page, words=words)]) if words else None

    def text(self, meaning: str) -> str:
        """Return the words of a cell in one line."""
        prose = self.prose(meaning)
        return " ".join(word for word in prose.text.split() if word.strip("|[]{}_")) if prose else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what its columns mean, and its rows."""

    meanings: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()


def tables_of(page: Page, going_on: Table | None = None) -> tuple[tuple[Table, ...], tuple[Word, ...]]:
    """Return the tables of *page*, and the words that belong to none.

    *going_on* is the last table of the page before: rows under its columns, before any header, go on with it.
    """
    all_lines = page.lines
    found, rest, at = _rows_without_header(page, all_lines, going_on)
    while at < len(all_lines):
        header, depth = header_of(all_lines[at : at + 3])
        if not header:
            rest += all_lines[at].words
            at += 1
            continue
        body = _body(all_lines[at + depth :], header)
        if body:
            found.append(_table(page, header, body))
        else:
            rest += [word for line in all_lines[at : at + depth] for word in line.words]
        at += depth + len(body)
    return tuple(found), tuple(rest)


def _rows_without_header(
    page: Page, all_lines: Sequence[Line], going_on: Table | None
) -> tuple[list[Table], list[Word], int]:
    """Return the rows that go on with a table, the words above them, and how many lines that were."""
    dated_columns = [c for c in going_on.columns if c.meaning in DATED] if going_on is not None else []
    for at, line in enumerate(all_lines):
        if not dated_columns or going_on is None or header_of(all_lines[at : at + 3])[0]:
            break
        parts = lines(line.words, CELL_GAP)
        if len(parts) > 1 and any(
            dates_in(p.text) and over(c.box, p.box) for p in parts for c in dated_columns
        ):
            body = _body(all_lines[at:], going_on.columns)
            above = [word for before in all_lines[:at] for word in before.words]
            return [_table(page, going_on.columns, body)], above, at + len(body)
    return [], [], 0


def _body(below: Sequence[Line], header: Sequence[Column]) -> list[Line]:
    """Return the lines under *header* that belong to the table."""
    body: list[Line] = []
    for at, line in enumerate(below):
        far = body and line.box.y0 - body[-1].box.y1 > 5 * line.box.height
        if far or _CLOSERS.match(fold(line.text)) or _spans(line, header) or header_of(below[at : at + 3])[0]:
            break
        if (
            _heads(line, below[at + 1 : at + 4], header, body)
            or _issue(line)
            or _captioned(line)
            or _section(line, header)
            or (body and _labelled_on(line, header))
        ):
            break
        if line.box.x1 < header[0].box.x0 - 40 or line.box.x0 > header[-1].box.x1 + 200:
            break
        body.append(line)
    return body


def _heads(line: Line, under: Sequence[Line], header: Sequence[Column], rows: Sequence[Line]) -> bool:
    """Whether a line is the next table's title: no figures, and a header right under it.

    It stands in a column of dates, or away from the *rows* above it.
    """
    dated = any(column.meaning in DATED and over(column.box, line.box) for column in header)
    apart = bool(rows) and line.box.y0 - rows[-1].box.y1 > AWAY * line.box.height
    plain = (dated or apart) and not any(letter.isdigit() for letter in line.text)
    return plain and len(lines(line.words, CELL_GAP)) == 1 and bool(header_of(under)[0])


def _issue(line: Line) -> bool:
    """Whether a line is a paper's closing formula: a town and the day."""
    found = dates_in(line.text)
    ahead = fold(line.text[: found[0].start]) if found else ""
    return re.fullmatch(r"(?:en )?[a-z'’() -]+,\s*(?:a |el |a dia )?", ahead) is not None


def _captioned(line: Line) -> bool:
    """Whether a line begins with a label and a colon: the next part of the paper, not a row."""
    folded = fold(line.text)
    return any(mark.start == 0 and folded[mark.end :].lstrip()[:1] == ":" for mark in labels_in(folded))


def _section(line: Line, header: Sequence[Column]) -> bool:
    """Whether a line is, or holds, a label of its own: the next part of a form, not a row."""
    if any(_caption(part) for part in lines(line.words, CELL_GAP)) or _HEADING.match(fold(line.text)):
        return True
    aside = header[0].meaning in {"type", "cause", "cause_in", "cause_out"}
    marks = labels_in(fold(line.text)) if abs(line.box.x0 - header[0].box.x0) < 3 else []
    return bool(marks) and labels_whole(fold(line.text)) and not aside


def _labelled_on(line: Line, header: Sequence[Column]) -> bool:
    """Whether a label stands in a column of days or numbers: under its value it is that of the next one."""
    told = (part for part in lines(line.words, CELL_GAP) if labels_whole(fold(part.text)))
    return any(over(column.box, part.box) for part in told for column in header if column.meaning in _FIGURED)


def _caption(part: Line) -> bool:
    """Whether part of a line is a label that no cell holds: that of the next value in a column of its own."""
    folded = fold(part.text)
    return labels_whole(folded) and labels_in(folded)[0].meaning in _CAPTIONS


def _spans(line: Line, header: Sequence[Column]) -> bool:
    """Whether a line runs on across columns as prose does."""
    parts = lines(line.words, CELL_GAP)
    if len(parts) > 1 or len(header) < 2:
        return ":" in line.text and len(parts) == 1
    if any(_flush_day(word, header[1:]) for word in line.words):
        return False
    touched = [column for column in header if over(column.box, line.box)]
    return len(touched) >= 2 or (len(line.words) > 6 and not touched)


def _flush_day(word: Word, header: Sequence[Column]) -> bool:
    """Whether *word* is a day in figures that begins where the head of a column for it does."""
    whole = _DAY.fullmatch(word.text) is not None
    return whole and any(
        column.meaning in _FIGURED and abs(column.box.x0 - word.box.x0) <= FLUSH for column in header
    )


def _table(page: Page, header: Sequence[Column], body: Sequence[Line]) -> Table:
    """Share the words of the *body* out to columns and rows."""
    place = columns_of(header, body, printed=page.reader == "text")
    meanings = meanings_of(header)
    rows = []
    for group in _groups(page, body, place, meanings):
        cells: dict[str, list[Word]] = {}
        for word in (word for line in group for word in line.words):
            cells.setdefault(meanings[place(word)], []).append(word)
        rows.append(Row(page=page, cells={name: tuple(words) for name, words in cells.items()}))
    return Table(meanings=tuple(meanings), rows=tuple(rows), columns=tuple(header))


def _groups(
    page: Page, body: Sequence[Line], place: Callable[[Word], int], meanings: Sequence[str]
) -> Iterator[list[Line]]:
    """Yield the lines of each row: between drawn lines where there are any, else from date to date."""
    drawn = [_ruled(page, a, b) for a, b in pairwise(body)]
    starts = [
        _starts(line, place, meanings) and not (at and _rest_of_date(body[at - 1], line, place))
        for at, line in enumerate(body)
    ]
    starts = spread(body, starts) if page.reader == "text" else starts
    group: list[Line] = []
    for at, line in enumerate(body):
        cut = drawn[at - 1] if any(drawn) else starts[at]
        if group and cut and not _speck(group):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _speck(group: Sequence[Line]) -> bool:
    """Whether the lines over a row are hardly a letter: dirt above it is no row of its own."""
    signs = [sign for line in group for sign in line.text if sign.isalnum()]
    return len(signs) <= _SIGNS and not any(map(str.isdigit, signs))


def _ruled(page: Page, upper: Line, lower: Line) -> bool:
    """Whether a line is drawn between two lines of text."""
    x0, x1 = min(upper.box.x0, lower.box.x0), max(upper.box.x1, lower.box.x1)
    picture = page.picture()
    scale = picture.scale
    top, bottom = upper.box.middle[1], lower.box.middle[1]
    strip = picture.grey[int(top * scale) : int(bottom * scale) + 1, int(x0 * scale) : int(x1 * scale) + 1]
    return bool(strip.size) and bool(((strip < 200).mean(axis=1) > 0.85).any())


def _starts(line: Line, place: Callable[[Word], int], meanings: Sequence[str]) -> bool:
    """Whether a line has a date, or a movement, in a column that begins a row."""
    by: dict[str, list[str]] = {}
    for word in line.words:
        by.setdefault(meanings[place(word)].partition("#")[0], []).append(word.text)
    anchors = [name for name in ANCHORS if name in {m.partition("#")[0] for m in meanings}]
    dated = [name for name in anchors if name in DATED] or anchors
    return any(_anchors(name, " ".join(by.get(name, []))) for name in dated) or bool(
        dates_in(" ".join(by.get("type", [])))
    )


def _rest_of_date(above: Line, line: Line, place: Callable[[Word], int]) -> bool:
    """Whether every date that *line* would begin is only the end of one that its cell cut in two."""
    figures = [word for word in line.words if re.fullmatch(r"[\d/.-]{1,5}", word.text)]
    if not figures or dates_in(line.text):
        return False
    over = [[w.text for w in above.words if place(w) == place(word)] for word in figures]
    return all(
        bool(texts) and bool(dates_in(mended(texts[-1] + "\n" + word.text)))
        for texts, word in zip(over, figures, strict=True)
    )


def _anchors(name: str, text: str) -> bool:
    """Whether a cell's *text* is what begins a row."""
    if name in DATED:
        return bool(dates_in(text)) or any(letter.isdigit() for letter in text)
    if name == "type":
        return any(mark.meaning in {"in", "out", "change", "other"} for mark in roles_in(fold(text)))
    return bool(text)
