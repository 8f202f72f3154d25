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
from typing import Literal, get_args

from validators.facts import Procedure
from validators.tables import Table, read

Duty = Literal["required", "review", "none", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Countries (ISO 3166 alpha-3) that share duties, each duty from a date, oldest first."""

    countries: frozenset[str]
    convenio: tuple[tuple[dt.date, Duty], ...]
    asistencia: tuple[tuple[dt.date, Duty], ...]


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
    if on is None:
        return duties[-1][1]
    return duties[max(bisect_right([since for since, _ in duties], on) - 1, 0)][1]


@cache
def _by_country() -> Mapping[str, _Group]:
    """Return the group of each country of countries.yaml."""
    table = read(files("validators.law").joinpath("countries.yaml")).expect(
        "description", "article", "checked_on", "groups"
    )
    found: dict[str, _Group] = {}
    for name, entry in table.table("groups").items():
        group = _group(entry.expect("countries", "evidence", "convenio_especial", "asistencia_sanitaria"))
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
    )


def _duties(table: Table) -> tuple[tuple[dt.date, Duty], ...]:
    """Return dated duties, refusing a word that is none."""
    for day, duty in table.by_date():
        if duty not in get_args(Duty):
            raise table.wrong(f"{duty!r} is no duty; one of {get_args(Duty)}", day)
    return tuple(table.by_date())
