"""A registry's stamp, in its box or anywhere on the sheet: the day of entry and its number, if legible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Field
from extractors.forms.ink.stamp_days import NUMBER, SURE, scanned
from extractors.forms.spot import Spot
from extractors.forms.values import date
from extractors.languages.dates import dates_in
from extractors.lines import Box, Line, around, lines
from extractors.page import Page
from extractors.prose import fold

_REGISTRY = re.compile(r"\b(?:registro|rexistro|registre|erregistro\w*)\b")
_ENTERED = re.compile(r"\b(?:entrada|presentac\w+|presentaz\w+|recepci\w+|recibid[oa]|sarrera)\b")
_COLUMN = 2.0
_BELOW = 45.0
"""Points below its first line within which a stamp ends."""


def entered(spots: Sequence[Spot]) -> Mapping[str, Field]:
    """Return what the places for a stamp tell, of several the surest; see `entry`."""
    found: dict[str, Field] = {}
    for spot in spots:
        for name, field in (scanned(spot.page, spot.box) if spot.page.laid else entry(spot)).items():
            if name not in found or found[name].confidence < field.confidence:
                found[name] = field
    return found


def entry(spot: Spot) -> Mapping[str, Field]:
    """Return `registry.entered_on` and `registry.entry_number`; an unstamped box gives neither."""
    if not spot.words:
        return {}
    text = " ".join(row.text for row in lines(spot.words))
    seen = min(spot.sure, SURE, *(word.confidence for word in spot.words))
    box = around(word.box for word in spot.words)
    found = {}
    days = {day.value for day in dates_in(text)}
    if len(days) == 1 and None not in days:
        day = dates_in(text)[0]
        sure = min(seen, day.certainty)
        found["registry.entered_on"] = Field(
            value=date(day.text).value, text=day.text, confidence=sure, page=spot.page.number, box=box
        )
    rest = text.replace(dates_in(text)[0].text, " ") if days else text
    if number := NUMBER.search(rest):
        found["registry.entry_number"] = Field(
            value=number[1], text=number[1], confidence=min(seen, 0.9), page=spot.page.number, box=box
        )
    return {name: field for name, field in found.items() if field.value is not None}


def loose(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return `registry.entered_on` by a stamp that stands anywhere on the sheets of a form without a box.

    It is one where a registry is named, an entry spoken of and one day given, close together.
    """
    for page in pages:
        if page.laid is not None:
            if all(zone.kind != "stamp" for zone in page.laid.sheet.zones) and (told := scanned(page)):
                return told
            continue
        rows = lines(page.words, gap=_COLUMN)
        for row in (one for one in rows if _REGISTRY.search(fold(one.text))):
            for day in _entered(tuple(_near(row, rows)), page):
                return {"registry.entered_on": day}
    return {}


def _near(first: Line, rows: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of the block that *first* heads, itself included."""
    box = first.box
    reach = Box(box.x0 - 10, box.y0 - 1, box.x1 + 60, box.y1 + _BELOW)
    yield from (row for row in rows if reach.holds(row.box.x0, row.box.middle[1]))


def _entered(block: Sequence[Line], page: Page) -> Iterator[Field]:
    """Yield the one day of a block that speaks of an entry."""
    text = "\n".join(row.text for row in block)
    days = dates_in(text)
    if _ENTERED.search(fold(text)) and len({day.value for day in days}) == 1 and days[0].value:
        yield Field(
            value=days[0].value.isoformat(),
            text=days[0].text,
            confidence=min(SURE, days[0].certainty, *(row.confidence for row in block)),
            page=page.number,
            box=around(row.box for row in block),
        )
