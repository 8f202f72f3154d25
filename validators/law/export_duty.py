"""Whose nationals must show that their own country's right to care is not exportable.

Orden SSI/1475/2014 art. 5.2.c for the convenio especial; RD 1192/2012 art. 6.2.e for the INSS.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar, get_args

from validators.facts import Procedure
from validators.tables import Table, read

Duty = Literal["required", "review", "none", "unknown"]
T = TypeVar("T")
_KEYS = ("countries", "evidence", "convenio_especial", "asistencia_sanitaria", "free_movement")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Countries (ISO 3166 alpha-3) that share duties, each duty from a date, oldest first."""

    countries: frozenset[str]
    convenio: tuple[tuple[dt.date, Duty], ...]
    asistencia: tuple[tuple[dt.date, Duty], ...]
    free_movement: tuple[tuple[dt.date, bool], ...]


def export_duty(
    nationality: str, procedure: Procedure = "convenio_especial", *, on: dt.date | None = None
) -> Duty:
    """Return the duty of a national of *nationality* (alpha-3) who files *on* a day (default: as of now).

    `unknown` means that the country is in no group: a person decides, as for `review`.
    """
    group = _by_country().get(nationality.strip().upper())
    if group is None:
        return "unknown"
    duties = group.asistencia if procedure == "asistencia_sanitaria" else group.convenio
    return _on(duties, on)


def moves_freely(nationality: str, *, on: dt.date) -> bool:
    """Whether a national of *nationality* is of the EU, the EEA or Switzerland on a day; Spaniards aside."""
    group = _by_country().get(nationality.strip().upper())
    return group is not None and _on(group.free_movement, on)


def _on(values: tuple[tuple[dt.date, T], ...], day: dt.date | None) -> T:
    """Return the value in force on *day*: before the first date the first, without a day the last."""
    if day is None:
        return values[-1][1]
    return values[max(bisect_right([since for since, _ in values], day) - 1, 0)][1]


@cache
def _by_country() -> Mapping[str, _Group]:
    """Return the group of each country of countries.yaml."""
    table = read(files("validators.law").joinpath("countries.yaml")).expect(
        "description", "article", "checked_on", "groups"
    )
    found: dict[str, _Group] = {}
    for name, entry in table.table("groups").items():
        group = _group(
            entry.expect(
                "countries", "evidence", "convenio_especial", "asistencia_sanitaria", "free_movement"
            )
        )
        for country in group.countries:
            if found.setdefault(country, group) is not group:
                raise entry.wrong(f"{country} of group {name!r} stands in another group too")
    return found


def _group(table: Table) -> _Group:
    """Build one group, its countries being a text of codes with blanks between."""
    table.text("evidence")
    return _Group(
        countries=frozenset(table.text("countries").split()),
        convenio=_duties(table.table("convenio_especial")),
        asistencia=_duties(table.table("asistencia_sanitaria")),
        free_movement=tuple(table.table("free_movement").by_date()),
    )


def _duties(table: Table) -> tuple[tuple[dt.date, Duty], ...]:
    """Return dated duties, refusing a word that is none."""
    for day, duty in table.by_date():
        if duty not in get_args(Duty):
            raise table.wrong(f"{duty!r} is no duty; one of {get_args(Duty)}", day)
    return tuple(table.by_date())
