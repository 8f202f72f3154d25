"""Who writes: the heading, the address and the data-protection notice of an office's letters.

    [CEU01]                                   # or [default], for every office without a table of its own
    body = "Instituto Nacional de Gestión Sanitaria"
    name = "de Ceuta"                         # as in "la oficina de Ceuta"
    lines = ["Dirección Territorial de Ceuta", "Calle ..., 51001 Ceuta"]
    phone = "956 000 000"

    [CEU01.data_protection]
    es = "..."
    gl = "..."

Each is optional.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import EnvironmentFault

DEFAULT = "default"
_KEYS = {"body", "name", "lines", "phone", "data_protection"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an office says of itself; empty where it says nothing.

    `name` is what people call it, its code by default; `notices` are by language.
    """

    body: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    notices: Mapping[str, str] = field(default_factory=dict)


PLAIN = Head()


def head(path: Path | None, office: str, phone: str = "") -> Head:
    """Return the heading of *office*; without a file a plain one, with the help line *phone*.

    Raises:
        EnvironmentFault: the file cannot be read, or holds what no heading has.
    """
    if path is None:
        return Head(phone=phone)
    tables = _tables(path)
    table = tables.get(office, tables.get(DEFAULT, {}))
    return _head(table, path, phone)


def _tables(path: Path) -> Mapping[str, Any]:
    """Return the file's tables by office."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, type(error).__name__) from error


def _head(table: Any, path: Path, phone: str) -> Head:
    """Return the heading that one table tells."""
    if not isinstance(table, dict) or not set(table) <= _KEYS:
        raise _wrong(path, f"claves: {', '.join(sorted(_KEYS))}")
    lines, notices = table.get("lines", []), table.get("data_protection", {})
    if not isinstance(lines, list) or not isinstance(notices, dict):
        raise _wrong(path, "lines es una lista; data_protection, una tabla por idioma")
    texts = [table.get("body", ""), table.get("name", ""), table.get("phone", ""), *lines, *notices.values()]
    if not all(isinstance(text, str) for text in texts):
        raise _wrong(path, "todo tiene que ser texto")
    return Head(
        body=table.get("body", ""),
        name=table.get("name", ""),
        lines=tuple(lines),
        phone=table.get("phone", phone),
        notices=notices,
    )


def _wrong(path: Path, what: str) -> EnvironmentFault:
    """Return what is told of a file that cannot be used."""
    return EnvironmentFault(
        f"letters.offices: {path} no sirve ({what})", "docs/letters.md dice cómo se escribe."
    )
