"""The calendars of an office: those that come with the program, and the lists that it loaded itself.

    calendars = at_hand(settings.calendars)

A loaded list stands in place of the shipped one of the same place and year. The folder is read at start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files, write_whole
from pipeline.settings import Shelf
from validators.calendar import STATE, Calendars, Year
from validators.calendar.files import year
from validators.calendar.published import as_yaml, implausible, on_sundays
from validators.tables import Fault, TableError

_LONGEST = 60
_FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        "form": "no tiene la forma de un calendario (compárelo con `ventanilla calendar prepare`)",
        "unknown_key": "no se conoce la clave «{about}»",
        "missing_key": "falta la clave «{about}»",
        "no_mapping": "aquí deben ir claves y valores",
        "no_text": "«{about}» debe ser un texto que no esté vacío",
        "no_date": "«{about}» debe ser una fecha que exista, como 2027-03-25",
        "no_flag": "«{about}» debe ser true o false",
        "no_year": "el año debe ser un número como 2027",
        "twice": "«{about}» está dos veces",
        "other_year": "el día {about} no es del año de la lista",
        "no_name": "el día {about} no lleva nombre",
        "no_line": "cada línea es una fecha y un nombre, como 2027-03-25;Jueves Santo",
        "not_readable": "no se puede leer como lista: guárdela como texto en UTF-8",
        "too_large": "es mayor de {about}: no es una lista de festivos",
        "unknown_place": "no se conoce el lugar «{about}»",
        "bad_words": "un nombre o la fuente está vacío, es demasiado largo o no se puede imprimir",
    }
)


class Change(NamedTuple):
    """What a list changes in the calendar that was at hand: days that come, days that go, by date."""

    comes: Mapping[dt.date, str]
    goes: Mapping[dt.date, str]
    was: Year | None
    sundays: tuple[dt.date, ...]


def at_hand(shelf: Shelf) -> Calendars:
    """Return the shipped calendars with the loaded ones in their place.

    Raises:
        EnvironmentFault: a file of the folder cannot be used; nothing is counted without it silently.
    """
    return Calendars.shipped().with_years(loaded(shelf))


def of_two_years(calendars: Calendars, today: dt.date) -> Iterator[tuple[str, int, Year | None]]:
    """Yield each place with the calendar of this year, then of the next; None where there is none yet."""
    for one in (today.year, today.year + 1):
        for place in sorted({place for place, _ in calendars.years}):
            yield place, one, calendars.years.get((place, one))


def loaded(shelf: Shelf) -> tuple[Year, ...]:
    """Return the calendars of the folder, none where there is no folder.

    Raises:
        EnvironmentFault: a file of it breaks the format.
    """
    return tuple(_loaded(shelf, file) for file in sorted(shelf.folder.glob("*.yaml")))


def _loaded(shelf: Shelf, file: Path) -> Year:
    """Return the calendar of one file of the folder."""
    try:
        return year(file)
    except TableError as error:
        raise _unusable(shelf, said(error)) from error
    except (yaml.YAMLError, OSError, ValueError) as error:
        raise _unusable(shelf, f"{file.name} no se puede leer como lista") from error


def said(error: TableError) -> str:
    """Return what is wrong with a list, in Spanish, with its file and line."""
    about = "".join(filter(str.isprintable, error.about))[:_LONGEST]
    return f"{error.file}, línea {error.line}: {_FAULTS[error.fault].format(about=about)}"


def _unusable(shelf: Shelf, why: str) -> EnvironmentFault:
    """Return the error for a folder with a calendar that cannot be used."""
    return EnvironmentFault(
        f"Un calendario de {shelf.folder} no se puede usar: {why}.",
        "Corríjalo, o quítelo y cargue la lista otra vez con `ventanilla calendar add`.",
    )


def add(shelf: Shelf, listed: Year, *, replace: bool, today: dt.date) -> Change:
    """Write a published list into the folder and return what it changes.

    Raises:
        UsageError: no list of a year looks so, or it changes a verified calendar and *replace* is not given.
        EnvironmentFault: the folder cannot be written.
    """
    calendars = at_hand(shelf)
    state = calendars.years.get((STATE, listed.year))
    doubt = implausible(listed, state)
    if doubt is not None:
        raise UsageError(
            f"{listed.place} {listed.year}: {doubt.number} días con los del Estado; se esperan entre "
            f"{doubt.least} y {doubt.most}.",
            "Compruebe que la lista está entera y es de ese lugar y año; si ha cambiado la del Estado "
            "(state), cárguela antes.",
        )
    change = _change(listed, calendars, on_sundays(listed))
    _allowed(listed, change, replace=replace)
    text = yaml.safe_dump(dict(as_yaml(listed, today)), allow_unicode=True, sort_keys=False)
    try:
        write_whole(Files(), shelf.folder / f"{listed.place}_{listed.year}.yaml", [text.encode()])
    except OSError as error:
        raise EnvironmentFault(
            f"No se puede escribir en {shelf.folder}: {error.strerror}",
            "Compruebe la carpeta y los permisos.",
        ) from error
    return change


def _change(listed: Year, calendars: Calendars, sundays: tuple[dt.date, ...]) -> Change:
    """Return what a list changes in what is at hand."""
    was = calendars.years.get((listed.place, listed.year))
    state = calendars.years.get((STATE, listed.year))
    everywhere = state.days if state and listed.place != STATE else {}
    before = was.days if was else {}
    return Change(
        comes={d: name for d, name in sorted(listed.days.items()) if d not in {*before, *everywhere}},
        goes={d: name for d, name in sorted(before.items()) if d not in {*listed.days, *everywhere}},
        was=was,
        sundays=sundays,
    )


def _allowed(listed: Year, change: Change, *, replace: bool) -> None:
    """Refuse to change a verified calendar, or to put an unverified one in its place, without being told."""
    if change.was is None or not change.was.verified or replace:
        return
    if change.comes or change.goes or not listed.verified:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in sorted({*change.comes, *change.goes}))
        raise UsageError(
            f"{listed.place} {listed.year} está verificado y cambiaría: {days or 'dejaría de estarlo'}.",
            "Si la lista publicada es esta, repita la orden con --replace.",
        )
