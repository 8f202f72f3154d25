"""Printed labels and what stands beside or below them, on cards, letters and receipts.

A table says which words name which field, in any language; a label may be printed in several
("APELLIDOS / SURNAMES"). What a label holds is every place where its value can stand, the likelier
first: the reader of a field takes the first place that makes sense for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from extractors.document import Field, Json
from extractors.lines import Box, Word, around, lines
from extractors.page import Page
from extractors.prose import fold
from extractors.reading import kept

Table = tuple[tuple[str, str], ...]
"""Pairs of plain label and field; a field named `_...` is a label that ends the value before it."""

_ALIKE = 88
"""Least likeness, of 100, of a long label that a reader garbled."""
_LONG = 6
_MOST_WORDS = 8
_WIDE = 2.2
"""White space, in text heights, that ends a value."""
_SPACE = 0.8
"""White space, in text heights, wider than between the words of a sentence."""
_MARK = re.compile(r"[\W_]*\d{0,2}\w?[.)/|·:]+[\W_]*|[\W_]+")
_DEEP = 3.4
"""Distance from a label down to its value, in text heights."""
_MARKS = ".,:;/|()[]·•*-–—_\"'ºª°#"

_BLANKS = str.maketrans(_MARKS, " " * len(_MARKS))


class Spot(NamedTuple):
    """Words that can be a label's value, the page they are on, and whether they stand beside it."""

    words: tuple[Word, ...]
    page: int
    beside: bool

    @property
    def text(self) -> str:
        """The words joined by single blanks, without marks at either end."""
        return " ".join(word.text for word in self.words).strip(" :;,|·_-–—/")

    def field(self, value: Json, confidence: float) -> Field:
        """Return a field for the whole spot; the least certain word lowers *confidence*."""
        return Field(
            value=value,
            text=self.text,
            confidence=min([confidence, *(word.confidence for word in self.words)]),
            page=self.page,
            box=around(word.box for word in self.words),
        )


class _Label(NamedTuple):
    """A label on a row: its field, the words it takes, and whether a colon follows."""

    field: str
    first: int
    last: int
    box: Box
    colon: bool


class _Names(NamedTuple):
    """The fields by the names of their labels, and the names that are long enough to be told when garbled."""

    fields: Mapping[str, str]
    long: tuple[str, ...]


class LabelledRow(NamedTuple):
    """The words of a row and the labels among them."""

    words: tuple[Word, ...]
    labels: tuple[_Label, ...]


def table(entries: Mapping[str, Sequence[str]]) -> Table:
    """Return the table for *entries*, field to labels."""
    return tuple((plain(label), field) for field, labels in entries.items() for label in labels)


def spots(pages: Sequence[Page], labels: Table) -> Mapping[str, tuple[Spot, ...]]:
    """Return for each field of the table the places of its value, in the order of the pages."""
    found: dict[str, list[Spot]] = {}
    for page in pages:
        rows = labelled_rows(page, labels)
        for at, row in enumerate(rows):
            for place, label in enumerate(row.labels):
                found.setdefault(label.field, []).extend(_places(rows, at, place, page.number))
    return {field: tuple(places) for field, places in found.items() if not field.startswith("_")}


def labelled(page: Page, labels: Table) -> frozenset[str]:
    """Return the fields whose labels stand on *page*, filled or not."""
    return frozenset(label.field for row in labelled_rows(page, labels) for label in row.labels)


@kept.remembered(32)
def labelled_rows(page: Page, labels: Table) -> tuple[LabelledRow, ...]:
    """Return the rows of *page* with their labels."""
    fields = dict(labels)
    names = _Names(fields, tuple(name for name in fields if len(name) >= _LONG))
    rows = []
    for line in lines(page.words):
        words = tuple(part for word in line.words for part in _parted(word))
        found = _labels(words, names, garbled=page.reader == "ocr")
        rows.append(LabelledRow(words, tuple(_merged(words, found))))
    return tuple(rows)


def _parted(word: Word) -> Iterator[Word]:
    """Yield the parts of a word with a stroke or a colon between letters: `NOMBRE/NAME`, `IBAN:ES12`."""
    pieces = [p for p in re.split(r"(?<=[^\W\d]{2})(?=/[^\W\d]{2})|(?<=[^\W\d]{2}:)(?=\S)", word.text) if p]
    wide = word.box.width / max(len(word.text), 1)
    at = 0
    for piece in pieces:
        x0 = word.box.x0 + at * wide
        yield Word(piece, Box(x0, word.box.y0, x0 + len(piece) * wide, word.box.y1), word.confidence)
        at += len(piece)


def _labels(words: Sequence[Word], names: _Names, *, garbled: bool) -> Iterator[_Label]:
    """Yield the labels among *words*, the longest first at each place."""
    at = 0
    last: _Label | None = None
    while at < len(words):
        label = _label(words, at, names, garbled=garbled)
        if label is not None and _may_begin(words, label, last):
            yield label
            last, at = label, label.last
        else:
            at += 1


