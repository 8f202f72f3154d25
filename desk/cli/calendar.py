"""`ventanilla calendar`: which calendars are at hand, a draft of one, and a published list loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.calendars import Change
    from validators.calendar import Year


def register(app: click.Group) -> None:
    """Add `calendar`."""
    app.add_command(calendar)


@click.group()
def calendar() -> None:
    """Los calendarios de días inhábiles."""


@calendar.command()
def check() -> None:
    """Lista cada lugar y año, de dónde viene y si está verificado; termina en 5 si falta el de este año."""
    from pipeline.calendars import at_hand, loaded
    from pipeline.settings import load

    shelf = load().calendars
    ours = {(one.place, one.year) for one in loaded(shelf)}
    years = at_hand(shelf).years
    for (place, year), found in sorted(years.items()):
        mark = "verificado" if found.verified else "provisional"
        origin = "cargado" if (place, year) in ours else "programa"
        print(f"{year}  {place:<10} {len(found.days):>2} días  {mark:<11}  {origin:<8}  {found.source}")
    this_year = dt.datetime.now(dt.UTC).year
    shipped = {place for place, year in years if (place, year) not in ours}
    missing = sorted(shipped - {place for place, year in years if year == this_year})
    for place in missing:
        print(f"{this_year}  {place:<10} FALTA: sin él no hay plazos; cárguelo con `ventanilla calendar add`")
    raise click.exceptions.Exit(5 if missing else 0)


@calendar.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--place", help="Lugar (ceuta, melilla, madrid, state, register o una provincia), si es CSV.")
@click.option("--year", type=int, help="Año, si es CSV.")
@click.option("--source", help="Dónde se publicó la lista, si es CSV.")
@click.option("--replace", is_flag=True, help="Cambia un calendario que estaba verificado.")
def add(file: Path, place: str | None, year: int | None, source: str | None, *, replace: bool) -> None:
    """Carga una lista publicada de festivos: YAML como los del programa, o líneas `fecha;nombre` (CSV)."""
    from pipeline.calendars import add as add_to
    from pipeline.calendars import at_hand
    from pipeline.settings import load

    listed = _read(file, place, year, source)
    shelf = load().calendars
    change = add_to(shelf, listed, replace=replace, today=dt.datetime.now(dt.UTC).date())
    for line in _told(listed, change):
        print(line)
    if not at_hand(shelf).firm(listed.place, listed.year):
        print(f"  aviso: sus plazos siguen provisionales: falta la lista del Estado (state) de {listed.year}")
    print(f"Guardado en {shelf.folder}. Reinicie los procesos que estén en marcha para que lo usen.")


@calendar.command()
@click.argument("place")
@click.argument("year", type=click.IntRange(2014, 2100))
def prepare(place: str, year: int) -> None:
    """Escribe un borrador por reglas y estimaciones, para completarlo con la lista publicada."""
    import yaml

    from validators.calendar.prepared import prepared
    from validators.calendar.published import PLACES, as_yaml

    if place.casefold() not in PLACES:
        raise _unknown(place)
    draft = as_yaml(prepared(place.casefold(), year), dt.datetime.now(dt.UTC).date())
    print(yaml.safe_dump(dict(draft), allow_unicode=True, sort_keys=False), end="")


def _read(file: Path, place: str | None, year: int | None, source: str | None) -> Year:
    """Return the list of a file; its name tells place and year of a CSV where the options do not."""
    from pipeline.calendars import said
    from validators.calendar.published import PLACES, About, from_lines, from_yaml
    from validators.tables import TableError

    try:
        if file.suffix.lower() in {".yaml", ".yml"}:
            return from_yaml(file)
        named, _, number = file.stem.partition("_")
        about = (place or named).casefold()
        when = year or (int(number) if number.isdecimal() else None)
        if about not in PLACES:
            raise _unknown(about)
        if when is None or not (source or "").strip():
            raise UsageError(
                f"{file.name}: falta el año o la fuente de la lista.",
                "Añada --year y --source, por ejemplo --source 'BOCCE 6.512, de 20-9-2026'.",
            )
        return from_lines(file, About(place=about, year=when, source=str(source).strip()))
    except TableError as error:
        raise UsageError(
            f"La lista no se puede leer: {said(error)}.", "Corrija esa línea del archivo."
        ) from error


def _unknown(place: str) -> UsageError:
    """Return the error for a place that no calendar is of, with the nearest ones."""
    import difflib

    from validators.calendar.published import PLACES

    near = difflib.get_close_matches(place, sorted(PLACES), n=3)
    hint = f"¿Quería decir {', '.join(near)}?" if near else "Por ejemplo: ceuta, melilla, madrid, state."
    return UsageError(f"Lugar desconocido: {place[:40]!r}", hint)


def _told(listed: Year, change: Change) -> Iterator[str]:
    """Yield what a loaded list changes."""
    mark = "verificado" if listed.verified else "provisional"
    before = "no había" if change.was is None else "verificado" if change.was.verified else "provisional"
    yield f"{listed.place} {listed.year}: {mark} (antes: {before})"
    yield from (f"  + {day:%d/%m/%Y} {name}" for day, name in change.comes.items())
    yield from (f"  - {day:%d/%m/%Y} {name}" for day, name in change.goes.items())
    if not change.comes and not change.goes:
        yield "  no cambia ningún día"
    if change.sundays:
        yield "  aviso: en domingo: " + ", ".join(f"{day:%d/%m/%Y}" for day in change.sundays)
