"""Provinces by postal code and by any of their names (docs/law.md AS-PROV-01)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from validators.identity import name_parts
from validators.tables import read


def province_of(text: str) -> str | None:
    """Return the two digits of the province that *text* names in any of its languages, else None."""
    return _by_name().get(name_parts(text))


def province_of_postal_code(code: str) -> str | None:
    """Return the two digits of the province of a postal code of five digits, else None."""
    known = code[:2] in set(_by_name().values())
    return code[:2] if known and len(code) == 5 and code.isdecimal() else None


@cache
def _by_name() -> Mapping[tuple[str, ...], str]:
    """Return the digits of each province by the words of each of its names."""
    table = read(files("validators.law").joinpath("provinces.yaml"))
    named = table.expect("description", "checked_on", "provinces").table("provinces")
    return {name_parts(name): code for code in named for name in named.text(code).split("/")}
