"""The calendars of an office: those that come with the program, and the lists that it loaded itself.

    calendars = at_hand(settings.calendars)

A loaded list stands in place of the shipped one of the same place and year. The folder is read at start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import yaml

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files, write_whole
from pipeline.settings import Shelf
from validators.calendar import STATE, Calendars, Year
from validators.calendar.files import year
from validators.calendar.published import as_yaml, implausible, on_sundays
from validators.tables import TableError


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


def loaded(shelf: Shelf) -> tuple[Year, ...]:
    """Return the calendars of the folder, none where there is no folder.

    Raises:
        EnvironmentFault: a file of it breaks the format.
    """
    try:
        return tuple(year(file) for file in sorted(shelf.folder.glob("*.yaml")))
    except (TableError, yaml.YAMLError, OSError, ValueError) as error:
        raise EnvironmentFault(
            f"Un calendario de {shelf.folder} no se puede usar: {error}",
            "Corríjalo, o quítelo y cargue la lista otra vez con `ventanilla calendar add`.",
        ) from error


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
