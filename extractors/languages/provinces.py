"""The names of the provinces: a scan that names another was misread."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractors.prose import fold
from extractors.vocabulary import loaded


@cache
def provinces() -> frozenset[str]:
    """Return the names of all provinces in the papers' languages, without accents and in small letters."""
    text = files(__package__).joinpath("provinces.yaml").read_text(encoding="utf-8")
    return frozenset(fold(name) for name in loaded(text))
