"""The settings of the sources of register data: refused at start where they cannot be taken as they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError
from pipeline.register.columns import COLUMNS

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_TOWN = re.compile(r"(\d{2})/(\d{3})\s+(\S.*)")
_TABLE = re.compile(r"[A-Za-z_]\w{0,62}(\.[A-Za-z_]\w{0,62})?")
_BACKENDS = ("sqlite:///", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: `[[register.sources]]` in the configuration file. docs/register.md tells each."""

    name: str
    """Short, for logs and results: small letters, digits and hyphens."""
    kind: Literal["csv", "sql"]
    where: str
    """The path of the CSV file, or the address of the database."""
    municipalities: tuple[str, ...]
    """Those it speaks for, as `51/001 Ceuta`: codes of province and municipality apart, and the name."""
    ground: str
    """The legal ground of the consultation, as it is told in the case."""
    as_of: str
    """The day whose state it shows, `live` (sql only: today), or `column` (`fecha_datos`)."""
    table: str = ""
    """The table or view, `schema.name` or `name`; sql only."""
    columns: tuple[str, ...] = ()
    """Columns with names of their own, as `fecha_alta=f_ingreso`."""
    encoding: Literal["auto", "utf-8", "latin-1"] = "auto"
    separator: Literal["auto", ";", ",", "tab"] = "auto"
    seconds: float = 10.0
    """The longest wait for an answer; after it the case goes on with "not checked"."""
    password_file: Path | None = field(default=None)
    """A file with the database's password, where the address has none."""

    def towns(self) -> dict[tuple[str, str], str]:
        """Return the names of the municipalities by their codes of province and municipality."""
        found = (_TOWN.fullmatch(one.strip()) for one in self.municipalities)
        return {(town[1], town[2]): town[3] for town in found if town}

    def overrides(self) -> dict[str, str]:
        """Return the office's column for each of our names that it names."""
        pairs = (one.partition("=") for one in self.columns)
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}

    def day(self, today: dt.date) -> dt.date | None:
        """Return the day whose state the source shows; None where a column tells it."""
        if self.as_of == "column":
            return None
        return today if self.as_of == "live" else dt.date.fromisoformat(self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """Which registers may be asked; none by default."""

    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        """Refuse sources that could not be asked, or that would be asked wrongly."""
        seen: set[str] = set()
        for source in self.sources:
            if source.name in seen:
                raise UsageError(f"register.sources: {source.name} está dos veces", "Dele otro nombre.")
            seen.add(source.name)
            for what, remedy in _faults(source):
                raise UsageError(f"register.sources, {source.name[:40]}: {what}", remedy)


def _faults(source: Source) -> list[tuple[str, str]]:
    """Return what is wrong with a source and how it is mended."""
    found: list[tuple[str, str]] = []
    if not _NAME.fullmatch(source.name):
        found.append(("el nombre no sirve", "Use minúsculas, cifras y guiones: padron-ceuta."))
    if not source.municipalities or len(source.towns()) != len(source.municipalities):
        what = "cada municipio es provincia/municipio y nombre; 51001 sería también un código postal"
        found.append((what, 'Escríbalo así: municipalities = ["51/001 Ceuta"].'))
    if not source.ground.strip():
        found.append(
            ("falta el fundamento legal (ground)", 'Por ejemplo: ground = "Ley 39/2015, art. 28.2".')
        )
    if not _day_holds(source):
        found.append(("as_of no es una fecha, column ni (solo sql) live", 'Escriba as_of = "2026-03-01".'))
    if unknown := source.overrides().keys() - COLUMNS.keys():
        found.append((f"columna desconocida: {min(unknown)[:40]}", "Vea la lista en docs/register.md."))
    if source.kind == "sql":
        found += _sql_faults(source)
    if not 0 < source.seconds <= 60:
        found.append(("seconds debe estar entre 0 y 60", "Escriba seconds = 10."))
    return found


def _sql_faults(source: Source) -> list[tuple[str, str]]:
    """Return what is wrong with the address or the table of a database."""
    found = []
    if not source.where.startswith(_BACKENDS):
        found.append(
            ("la dirección no es de SQLite ni de PostgreSQL", "Empiece por " + " o ".join(_BACKENDS))
        )
    if "password=" in source.where.partition("?")[2]:
        found.append(("la contraseña no va detrás de ?", "Use password_file."))
    if not _TABLE.fullmatch(source.table):
        found.append(("falta la tabla o vista, o su nombre no sirve", "Escriba table = esquema.vista."))
    return found


def _day_holds(source: Source) -> bool:
    """Whether `as_of` is one of the things that it may be."""
    if source.as_of == "column" or (source.as_of == "live" and source.kind == "sql"):
        return True
    try:
        dt.date.fromisoformat(source.as_of)
    except ValueError:
        return False
    return True
