"""A table as CSV that opens in a Spanish spreadsheet at a double click.

UTF-8 with its mark, semicolons, decimal comma, dd/mm/aaaa, CRLF. A text that a spreadsheet would take for a
formula begins with an apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction
from typing import Final

from pipeline.exported.sheet import Cell, Sheet

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a formula, or what hides one, begins with."""


def as_csv(sheet: Sheet) -> bytes:
    """Return the file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([unreckoned(one.head) for one in sheet.columns])
    kinds = [one.kind for one in sheet.columns]
    for row in sheet.rows:
        writer.writerow([_cell(cell, share=kind == "share") for cell, kind in zip(row, kinds, strict=True)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(cell: Cell, *, share: bool) -> str:
    """Return a cell as it is written."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Fraction):
        return (
            f"{float(cell * 100):.1f}%".replace(".", ",") if share else f"{float(cell):.2f}".replace(".", ",")
        )
    return str(cell) if isinstance(cell, int) else unreckoned(cell)


def unreckoned(text: str) -> str:
    """Return a text that no spreadsheet reckons."""
    return f"'{text}" if text.startswith(_FORMULA) else text
