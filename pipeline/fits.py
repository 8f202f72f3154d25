"""What a setting must be besides its type, as its field says: `metadata={"fits": web_address}`.

Each check takes a value and returns what is expected where it does not fit, else None; an empty text is
a setting that was not chosen, and fits.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

Check = Callable[[Any], str | None]
PORTS = 65535
_BACKENDS = ("sqlite", "postgresql")


def near(word: str, words: Iterable[str]) -> str:
    """Return the question whether another of *words* was meant, empty where none is like it."""
    found = difflib.get_close_matches(word, list(words), n=1)
    return f" ¿Quería decir {found[0]}?" if found else ""


def web_address(value: str) -> str | None:
    """Return what is expected unless *value* is an address of http or https."""
    wanted = "una dirección como https://mesa.example.org"
    try:
        parts = urlsplit(value)
        well = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return wanted
    return None if not value or well else wanted


def api_address(value: str) -> str | None:
    """Return what is expected unless *value* is where the interface of a Prefect server answers."""
    if not value or (web_address(value) is None and urlsplit(value).path.rstrip("/").endswith("/api")):
        return None
    return "la dirección de la API de Prefect, como http://10.0.0.5:4200/api"


def host_name(value: tuple[str, ...]) -> str | None:
    """Return what is expected unless each of *value* is the bare name or number of a machine."""
    well = all(re.fullmatch(r"[A-Za-z0-9.\-]+|\[?[0-9A-Fa-f:]+\]?", one) for one in value)
    return None if well else "nombres solos, como mesa.example.org: sin https:// ni puerto"


def time_zone(value: str) -> str | None:
    """Return what is expected unless *value* is a time zone that this machine knows."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return f"una zona horaria como Europe/Madrid.{near(value, available_timezones())}"
    return None


def database(value: str) -> str | None:
    """Return what is expected unless *value* is the address of a database that the record may lie in."""
    scheme, sign, _ = value.partition("://")
    if sign and scheme.partition("+")[0] in _BACKENDS:
        return None
    return (
        "sqlite:///carpeta/ventanilla.db o postgresql+psycopg://usuario@servidor/ventanilla."
        f"{near(scheme.partition('+')[0], _BACKENDS)}"
    )


def runners_database(value: str) -> str | None:
    """Return what is expected unless *value* is a database that Prefect's server can use."""
    if not value or value.partition("://")[0] in {"postgresql+asyncpg", "sqlite+aiosqlite"}:
        return None
    return "postgresql+asyncpg://usuario@servidor/prefect: otra base que la de los expedientes."
