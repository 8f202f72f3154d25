"""One line of a register: a person's stay in a municipality, from the texts or values of a row.

Columns go by the names of `pipeline.register.columns`; codes of province and municipality stay apart, and
are never taken for a postal code (docs/law.md CE-PAD-07).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.languages.countries import country
from extractors.padron.vocabulary import causes_in
from extractors.prose import fold
from pipeline.register.columns import COLUMNS, NEEDED, NUMBERS
from validators.numbers import plain

_DATES = (
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ].*)?"), "ISO"),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"), "yyyymmdd"),
    (re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"), "dd/mm/yyyy"),
)
_NONE = frozenset({"", "00000000", "0", "0000-00-00", "00/00/0000", "99999999", "null", "NULL"})
ADDRESS = {
    "street_type": "tipo_via",
    "street_name": "nombre_via",
    "number": "numero",
    "block": "bloque",
    "stair": "escalera",
    "floor": "planta",
    "door": "puerta",
    "postal_code": "codigo_postal",
}
"""Parts of an address by the contract's names, and their columns."""


class BadRow(ValueError):  # noqa: N818 - a value that is caught and counted, no error of the program
    """A row that cannot be what it should be; never says what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stay of one person. `province` has two digits, `municipality` three (INE)."""

    province: str
    municipality: str
    town: str
    numbers: tuple[str, ...]
    given_name: str
    first_surname: str
    second_surname: str
    birth_date: dt.date
    nationality: str | None
    since: dt.date
    until: dt.date | None
    cause_in: str | None
    cause_out: str | None
    origin: str | None
    address: Mapping[str, str]
    as_of: dt.date | None

    @property
    def name(self) -> str:
        """Given name and surnames."""
        return " ".join(p for p in (self.given_name, self.first_surname, self.second_surname) if p)


def entry(row: Mapping[str, Any], towns: Mapping[tuple[str, str], str]) -> Entry | None:
    """Return the entry of a row, None for a municipality that is not among *towns*.

    Raises:
        BadRow: a code, a date or a surname is missing or impossible.
    """
    codes = (code(row.get("provincia"), 2), code(row.get("municipio"), 3))
    if codes not in towns:
        return None
    since, until = day(row.get("fecha_alta")), day(row.get("fecha_baja"))
    born, surname = day(row.get("fecha_nacimiento")), _surname(row, "1")
    if since is None or born is None or not surname:
        raise BadRow
    return Entry(
        province=codes[0],
        municipality=codes[1],
        town=towns[codes],
        numbers=numbers(row),
        given_name=text(row.get("nombre")),
        first_surname=surname,
        second_surname=_surname(row, "2"),
        birth_date=born,
        nationality=country(nation) if (nation := text(row.get("nacionalidad"))) else None,
        since=since,
        until=until,
        cause_in=cause(row.get("causa_alta")),
        cause_out=cause(row.get("causa_baja")),
        origin=_origin(row.get("procedencia")),
        address={ours: value for ours, theirs in ADDRESS.items() if (value := text(row.get(theirs)))},
        as_of=day(row.get("fecha_datos")),
    )


def text(value: Any) -> str:
    """Return a value as trimmed text, empty for none; inner white space folded."""
    return " ".join(str(value).split()) if value is not None else ""


def code(value: Any, digits: int) -> str:
    """Return a code of *digits* digits, leading zeros restored; raise BadRow for anything else."""
    found = text(value)
    if not found.isdecimal() or not found.isascii() or len(found) > digits:
        raise BadRow
    return found.zfill(digits)


def day(value: Any) -> dt.date | None:
    """Return the day that a value tells in one of the three forms; None for none.

    Raises:
        BadRow: it is something else, or no day of the calendar.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    found = text(value)
    if found in _NONE:
        return None
    for form, _ in _DATES:
        if match := form.fullmatch(found):
            try:
                return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                raise BadRow from None
    raise BadRow


def numbers(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the identity numbers of a row, plainly written; one in three columns is put together."""
    parts = (text(row.get(name)) for name in ("letra_inicial", "identificador", "letra"))
    found = ("".join(parts), text(row.get("documento")))
    return tuple(dict.fromkeys(plain(number) for number in found if re.search(r"\d", number)))


def cause(value: Any) -> str | None:
    """Return the contract's slug for the words of a cause; None for words of none, or of several."""
    marks = {mark.meaning for mark in causes_in(fold(text(value)))}
    return marks.pop() if len(marks) == 1 else None


def _surname(row: Mapping[str, Any], which: str) -> str:
    """Return a surname with its particle before it."""
    return text(f"{text(row.get(f'particula{which}'))} {text(row.get(f'apellido{which}'))}")


def _origin(value: Any) -> str | None:
    """Return where the person came from: a country's alpha-3 code, or the municipality as written."""
    found = text(value)
    return (country(found) or found) if found else None


def mapping(header: Iterable[str], overrides: Mapping[str, str]) -> Mapping[str, str]:
    """Return the column of *header* for each of our names; *overrides* name the office's own columns.

    Raises:
        KeyError: a column that is needed, or named in *overrides*, is not there or stands twice; the key
            is our name.
    """
    listed = list(header)
    slugs = [slug(name) for name in listed]
    there = {key: name for key, name in zip(slugs, listed, strict=True) if slugs.count(key) == 1}
    found = {}
    for ours, known in COLUMNS.items():
        wanted = [slug(overrides[ours])] if ours in overrides else [ours, *known]
        column = next((there[name] for name in wanted if name in there), None)
        if column is not None:
            found[ours] = column
        elif ours in overrides or ours in NEEDED:
            raise KeyError(ours)
    if not set(NUMBERS) & found.keys():
        raise KeyError("identificador")
    return found


def slug(name: str) -> str:
    """Return the header of a column, folded, every other sign as `_`."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name.replace("\ufeff", "")).strip()).strip("_")