def _label(words: Sequence[Word], at: int, names: _Names, *, garbled: bool) -> _Label | None:
    """Return the longest label that begins at a word, to the letter or else, on a scan, nearly."""
    reach = next((i + 1 for i in range(at, len(words)) if words[i].text.endswith(":")), len(words))
    spans = range(min(at + _MOST_WORDS, reach), at, -1)
    for nearly in (False, True) if garbled else (False,):
        for last in spans:
            field = _named(" ".join(w.text for w in words[at:last]), names, nearly=nearly)
            if field is not None:
                box = around(w.box for w in words[at:last])
                return _Label(field, at, last, box, words[last - 1].text.endswith(":"))
    return None


def _may_begin(words: Sequence[Word], label: _Label, last: _Label | None) -> bool:
    """Whether a label can stand here: at a beginning, after white space, a mark or another label.

    In the middle of a sentence its words are no label, and right after a colon they are a value.
    """
    if label.first == 0 or label.colon:
        return True
    before = words[label.first - 1]
    if words[label.first].box.x0 - before.box.x1 > _SPACE * max(before.box.height, 1.0):
        return True
    if last is not None and last.last == label.first:
        return not last.colon
    return len(before.text) <= _LONG and _MARK.fullmatch(before.text) is not None


@lru_cache(1 << 12)
def _like(garbled: str, names: tuple[str, ...]) -> str | None:
    """Return the name most like a garbled one."""
    best = process.extractOne(garbled, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[0] if best else None


def _named(text: str, names: _Names, *, nearly: bool) -> str | None:
    """Return the field that a text names as a label, None if it names none."""
    read = plain(text)
    if not nearly or len(read) < _LONG:
        return names.fields.get(read)
    alike = _like(read, names.long)
    return names.fields[alike] if alike is not None and alike.count(" ") == read.count(" ") else None


def plain(text: str) -> str:
    """Return *text* folded, without marks."""
    return " ".join(fold(text).translate(_BLANKS).split())


def _merged(words: Sequence[Word], found: Iterator[_Label]) -> Iterator[_Label]:
    """Yield labels, those of one field with nothing but marks between them as one."""
    kept: _Label | None = None
    for label in found:
        if kept is not None and kept.field == label.field and not _told(words[kept.last : label.first]):
            box = around((kept.box, label.box))
            kept = _Label(kept.field, kept.first, label.last, box, label.colon)
            continue
        if kept is not None:
            yield kept
        kept = label
    if kept is not None:
        yield kept


def _told(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return *words* without leading marks and figures in brackets, such as a label's number."""
    kept = list(words)
    while kept and re.fullmatch(r"[\W_]*|\(\w{1,3}\)", kept[0].text):
        kept.pop(0)
    return tuple(kept)


def _places(rows: Sequence[LabelledRow], at: int, place: int, page: int) -> Iterator[Spot]:
    """Yield the places of a label's value: beside it where near or after a colon, else below it first."""
    label = rows[at].labels[place]
    beside = Spot(_beside(rows[at], place), page, beside=True)
    below = [Spot(words, page, beside=False) for words in _below(rows, at, place)]
    touching = bool(beside.words) and (
        beside.words[0].box.x0 - label.box.x1 < _WIDE * max(label.box.height, 1.0)
    )
    order = [beside, *below] if label.colon or touching else [*below, beside]
    yield from (spot for spot in order if spot.words)


def _beside(row: LabelledRow, place: int) -> tuple[Word, ...]:
    """Return the words right of a label, up to the next label or a wide gap."""
    label = row.labels[place]
    end = row.labels[place + 1].first if place + 1 < len(row.labels) else len(row.words)
    words = _told(row.words[label.last : end])
    return _near(words) if words else ()


def _below(rows: Sequence[LabelledRow], at: int, place: int) -> Iterator[tuple[Word, ...]]:
    """Yield the first row of words below a label, then the same with a second row."""
    row, label = rows[at], rows[at].labels[place]
    left = label.box.x0 - label.box.height
    right = row.labels[place + 1].box.x0 - 1 if place + 1 < len(row.labels) else float("inf")
    found: tuple[Word, ...] = ()
    deepest = label.box.y1 + _DEEP * max(label.box.height, 4)
    for under in rows[at + 1 :]:
        words = tuple(w for w in under.words if left <= w.box.x0 and w.box.middle[0] < right)
        if not words:
            continue
        if words[0].box.y0 > deepest or any(left <= x.box.x0 < right for x in under.labels):
            return
        started = found
        found = (*started, *_near(words))
        yield found
        if started:
            return
        deepest = words[0].box.y1 + words[0].box.height


def _near(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the first words up to a wide gap."""
    kept = [words[0]]
    for word in words[1:]:
        if word.box.x0 - kept[-1].box.x1 > _WIDE * max(word.box.height, 1.0):
            break
        kept.append(word)
    return tuple(kept)
