"""A list of payments from a bank or a spreadsheet: checked whole, then recorded whole, or not at all.

    read_in(store, Path("mayo.csv"), by, now)

One line a fee: the number of the case, the month, the amount, and the day on which it was paid, or nothing
where it was not. Separated by commas or semicolons, with a first line of names. The same list read again
adds nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.journal.port import Transaction, one
from pipeline.life.record import add, events_of
from pipeline.store import Store
from validators.life import Event, Kind, event

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 100_000
MOST_TOLD = 20
"""Bad lines that are named; the rest are counted."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "expediente", "número", "numero"),
    "month": ("month", "mes"),
    "amount": ("amount", "importe"),
    "paid_on": ("paid_on", "pagado_el", "fecha_de_pago"),
}


_CASE = "SELECT id, queue FROM cases WHERE number = :number"


class ReadIn(NamedTuple):
    """How many lines were read, and how many of them told something new."""

    lines: int
    recorded: int


class _Line(NamedTuple):
    """One line as it is read: its number in the file, the id of its case, and the event."""

    place: int
    case: str
    event: Event


class _BadLineError(ValueError):
    """A line that cannot be taken; its text repeats nothing that the line holds."""


def read_in(store: Store, file: Path, by: str, now: dt.datetime) -> ReadIn:
    """Record the payments of *file*, told by the account *by*; all of them or none.

    Raises:
        UsageError: the file cannot be read, or some lines cannot be taken: they are named by their number.
    """
    rows = _rows(file)
    with store.writing() as transaction:
        lines, bad = _checked(transaction, rows, now.date())
        if bad:
            raise _refused(bad)
        return ReadIn(len(lines), sum(_added(transaction, line, by, now) for line in lines))


def _rows(file: Path) -> list[tuple[int, Mapping[str, str]]]:
    """Return the lines of the file by our own names for its columns, with their numbers."""
    reader = csv.reader(io.StringIO(_text(file)), delimiter=_delimiter(_text(file)))
    try:
        found = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise UsageError(
            "El archivo no es una lista separada por comas", "Guárdelo como CSV UTF-8."
        ) from None
    if not found:
        raise UsageError("El archivo está vacío", f"La primera línea es: {','.join(_COLUMNS)}")
    if len(found) > MOST_LINES + 1:
        raise UsageError(f"El archivo pasa de {MOST_LINES} líneas", "Divídalo en varios.")
    places = _places(found[0][1])
    return [(number, _named(row, places)) for number, row in found[1:]]


def _text(file: Path) -> str:
    """Return the text of the file, bounded."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"El archivo no se puede leer ({type(error).__name__})", "Compruebe la ruta."
        ) from None
    if len(raw) > MOST_BYTES:
        raise UsageError(f"El archivo pasa de {MOST_BYTES // 1024 // 1024} MiB", "Divídalo en varios.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("El archivo no está en UTF-8", "Guárdelo como CSV UTF-8.") from None


def _delimiter(text: str) -> str:
    """Return what separates the columns of the first line."""
    first = text.split("\n", 1)[0]
    return ";" if ";" in first else ","


def _places(head: Sequence[str]) -> Mapping[str, int]:
    """Return the place of each column; raise UsageError if one is missing."""
    told = [cell.strip().casefold() for cell in head]
    places = {}
    for name, spellings in _COLUMNS.items():
        place = next((told.index(word) for word in spellings if word in told), None)
        if place is None:
            raise UsageError(f"Falta la columna {name}", f"La primera línea es: {','.join(_COLUMNS)}")
        places[name] = place
    return places


def _named(row: Sequence[str], places: Mapping[str, int]) -> Mapping[str, str]:
    """Return a line by the names of its columns."""
    return {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}


def _checked(
    transaction: Transaction, rows: Sequence[tuple[int, Mapping[str, str]]], today: dt.date
) -> tuple[list[_Line], list[tuple[int, str]]]:
    """Return the lines that can be taken, and of the others the number and what is wrong."""
    lines, bad = [], []
    for place, row in rows:
        try:
            lines.append(_line(transaction, place, row, today))
        except _BadLineError as error:
            bad.append((place, str(error)))
    return lines, bad


def _line(transaction: Transaction, place: int, row: Mapping[str, str], today: dt.date) -> _Line:
    """Return one line as an event of its case."""
    found = one(transaction.all(_CASE, number=row["number"]))
    if found is None:
        raise _BadLineError("no hay un expediente de ese número")
    if found["queue"] is None:
        raise _BadLineError("ese expediente no está valorado")
    paid_on = _day(row["paid_on"]) if row["paid_on"] else None
    if paid_on is not None and paid_on > today:
        raise _BadLineError("el día del pago no ha llegado todavía")
    kind = Kind.QUOTA_PAID if paid_on else Kind.QUOTA_UNPAID
    said = {"month": row["month"]} | ({"amount": row["amount"]} if paid_on else {})
    try:
        return _Line(place, str(found["id"]), event(kind, paid_on or today, said))
    except ValueError as error:
        raise _BadLineError(str(error)) from None


def _day(text: str) -> dt.date:
    """Return a day written as 2026-06-03 or 03/06/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day on paper, of no zone
        except ValueError:
            continue
    raise _BadLineError("paid_on ha de ser una fecha, AAAA-MM-DD o DD/MM/AAAA")


def _added(transaction: Transaction, line: _Line, by: str, now: dt.datetime) -> bool:
    """Record one line; that a fee was not paid is told once, however often the list is read."""
    if line.event.kind is Kind.QUOTA_UNPAID:
        known = (kept.event for kept in events_of(transaction, line.case))
        if any(told.kind is Kind.QUOTA_UNPAID and told.month == line.event.month for told in known):
            return False
    return add(transaction, line.case, line.event, by, now)


def _refused(bad: Sequence[tuple[int, str]]) -> UsageError:
    """Return what is told of a list with lines that cannot be taken."""
    return UsageError(
        f"{len(bad)} líneas no se pueden anotar; no se ha anotado ninguna\n{chr(10).join(_listed(bad))}",
        "Corrija esas líneas y repita la orden.",
    )


def _listed(bad: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the bad lines by number, the first of them."""
    yield from (f"  línea {place}: {what}" for place, what in bad[:MOST_TOLD])
    if len(bad) > MOST_TOLD:
        yield f"  y {len(bad) - MOST_TOLD} más"
