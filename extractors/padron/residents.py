"""The people of a collective certificate, one line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Field, Item, Json
from extractors.languages.dates import dates_in, mended
from extractors.lines import around
from extractors.padron.movements.rows import row_name
from extractors.padron.page.layout import Layout
from extractors.padron.page.table import Row, Table
from extractors.padron.vocabulary import labels_in
from extractors.prose import fold

NAMED = frozenset({"name_full", "name_reversed", "given_name"})
_TOLD = ("id_number", "birth_date", "in_date", "date")
"""What a list tells of its people besides the name."""
_DOUBTFUL = 0.4
_TWO = 2
"""Births from which a line is that of several people, whose rows were not parted."""


def people_tables(layout: Layout) -> tuple[Table, ...]:
    """Return the tables that list people, not movements."""
    return tuple(
        table
        for table in layout.tables
        if NAMED & set(table.meanings) and not {"type", "out_date"} & set(table.meanings) and table.rows
    )


def residents_field(tables: Sequence[Table]) -> Field | None:
    """Return the field `residents`: `{name, id_number, birth_date, from}` for each line with a name."""
    rows = [row for table in tables for row in table.rows if row_name(row) and not _asks(row)]
    if not rows:
        return None
    first = [row for row in rows if row.page is rows[0].page]
    return Field(
        value=[_resident(row) for row in rows],
        text="; ".join(row_name(row) or "" for row in rows),
        confidence=min(_certainty(row, rows) for row in rows),
        page=rows[0].page.number,
        box=around(row.box for row in first),
        items=tuple(
            Item(page=row.page.number, box=row.box, confidence=_certainty(row, rows)) for row in rows
        ),
    )


def _asks(row: Row) -> bool:
    """Whether a line under the list only says who asked for the paper."""
    return any(mark.meaning == "asker" for mark in labels_in(fold(row_name(row) or "")))


def _resident(row: Row) -> dict[str, Json]:
    """Return one line as the contract prints it."""
    number = re.sub(
        r"[\s.-]",
        "",
        re.sub(r"^(?:dni|nie|pasaporte|pas\.?)\s*:?\s*", "", row.text("id_number"), flags=re.IGNORECASE),
    )
    return {
        "name": row_name(row),
        "id_number": number.upper() if any(letter.isdigit() for letter in number) else None,
        "birth_date": _date(row, "birth_date"),
        "from": _date(row, "in_date") or _date(row, "date"),
    }


def _date(row: Row, meaning: str) -> str | None:
    """Return the only date of a cell."""
    found = dates_in(_cell(row, meaning))
    return found[0].value.isoformat() if len(found) == 1 and found[0].value else None


def _cell(row: Row, meaning: str) -> str:
    """Return a cell's text, a date that the cell cut in two put together."""
    prose = row.prose(meaning)
    return mended(prose.text) if prose is not None else ""


def _certainty(row: Row, rows: Sequence[Row]) -> float:
    """Return how sure a line is: its dates are read, its words too, and it is no name alone among *rows*."""
    told = [any(one.text(name) for name in _TOLD) for one in (row, *rows)]
    if any(told) and not told[0]:
        return _DOUBTFUL
    words = [word.confidence for cell in row.cells.values() for word in cell]
    certain = [d.certainty for name in ("birth_date", "in_date") for d in dates_in(_cell(row, name))]
    whole = all(
        _date(row, name) or not any(c.isdigit() for c in row.text(name)) for name in ("birth_date", "in_date")
    )
    return min([0.95, *words, *certain]) if whole else _DOUBTFUL


def line_of(tables: Sequence[Table], words: frozenset[str], number: str | None) -> list[Row]:
    """Return the lines of the person with these name words or this document number."""
    rows = [row for table in tables for row in table.rows if len(dates_in(_cell(row, "birth_date"))) < _TWO]
    by_number = [
        row for row in rows if number and number in re.sub(r"[\s.-]", "", row.text("id_number")).upper()
    ]
    if by_number:
        return by_number
    return [
        row
        for row in rows
        if len(words) > 1 and words == frozenset(re.findall(r"\w+", fold(row_name(row) or "")))
    ]
