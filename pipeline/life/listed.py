"""A list of payments as banks and spreadsheets save it: its rows by our own names for the columns.

    rows(Path("mayo.csv"))      # [(2, {"number": "CEU01-2026-000001", "month": "2026-05", ...}), ...]

Columns are parted by semicolons, commas or tabs. A spreadsheet that opens `2026-05` may save it as `may-26`,
and an amount with the sign of the euro: both are taken for what they were.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import UsageError

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 100_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("expediente", "number", "número", "numero"),
    "month": ("mes", "month"),
    "amount": ("importe", "amount"),
    "paid_on": ("pagado_el", "paid_on", "fecha_de_pago"),
}
_FIRST_LINE = f"La primera línea es: {';'.join(names[0] for names in COLUMNS.values())}"
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_BY_NUMBER = re.compile(r"(?:01/)?(\d{1,2})/(20\d\d)")
_BY_NAME = re.compile(rf"({'|'.join(_MONTHS)})[a-zñ]*\.?[-/ ](?:20)?(\d\d)", re.IGNORECASE)


def rows(file: Path) -> list[tuple[int, Mapping[str, str]]]:
    """Return the lines of a list with their numbers in the file.

    Raises:
        UsageError: it cannot be read, is too large or empty, or lacks a column.
    """
    text = _text(file)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        found = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise UsageError(
            "El archivo no es una lista separada por comas", "Guárdelo como CSV UTF-8."
        ) from None
    if not found:
        raise UsageError("El archivo está vacío", _FIRST_LINE)
    if len(found) > MOST_LINES + 1:
        raise UsageError(f"El archivo pasa de {MOST_LINES} líneas", "Divídalo en varios.")
    places = _places(found[0][1])
    return [(number, _named(row, places)) for number, row in found[1:]]


def _text(file: Path) -> str:
    """Return the text of the file, bounded: in UTF-8, else as Windows saves it in western Europe."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"El archivo no se puede leer ({type(error).__name__})", "Compruebe la ruta."
        ) from None
    if len(raw) > MOST_BYTES:
        raise UsageError(f"El archivo pasa de {MOST_BYTES // 1024 // 1024} MiB", "Divídalo en varios.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError("El archivo no es texto, o no está en UTF-8", "Guárdelo como CSV UTF-8.")


def _delimiter(text: str) -> str:
    """Return what separates the columns of the first line."""
    first = text.split("\n", 1)[0]
    return next((mark for mark in ";\t" if mark in first), ",")


def _places(head: Sequence[str]) -> Mapping[str, int]:
    """Return the place of each column; raise UsageError if one is missing."""
    told = ["_".join(cell.casefold().split()) for cell in head]
    places = {}
    for name, spellings in COLUMNS.items():
        place = next((told.index(word) for word in spellings if word in told), None)
        if place is None:
            raise UsageError(f"Falta la columna {spellings[0]} ({name})", _FIRST_LINE)
        places[name] = place
    return places


def _named(row: Sequence[str], places: Mapping[str, int]) -> Mapping[str, str]:
    """Return a line by the names of its columns, each cell as it was before a spreadsheet dressed it."""
    cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    return cells | {"month": _month(cells["month"]), "amount": cells["amount"].rstrip("€ \u00a0")}


def _month(text: str) -> str:
    """Return a month as 2026-05, written as 05/2026, 01/05/2026 or may-26; any other text as it is."""
    if found := _BY_NUMBER.fullmatch(text):
        return f"{found[2]}-{found[1]:0>2}"
    if found := _BY_NAME.fullmatch(text):
        return f"20{found[2]}-{_MONTHS.index(found[1].casefold()) + 1:02}"
    return text
