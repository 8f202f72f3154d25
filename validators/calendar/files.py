"""The files of holidays: one per place and year, with its source, read strictly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from validators.tables import Table, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The holidays of one place in one year that are not those of the whole State.

    `verified`: a person compared the file with what was published. `estimated` are days whose date
    was computed or guessed, because it is fixed late (the Muslim feasts).
    """

    place: str
    year: int
    verified: bool
    source: str
    days: Mapping[dt.date, str]
    estimated: frozenset[dt.date] = frozenset()


def shipped_years() -> Iterator[Year]:
    """Yield the calendars of the files beside this module.

    Raises:
        TableError: a file breaks the format; the message names file and line.
    """
    folder = files("validators.calendar").joinpath("days")
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".yaml"):
            yield year(file)


def year(file: Traversable) -> Year:
    """Return the calendar of one file, named `<place>_<year>.yaml`.

    Raises:
        TableError: the file breaks the format; the message names file and line.
    """
    table = read(file)
    found = year_in(table)
    if file.name != f"{found.place}_{found.year}.yaml":
        raise table.wrong(f"the file must be called {found.place}_{found.year}.yaml", "place")
    return found


def year_in(table: Table) -> Year:
    """Return the calendar that a table tells, whatever its file is called."""
    table.expect("place", "year", "verified", "source", "checked_on", "days")
    table.date("checked_on")
    number = table["year"]
    if type(number) is not int:
        raise table.wrong("'year' must be a number like 2026", "year", "no_year")
    days = dict(_days(table.table("days"), number))
    return Year(
        place=table.text("place"),
        year=number,
        verified=table.flag("verified"),
        source=table.text("source"),
        days={day: name for day, (name, _) in days.items()},
        estimated=frozenset(day for day, (_, estimated) in days.items() if estimated),
    )


def _days(table: Table, number: int) -> Iterator[tuple[dt.date, tuple[str, bool]]]:
    """Yield each day with its name and whether it is estimated; a day of another year is refused."""
    for day, entry in table.by_date():
        if day.year != number:
            raise table.wrong(f"{day} is no day of {number}", day, "other_year")
        if isinstance(entry, Table):
            entry.expect("name", "estimated")
            yield day, (entry.text("name"), entry.flag("estimated"))
        elif isinstance(entry, str) and entry.strip():
            yield day, (entry.strip(), False)
        else:
            raise table.wrong(f"{day} must have a name", day, "no_name")
