"""A list of holidays as somebody published it: read strictly, and asked whether it can be one at all.

Two forms: the YAML of the shipped files, or lines `date;name`. A published list often names the days of the
State too; one that names them all is firm by itself. Source of the limits: RDLeg 2/2015, art. 37.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import NamedTuple

import yaml

from validators.calendar.files import Year, year_in
from validators.law import whole
from validators.provinces import slugs
from validators.tables import TableError, read

STATE, REGISTER = "state", "register"
PLACES = frozenset({STATE, REGISTER}) | slugs()
LARGEST = 64 << 10
"""Bytes of a list: a year of holidays has some hundreds."""
_LONGEST = 120
_SUNDAY = 6
_ORDERS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_HEADS = frozenset({"date", "fecha", "data"})
_FEWEST_OF_STATE, _MOST_OF_REGISTER = 6, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a bare list of days does not tell by itself."""

    place: str
    year: int
    source: str


def from_yaml(file: Traversable) -> Year:
    """Return the calendar of a YAML file, whatever it is called.

    Raises:
        TableError: it breaks the format of the shipped files, is too large or no text.
    """
    _small(file)
    try:
        found = year_in(read(file))
    except TableError:
        raise
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise TableError(file.name, 1, "not readable as a calendar", "not_readable") from error
    return _sound(found, file)


def from_lines(file: Traversable, about: About) -> Year:
    """Return the calendar of lines `date;name` (or with a comma), compared by whoever names its source.

    Raises:
        TableError: a line is no date and name, stands twice, is of another year, or the file is too large.
    """
    _small(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(file.name, 1, "not readable as text in UTF-8", "not_readable") from error
    days: dict[dt.date, str] = {}
    for number, day, name in _lines(text, file.name):
        if day in days:
            raise TableError(file.name, number, f"{day} stands twice", "twice", day)
        if day.year != about.year:
            raise TableError(file.name, number, f"{day} is no day of {about.year}", "other_year", day)
        days[day] = name
    found = Year(place=about.place, year=about.year, verified=True, source=about.source, days=days)
    return _sound(found, file)


class Expected(NamedTuple):
    """How many days a list gives with those of the State, and how few and how many a year has."""

    number: int
    least: int
    most: int


def implausible(listed: Year, state: Year | None) -> Expected | None:
    """Return the numbers that show that a list cannot be one of a year, or None where it can."""
    most = whole("et-2015", "most_holidays", on=dt.date(listed.year, 1, 1))
    local = whole("et-2015", "local_holidays", on=dt.date(listed.year, 1, 1))
    least = most - local
    number = len({*listed.days, *(state.days if state and listed.place != STATE else {})})
    if listed.place == STATE:
        least, most = _FEWEST_OF_STATE, least
    elif listed.place == REGISTER:
        least, most = _FEWEST_OF_STATE, _MOST_OF_REGISTER
    elif state is None:
        least = 1
    return None if least <= number <= most else Expected(number, least, most)


def on_sundays(listed: Year) -> tuple[dt.date, ...]:
    """Return the days of a list that are Sundays: they change nothing, and may be a slip."""
    return tuple(sorted(day for day in listed.days if day.weekday() == _SUNDAY))


def as_yaml(listed: Year, checked_on: dt.date) -> Mapping[str, object]:
    """Return a calendar as the file keeps it."""
    days = {
        day: {"name": name, "estimated": True} if day in listed.estimated else name
        for day, name in sorted(listed.days.items())
    }
    return {
        "place": listed.place,
        "year": listed.year,
        "verified": listed.verified,
        "source": listed.source,
        "checked_on": checked_on,
        "days": days,
    }


def _small(file: Traversable) -> None:
    """Refuse a file that is too large to be a list of holidays."""
    with file.open("rb") as opened:
        if len(opened.read(LARGEST + 1)) > LARGEST:
            size = f"{LARGEST >> 10} KiB"
            raise TableError(file.name, 1, f"larger than {size}: no list of holidays", "too_large", size)


def _sound(found: Year, file: Traversable) -> Year:
    """Return a calendar whose place is known and whose words are short and printable."""
    if found.place not in PLACES:
        place = found.place[:_LONGEST]
        raise TableError(file.name, 1, f"unknown place {place!r}", "unknown_place", place)
    if not dt.MINYEAR < found.year < dt.MAXYEAR:
        raise TableError(file.name, 1, f"no year: {found.year}", "no_year")
    for text in (found.source, *found.days.values()):
        if not (text.strip() and text.isprintable() and len(text) <= 4 * _LONGEST):
            raise TableError(
                file.name, 1, "a name or source is empty, too long or not printable", "bad_words"
            )
    return found


def _lines(text: str, name: str) -> Iterator[tuple[int, dt.date, str]]:
    """Yield line, date and name of every line but a heading and empty ones."""
    mark = ";" if ";" in text else ","
    for number, row in enumerate(text.splitlines(), 1):
        first, sign, rest = (part.strip() for part in row.partition(mark))
        if not row.strip() or (number == 1 and first.casefold() in _HEADS):
            continue
        day = _date(first)
        if day is None or not sign or not rest.strip('";, '):
            what = "a line is a date and a name, as 2027-03-25;Jueves Santo"
            raise TableError(name, number, what, "no_line")
        yield number, day, rest.strip('";, ')


def _date(text: str) -> dt.date | None:
    """Return the date of a cell in one of the usual orders, or None."""
    for order in _ORDERS:
        try:
            return dt.datetime.strptime(text, order).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None
