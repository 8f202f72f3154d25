"""What the sources of settings say: file, `.env`, environment, flags, each by dotted key with its origin.

Stdlib only: this runs before the first file is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError

PREFIX, FILE = "VENTANILLA_", "VENTANILLA_CONFIG"
SYSTEM = Path("/etc/ventanilla/config.toml")
_NO_SETTINGS = frozenset({FILE, f"{PREFIX}DEBUG", f"{PREFIX}PART_OF", f"{PREFIX}FAULTS"})
"""Variables of ours that are no settings."""


class Given(NamedTuple):
    """A value as a source gives it, not yet typed; one that is `foreign` may be meant for another program."""

    value: object
    origin: str
    foreign: bool = False


def gathered(flags: Mapping[str, object], environ: Mapping[str, str], folder: Path) -> dict[str, Given]:
    """Return what flags, environment, `.env` and file give, by dotted key; the strongest source wins."""
    dotenv = _dotenv(folder / ".env")
    found: dict[str, Given] = {}
    for key, value, origin in (
        *_file(environ.get(FILE) or dotenv.get(FILE), folder),
        *_variables(dotenv, ".env"),
        *_variables(environ, "environment"),
        *((key, value, "flag") for key, value in flags.items() if value is not None),
    ):
        found[key] = Given(
            value, origin, foreign="." not in key and origin.startswith((".env ", "environment "))
        )
    return found


def _file(named: str | None, folder: Path) -> Iterator[tuple[str, object, str]]:
    """Yield the values of the first configuration file there is; a named one must exist."""
    if named and not Path(named).is_file():
        raise UsageError(f"{FILE}: no existe {named}", "Corrija la variable o cree el archivo.")
    places = [Path(named)] if named else [folder / "ventanilla.toml", SYSTEM]
    place = next((p for p in places if p.is_file()), None)
    if place is None:
        return
    try:
        tables = tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{place}: {error}", "Corrija el archivo.") from error
    except OSError as error:
        what = f"{place}: no se puede leer ({type(error).__name__})"
        raise UsageError(what, "Compruebe los permisos del archivo.") from error
    for section, table in tables.items():
        for key, value in table.items() if isinstance(table, dict) else [("", table)]:
            yield f"{section}.{key}".rstrip("."), value, str(place)


def _dotenv(place: Path) -> dict[str, str]:
    """Return the `KEY=value` lines of a `.env` file."""
    if not place.is_file():
        return {}
    lines = (line.strip().removeprefix("export ") for line in place.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, sign, value in pairs if sign}


def _variables(environ: Mapping[str, str], origin: str) -> Iterator[tuple[str, object, str]]:
    """Yield `VENTANILLA_SECTION__KEY`; `..._FILE` names a file that holds the value, for secrets."""
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name in _NO_SETTINGS:
            continue
        key = name.removeprefix(PREFIX).lower().replace("__", ".")
        if not key.endswith("_file"):
            yield key, value, f"{origin} {name}"
        elif environ.get(plain := name.removesuffix("_FILE")):
            what = f"{plain} y {name} dicen lo mismo dos veces ({origin})"
            raise UsageError(what, "Quite una de las dos variables.")
        else:
            yield key.removesuffix("_file"), _secret(name, value), f"{origin} {name}"


def _secret(name: str, place: str) -> str:
    """Return the first line of the file that the variable *name* points at."""
    try:
        return Path(place).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"{name}: no se puede leer {place}", "Compruebe la ruta y los permisos.") from error
