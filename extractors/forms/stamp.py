"""The box for the registry's stamp: the day of entry and its number, where they are legible."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.document import Field
from extractors.forms.spot import Spot
from extractors.forms.values import date
from extractors.languages.dates import dates_in
from extractors.page import around, lines

_NUMBER = re.compile(
    r"(?:n[º°.o]*|n[úu]m(?:ero)?\.?|entrada|registro)\s*[:.]?\s*((?=[\w/-]*\d{3})[\w/-]{5,25})(?!\w)",
    re.IGNORECASE,
)
_SURE = 0.93


def entry(spot: Spot) -> Mapping[str, Field]:
    """Return `registry.entered_on` and `registry.entry_number`; an unstamped box gives neither."""
    if not spot.words:
        return {}
    text = " ".join(row.text for row in lines(spot.words))
    seen = min(spot.sure, _SURE, *(word.confidence for word in spot.words))
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
    if number := _NUMBER.search(rest):
        found["registry.entry_number"] = Field(
            value=number[1], text=number[1], confidence=min(seen, 0.9), page=spot.page.number, box=box
        )
    return {name: field for name, field in found.items() if field.value is not None}
