"""What a person earned in a year: declared, or certified by the tax office."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from extractors.document import Field
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import person
from extractors.kinds._values import Parsed, first
from extractors.kinds._words import labels, score
from extractors.page import Page
from extractors.prose import Prose

_FILE = "income_declaration.yaml"


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return whose income it is, of which year, and how much; labelled values only."""
    places = spots(pages, labels(_FILE))
    found = {
        "year": first(places.get("year", ()), _year),
        "annual_income": first(places.get("annual_income", ()), _amount),
    }
    return person(places, Prose(pages)) | {
        field: value for field, value in found.items() if value is not None
    }


def _year(text: str) -> Parsed | None:
    """Return a year in four figures."""
    found = re.match(r"(20\d\d)(?!\d)", text)
    return Parsed(int(found[1]), 0.95) if found else None


def _amount(text: str) -> Parsed | None:
    """Return an amount written 1.234,56 as a decimal string; other ways of writing it are refused."""
    found = re.match(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?(?=\s|€|$)", text)
    return Parsed(f"{found[1].replace('.', '')}.{found[2] or '00'}", 0.95) if found else None


KIND = Kind(name="income_declaration", starts=partial(score, file=_FILE), continues=numbered_on, read=read)
