"""The degree of disability that an authority recognised (RD 888/2022)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from extractors.document import Field
from extractors.family.marginal import ended
from extractors.kinds import Kind
from extractors.kinds._labels import Spot, spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import identified
from extractors.kinds._values import Parsed, day, first
from extractors.kinds._words import labels, score
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose

_FILE = "disability_certificate.yaml"
_DEGREE = re.compile(r"\bgra[du]?o?\b[^.;%]{0,60}?\b(\d{1,3})\s?(?:%|por (?:ciento|cento|cen))")
_PROVISIONAL = re.compile(
    r"\b(?:provisional\w*|revisable|sera revisad[oa]|revision (?:a partir|de oficio)|valid[oa] (?:hasta|ata)"
    r"|validez (?:hasta|ata)|vigen(?:te|cia) (?:hasta|ata)|vixen(?:te|cia) (?:hasta|ata))\b"
)
_REACH = 80
OVER = 0.5
"""Certainty of a degree that the paper may take back: a person reads what was decided."""
_NAMED = re.compile(r"\bgra(?:do|o|u)\s+(?:total\s+)?de\s+discapaci[dt]ad?e?t?\b")


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return whose degree it is, how high, and until when."""
    prose = Prose(pages)
    places = spots(pages, labels(_FILE))
    degree = first(map(_figures, places.get("degree", ())), _percent) or _in_prose(prose)
    if degree is not None and ended(pages):
        degree = replace(degree, confidence=min(OVER, degree.confidence))
    found = {"degree": degree, "valid_until": _held(first(places.get("valid_until", ()), day), prose)}
    return identified(places, prose) | {field: value for field, value in found.items() if value is not None}


def _figures(spot: Spot) -> Spot:
    """Return a place without a sign for "per cent" that stands alone: the figures are what can be misread."""
    words = tuple(word for word in spot.words if word.text != "%")
    return spot._replace(words=words) if words else spot


def _percent(text: str) -> Parsed | None:
    """Return a degree of 0 to 100."""
    found = re.match(
        r"(?:del?\s+|do\s+)?(\d{1,3})(?:[.,]0+)?\s?(?:%|por ciento|por cento|$)", text.strip().lower()
    )
    return Parsed(int(found[1]), 0.95) if found and int(found[1]) <= 100 else None


def _held(labelled: Field | None, prose: Prose) -> Field | None:
    """Return the day until which the degree holds; in doubt where a sentence gives another than the label."""
    told = [_until(prose, said) for said in _PROVISIONAL.finditer(prose.folded)]
    if labelled is None:
        return told[0] if told else None
    if all(one.value in {None, labelled.value} for one in told):
        return labelled
    return replace(labelled, confidence=min(OVER, labelled.confidence))


def _until(prose: Prose, said: re.Match[str]) -> Field:
    """Return the day until which the words *said* let the degree hold; no value where they give none."""
    for date in dates_in(prose.text[said.end() : said.end() + _REACH])[:1]:
        start, end = said.end() + date.start, said.end() + date.end
        value = date.value.isoformat() if date.value else None
        return prose.field(start, end, value, min(0.92, date.certainty))
    return prose.field(said.start(), said.end(), None, 0.3)


def _in_prose(prose: Prose) -> Field | None:
    """Return the only degree that a sentence gives."""
    found = list(_DEGREE.finditer(prose.folded))
    if len({match[1] for match in found}) != 1 or int(found[0][1]) > 100:
        return None
    told = any(_NAMED.match(match[0]) for match in found)
    return prose.field(*found[0].span(1), int(found[0][1]), 0.93 if told else 0.85)


KIND = Kind(
    name="disability_certificate", starts=partial(score, file=_FILE), continues=numbered_on, read=read
)
