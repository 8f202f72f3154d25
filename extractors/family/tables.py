"""People in a table: a row of labels, and under it a row for each person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.document import Field
from extractors.family.found import Found, Read, joined, labels, part, whole_name
from extractors.kinds._labels import LabelledRow, Spot, labelled_rows
from extractors.kinds._values import Parser, day, first, name, spanish_number
from extractors.lines import Word, around
from extractors.page import Page

_APART = 2.6
"""White space between two rows, in text heights, that ends a table."""
_PARSERS: dict[str, Parser] = {"name": whole_name, "birth_date": day, "id_number": spanish_number}
_NAMED = (("name",), ("given_name", "surnames"), ("given_name", "first_surname"))
_ORDER = ("name", "given_name", "surnames", "first_surname", "second_surname")


class _Column(NamedTuple):
    """A column: the field its label names, and from where to where it reaches."""

    field: str
    left: float
    right: float


def rows_of(page: Page, place: str) -> Read | None:
    """Return the people of a table with two rows or more, None where *page* has no such table."""
    rows = labelled_rows(page, labels())
    for at, row in enumerate(rows):
        columns = _columns(row, page.width)
        if columns is None:
            continue
        body = list(_body([r.words for r in rows[at + 1 :] if r.words], row.words))
        if len(body) > 1:
            found = [_person(words, columns, place, page.number) for words in body]
            people = tuple(one for one in found if one is not None)
            return Read(people, len(people) == len(found))
    return None


def _columns(row: LabelledRow, width: float) -> tuple[_Column, ...] | None:
    """Return the columns of a row that holds labels alone, enough of them for a name."""
    told = {label.field for label in row.labels}
    bare = sum(label.last - label.first for label in row.labels) == len(row.words)
    if not bare or len(row.labels) < 2 or not any(told.issuperset(parts) for parts in _NAMED):
        return None
    starts = [label.box.x0 - 3 for label in row.labels]
    ends = [*starts[1:], width]
    columns = zip(row.labels, starts, ends, strict=True)
    return tuple(_Column(label.field, left, right) for label, left, right in columns if label.field != "_end")


def _body(below: Sequence[Sequence[Word]], header: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the rows under a header until a wide gap."""
    last = around(word.box for word in header)
    for words in below:
        box = around(word.box for word in words)
        if box.y0 - last.y1 > _APART * max(last.height, 6.0):
            return
        yield words
        last = box


def _person(words: Sequence[Word], columns: Sequence[_Column], place: str, page: int) -> Found | None:
    """Return who stands in one row, None where the name is not whole."""
    cells = {c.field: tuple(w for w in words if c.left <= w.box.middle[0] < c.right) for c in columns}
    fields: dict[str, Field] = {}
    for field, inside in cells.items():
        parsed = first([Spot(inside, page, beside=False)], _PARSERS.get(field, name)) if inside else None
        if parsed is not None:
            fields[field] = parsed
        elif inside:
            return None
    if not any(all(part in fields for part in parts) for parts in _NAMED):
        return None
    named = [fields[part] for part in _ORDER if part in fields]
    born, number = fields.get("birth_date"), fields.get("id_number")
    return Found(
        name=" ".join(str(piece.value) for piece in named),
        place=place,
        birth_date=born.value if born else None,
        id_number=number.value if number else None,
        page=page,
        box=around(field.box for field in fields.values()),
        named=joined(named),
        born=part(born) if born else None,
        number=part(number) if number else None,
    )
