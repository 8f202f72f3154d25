"""Provinces by postal code and by any of their names (docs/law.md AS-PROV-01)."""

from __future__ import annotations

import re
import unicodedata
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


def slug_of(code: str) -> str:
    """Return the word for a province in the names of calendar files (`malaga`, `a-coruna`)."""
    return _slug(_first_names()[code])


def slugs() -> frozenset[str]:
    """Return the words for all provinces."""
    return frozenset(map(_slug, _first_names().values()))


@cache
def name_of_slug(slug: str) -> str:
    """Return the name of the province that a word stands for; the word itself where it is none."""
    return next((name for name in _first_names().values() if _slug(name) == slug), slug)


def _slug(name: str) -> str:
    """Return a name without accents and spaces, in lower case."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z]+", "-", "".join(c for c in bare if not unicodedata.combining(c)))


@cache
def _first_names() -> Mapping[str, str]:
    """Return the first name of each province by its two digits."""
    return {code: names[0] for code, names in _names().items()}


@cache
def _by_name() -> Mapping[tuple[str, ...], str]:
    """Return the digits of each province by the words of each of its names."""
    return {name_parts(name): code for code, names in _names().items() for name in names}


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return the names of each province by its two digits."""
    table = read(files("validators.law").joinpath("provinces.yaml"))
    named = table.expect("description", "checked_on", "provinces").table("provinces")
    return {code: tuple(name.strip() for name in named.text(code).split("/")) for code in named}
