"""Countries as papers name them: names, demonyms and codes to ISO 3166-1 alpha-3.

Stateless persons and refugees have the codes of ICAO Doc 9303-3, section 5: `XXA` and `XXB`.
A place inside a country is no country, and neither is a name that a Spanish town shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.prose import fold
from extractors.vocabulary import loaded

_FILE = Path(__file__).with_name("countries.yaml")

ICAO_CODES: Mapping[str, str] = {
    "D": "DEU",
    **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), "GBR"),
    "RKS": "XKX",
    **{code: code for code in ("XXA", "XXB", "XXC", "XXX")},
}
"""Codes of machine readable zones that ISO 3166-1 does not have (ICAO Doc 9303-3, section 5)."""

_TITLE = re.compile(
    r"^(?:(?:el|la|los|las|o|a|os|as|the|le|les|l) )?"
    r"(?:(?:reino|republica|estado|principado|gran ducado|royaume|republique|kingdom|republic|state)"
    r" (?:federal |islamica |arabe )?(?:de la |de los |de l |del |de |da |do |du |des |d |of the |of ))?"
)
_PARTS = re.compile(r"[()\[\],;/:]|\s-\s")


class Named(NamedTuple):
    """A country's name or demonym in a text: its place there and its alpha-3 code."""

    start: int
    end: int
    code: str


def country(text: str) -> str | None:
    """Return the alpha-3 code that *text* as a whole, or exactly one of its parts, names.

    "Marruecos", "marroquí", "MAR", "Reino de Marruecos" and "Tetuán (Marruecos)" are `MAR`;
    "Melilla", or a text that names two countries, is None.
    """
    whole = _one(text)
    if whole is not None:
        return whole
    named = {code for part in _PARTS.split(text) if (code := _one(part)) is not None}
    return named.pop() if len(named) == 1 else None


def alpha3(code: str) -> str | None:
    """Return the alpha-3 code for a *code* as a machine readable zone has it, None if it is nobody's."""
    if code in ICAO_CODES:
        return ICAO_CODES[code]
    return code if code in _countries() else None


def countries_in(text: str) -> Iterator[Named]:
    """Yield the countries that a running *text* names, in order, longest names first, no codes."""
    for found in _pattern().finditer(fold(text)):
        yield Named(found.start(), found.end(), _names()[_plain(found.group())])


def _one(text: str) -> str | None:
    """Return the code for a text that is one name, demonym or code and nothing else."""
    code = text.strip().strip("<.")
    if code.isupper() and (found := alpha3(code)) is not None:
        return found
    plain = _plain(text)
    return _names().get(plain) or _names().get(_TITLE.sub("", plain))


def _plain(text: str) -> str:
    """Return *text* without case, accents and marks, words parted by single blanks."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@cache
def _countries() -> Mapping[str, list[str]]:
    """Return the names of each country as the data file lists them."""
    data: dict[str, list[str]] = loaded(_FILE.read_text(encoding="utf-8"))
    return data


@cache
def _names() -> Mapping[str, str]:
    """Return the code by plain name; a name that two countries share is refused."""
    found: dict[str, str] = {}
    for code, names in _countries().items():
        for name in (form for written in names for form in _forms(written)):
            if found.setdefault(_plain(name), code) != code:
                message = f"{_FILE.name} gives {name!r} to {found[_plain(name)]} and {code}; keep one"
                raise ValueError(message)
    return found


def _forms(written: str) -> tuple[str, ...]:
    """Return both genders of `argelino/a`, `francés/a`, `marocain/e`, `letón/letona`."""
    first, slash, second = written.partition("/")
    if not slash:
        return (first,)
    if len(second) > 2:
        return first, second
    stem = first[:-1] if second == "a" and first.endswith("o") else first
    return first, stem + second


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all names, longest first, as whole words."""
    names = sorted(_names(), key=len, reverse=True)
    between = r"[\s.'’-]+"
    return re.compile(r"(?<!\w)(?:" + "|".join(n.replace(" ", between) for n in names) + r")(?!\w)")
