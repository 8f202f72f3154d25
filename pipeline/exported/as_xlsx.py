"""Tables as one XLSX: a sheet for each, with numbers that are numbers and days that are days."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.exported.sheet import Cell, Column, Kind, Sheet

_FORMS: Mapping[Kind, str] = {"text": "@", "number": "#,##0.##", "share": "0.0%", "day": "dd/mm/yyyy"}
_WIDEST, _NARROWEST = 60, 9
"""Characters of a column."""
_NAME = 31
"""Characters that the name of a sheet may have (ECMA-376)."""
_SAFE = {
    # rows go out as they come; nothing that is written is taken for a formula, a link or a number
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def as_xlsx(sheets: Iterable[Sheet], title: str, at: dt.datetime) -> bytes:
    """Return the file, made at a moment."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        forms = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_named(sheet.title, taken))
            _fill(page, sheet, head, forms)
    return out.getvalue()


def _named(title: str, taken: set[str]) -> str:
    """Return a name for a sheet that no other has, of letters that names may have."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:_NAME] or "-"
    name, n = plain, 1
    while name.casefold() in taken:
        n += 1
        name = f"{plain[: _NAME - 3]} {n}"
    taken.add(name.casefold())
    return name


def _fill(page: Worksheet, sheet: Sheet, head: Format, forms: Mapping[Kind, Format]) -> None:
    """Write a table below its head, which stays in sight."""
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, _width(column, [row[n] for row in sheet.rows]))
    for n, column in enumerate(sheet.columns):
        page.write_string(0, n, column.head, head)
    for line, row in enumerate(sheet.rows, 1):
        for n, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write(page, (line, n), cell, forms[column.kind])


def _write(page: Worksheet, at: tuple[int, int], cell: Cell, form: Format) -> None:
    """Write one cell as what it is."""
    if isinstance(cell, dt.date):
        page.write_datetime(*at, dt.datetime.combine(cell, dt.time()), form)
    elif isinstance(cell, int | Fraction):
        page.write_number(*at, float(cell) if isinstance(cell, Fraction) else cell, form)
    elif cell is not None:
        page.write_string(*at, cell, form)


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """Return how wide a column is so that its cells can be read."""
    longest = max((len(str(cell)) for cell in cells if isinstance(cell, str)), default=0)
    words = max(map(len, column.head.split()), default=0)
    return min(max(longest, words + 2, 12 if column.kind == "day" else _NARROWEST), _WIDEST)
