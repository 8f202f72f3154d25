"""Stays outside Spain, declared by the person or certified: a day out, a day back, a country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractors.document import Field, Item
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import person
from extractors.kinds._words import labels, score
from extractors.languages.countries import countries_in
from extractors.languages.dates import FoundDate, dates_in
from extractors.lines import around
from extractors.page import Page
from extractors.prose import Prose

_FILE = "absence_statement.yaml"
_JOINED = re.compile(r"^\W*(?:(?:y\s+)?(?:al|hasta|a|ata|e|y|to|until|fins)\b)?[^.;\d]{0,45}$")
"""What may stand between the day out and the day back."""
_NOT_A_STAY = re.compile(
    r"\b(?:nacid[oa]|nacimiento|expedid[oa]|firmad[oa]|fecha:|nado|nada|born)\b[^.;]{0,25}$"
)


class _Stay(NamedTuple):
    """Two days that belong together, and the country named beside them."""

    out: FoundDate
    back: FoundDate
    country: str | None
    end: int


def starts(page: Page) -> float:
    """The title of such a statement."""
    return score(page, _FILE)


def continues(page: Page, before: Sequence[Page]) -> float:
    """The next page by its number, or further stays without a title of their own."""
    further = any(True for _ in _stays(Prose([page]))) and not page.widgets
    return max(numbered_on(page, before), 0.6 if further else 0.0)


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return who was away, and each stay with its place; an illegible day is null."""
    prose = Prose(pages)
    stays = list(_stays(prose))
    fields = person(spots(pages, labels(_FILE)), prose)
    if stays:
        fields["absences"] = _field(prose, stays)
    return fields


def _stays(prose: Prose) -> Iterator[_Stay]:
    """Yield pairs of days with nothing but words of direction between them."""
    dates = [
        d
        for d in dates_in(prose.text)
        if not _NOT_A_STAY.search(prose.folded[max(d.start - 40, 0) : d.start])
    ]
    at = 0
    while at + 1 < len(dates):
        out, back = dates[at], dates[at + 1]
        if not _JOINED.match(prose.folded[out.end : back.start]):
            at += 1
            continue
        stop = dates[at + 2].start if at + 2 < len(dates) else len(prose.text)
        start = dates[at - 1].end if at else max(out.start - 60, 0)
        yield _Stay(out, back, *_country(prose, start, out, back, stop))
        at += 2


def _country(prose: Prose, start: int, out: FoundDate, back: FoundDate, stop: int) -> tuple[str | None, int]:
    """Return the country on the stay's own line, and where the stay's words end."""
    left = max(prose.text.rfind("\n", start, out.start), start)
    right = prose.text.find("\n", back.end)
    right = min(right if right >= 0 else len(prose.text), stop)
    named = [n for n in countries_in(prose.text[left:right]) if n.code != "ESP"]
    if len({n.code for n in named}) != 1:
        return None, back.end
    return named[0].code, max(back.end, left + named[0].end)


def _field(prose: Prose, stays: Sequence[_Stay]) -> Field:
    """Return the list field, as sure as its least sure day."""
    rows, items = [], []
    for stay in stays:
        sure = min(0.95, stay.out.certainty, stay.back.certainty, 0.95 if stay.country else 0.8)
        if stay.out.value and stay.back.value and stay.back.value < stay.out.value:
            sure = 0.3
        place = prose.field(stay.out.start, stay.end, None, sure)
        items.append(Item(page=place.page, box=place.box, confidence=place.confidence))
        rows.append(_row(stay))
    first = prose.field(stays[0].out.start, stays[0].end, None, 1.0)
    return Field(
        value=rows,
        text=prose.text[stays[0].out.start : stays[-1].end],
        confidence=min(item.confidence for item in items),
        page=first.page,
        box=around(item.box for item in items if item.page == first.page),
        items=tuple(items),
    )


def _row(stay: _Stay) -> dict[str, Any]:
    """Return a stay as the contract writes it."""
    return {
        "from": stay.out.value.isoformat() if stay.out.value else None,
        "to": stay.back.value.isoformat() if stay.back.value else None,
        "country": stay.country,
    }


KIND = Kind(name="absence_statement", starts=starts, continues=continues, read=read)
