"""The law as data: every legal figure with the dates from which it holds, its article and a check date.

One YAML file per act beside this module. The code of the rules spells no figure; it asks here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from validators.law.export_duty import Duty, export_duty, moves_freely
from validators.tables import Table, read

__all__ = [
    "Duty",
    "Figure",
    "Value",
    "amount",
    "export_duty",
    "figure",
    "figures",
    "moves_freely",
    "version",
    "versions",
    "whole",
]

Value = bool | int | Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of an act: its values from the date each came into force, oldest first."""

    name: str
    description: str
    article: str
    checked_on: dt.date
    values: tuple[tuple[dt.date, Value], ...]

    def on(self, day: dt.date) -> Value:
        """Return the value in force on *day*; before the first date, the first value.

        A filing so old is never judged on that value alone: GEN-FILED sends it to a person.
        """
        at = bisect_right([since for since, _ in self.values], day)
        return self.values[max(at - 1, 0)][1]


@cache
def figures(act: str) -> Mapping[str, Figure]:
    """Return the figures of `<act>.yaml` by name.

    Raises:
        TableError: the file breaks the format; the message names file and line.
    """
    table = read(files(__name__).joinpath(f"{act}.yaml")).expect("act", "title", "figures")
    named = table.table("figures")
    return {name: _figure(name, named.table(name)) for name in named}


def _figure(name: str, table: Table) -> Figure:
    """Build one figure of an act's file."""
    table.expect("description", "article", "checked_on", "values")
    values = table.table("values")
    if not values:
        raise values.wrong(f"{name!r} has no value")
    return Figure(
        name=name,
        description=table.text("description"),
        article=table.text("article"),
        checked_on=table.date("checked_on"),
        values=tuple((day, _value(values, day, value)) for day, value in values.by_date()),
    )


def _value(table: Table, day: dt.date, value: Any) -> Value:
    """Return a number, a yes or no, an amount (text with a point), or a word."""
    if isinstance(value, bool | int):
        return value
    if not isinstance(value, str):
        raise table.wrong("a value is a whole number, true, false or a text between quotation marks", day)
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def figure(act: str, name: str, *, on: dt.date) -> Value:
    """Return the figure *name* of *act* in force *on* a day.

    Raises:
        KeyError: the act's file has no such figure (an error of the program).
    """
    return figures(act)[name].on(on)


def whole(act: str, name: str, *, on: dt.date) -> int:
    """Return a figure that is a whole number (days, months, years)."""
    value = figure(act, name, on=on)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{act} {name} is not a whole number")
    return value


def amount(act: str, name: str, *, on: dt.date) -> Decimal:
    """Return a figure that is an amount of money, in euros."""
    value = figure(act, name, on=on)
    if not isinstance(value, Decimal):
        raise TypeError(f"{act} {name} is not an amount")
    return value


@cache
def versions() -> tuple[dt.date, ...]:
    """Return the dates on which the law of these procedures changed (docs/law.md section 0b)."""
    table = read(files(__name__).joinpath("versions.yaml")).expect("description", "checked_on", "events")
    return tuple(day for day, _ in table.table("events").by_date())


def version(on: dt.date) -> dt.date:
    """Return the newest date of the version timeline not after *on*; before the first, the first."""
    return versions()[max(bisect_right(versions(), on) - 1, 0)]
