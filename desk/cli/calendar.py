"""`ventanilla calendar check`: which calendars are at hand, and which are still estimates."""

from __future__ import annotations

import datetime as dt

import click


def register(app: click.Group) -> None:
    """Add `calendar`."""
    app.add_command(calendar)


@click.group()
def calendar() -> None:
    """Los calendarios de días inhábiles."""


@calendar.command()
def check() -> None:
    """Lista cada lugar y año; termina en 5 si falta el de este año."""
    from validators.calendar import Calendars

    years = Calendars.shipped().years
    for (place, year), found in sorted(years.items()):
        mark = "verificado" if found.verified else "provisional"
        print(f"{year}  {place:<10} {len(found.days):>2} días  {mark}  {found.source}")
    this_year = dt.datetime.now(dt.UTC).year
    missing = sorted({place for place, _ in years} - {place for place, year in years if year == this_year})
    for place in missing:
        print(f"{this_year}  {place:<10} FALTA: sin él no hay plazos; instale la versión que lo traiga")
    raise click.exceptions.Exit(5 if missing else 0)
