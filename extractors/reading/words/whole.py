"""Is a scanned page read to its last line? What it says is only as sure as that nothing was missed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field, Reading
from extractors.lines import Box, Word
from extractors.page import Page
from extractors.reading.ink.overtyped import overtyped
from extractors.reading.words import entry_stamp, lettering, opinion
from extractors.reading.words.lettering import Lettering
from extractors.reading.words.opinion import Heard

Read = Callable[[Sequence[Page]], Mapping[str, Field]]
Known = Callable[[Page], frozenset[Word]]
UNREAD = 0.85
"""Certainty of what a paper says that has writing on it that nobody read, or print that was put right."""
_MARKS = " .,:;()"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AROUND = 1.5
"""Heights of a line above and below a list's items in which what belongs to them may stand."""


def judged(pages: Sequence[Page], read: Read, known: Known = lambda _: frozenset()) -> Mapping[str, Field]:
    """Return what *read* finds on *pages*, of which some are scans, after a second look at its words.

    *known* are words that need no second look between the items of a list: no misread word is one.

    Raises:
        Missing: The recogniser's package, or the OCR engine or its data, are not installed.
    """
    lettered = [lettering.of(page) if page.loose else Lettering() for page in pages]
    bare = [unstamped(page, one) for page, one in zip(pages, lettered, strict=True)]
    first = read(bare)
    both = []
    gaps = False
    for page, told in zip(bare, lettered, strict=True):
        one = opinion.heard(page, _values(first, page), _bands(first, page), known)
        both.append(one._replace(seals=told.seals))
        gaps |= told.unread or unclear(both[-1]) or page.poor == "cut-off"
    gaps |= any(page.loose and overtyped(page) for page in pages)
    fields = read([one.page for one in both])
    return {
        name: _settled(field, [one for one in fields.values() if one is not field], both, known, gaps=gaps)
        for name, field in fields.items()
    }


def unstamped(page: Page, lettered: Lettering) -> Page:
    """Return a page without the stamps of entry on it, which say nothing of what the paper says."""
    if lettered.entry is None:
        return page
    return entry_stamp.lifted(page, lettered.entry, lettered.seals)


def _values(fields: Mapping[str, Field], page: Page) -> list[Box]:
    """Return where on a page values stand."""
    return [field.box for field in fields.values() if field.page == page.number and field.text]


def _bands(fields: Mapping[str, Field], page: Page) -> list[Box]:
    """Return the parts of a page, across its whole breadth, in which the items of lists stand."""
    return [band for field in fields.values() if (band := _band(field, page)) is not None]


def _band(field: Field, page: Page) -> Box | None:
    """Return the part of a page in which the items of a list field stand, None if none does."""
    boxes = [item.box for item in field.items if item.page == page.number]
    if not boxes:
        return None
    more = _AROUND * lettering.line_height(page)
    return Box(0, min(b.y0 for b in boxes) - more, page.width, max(b.y1 for b in boxes) + more)


def _settled(
    field: Field, others: Sequence[Field], pages: Sequence[Heard], known: Known, *, gaps: bool
) -> Field:
    """Return a field with both readings where they differ, no surer than what it stands on."""
    most = UNREAD if gaps else 1.0
    bands = [(one, band) for one in pages if (band := _band(field, one.page)) is not None]
    least = [_least(one.page, band, known(one.page) | _own(one, field, others)) for one, band in bands]
    most = min([most, *least])
    items = tuple(item.at_most(most) for item in field.items)
    readings = (*field.readings, *_otherwise(field, pages))
    return replace(field, confidence=min(field.confidence, most), readings=readings, items=items)


def _least(page: Page, band: Box, explained: frozenset[Word]) -> float:
    """Return the certainty of the least sure word that was to be looked at in *band* of a scan.

    What is *explained* otherwise says nothing of the list.
    """
    if not page.loose:
        return 1.0
    told = {word for word in page.words if opinion.asked(word, (), [band], everywhere=False)}
    return min((word.confidence for word in told - explained), default=1.0)


def _own(one: Heard, field: Field, others: Sequence[Field]) -> frozenset[Word]:
    """Return the words of a page that are another field's value, a seal's, dirt, or a part's of its own."""
    return _owned(one.page, field, others) | _aside(one, field) | _parts(one.page, field)


def _parts(page: Page, field: Field) -> frozenset[Word]:
    """Return the words of a page that are one value of an item, which has a certainty of its own.

    A name may run over lines that hold other words: only its own are.
    """
    rows = [row for row in field.value if isinstance(row, dict)] if isinstance(field.value, list) else []
    parts = [
        (part, str(row.get(name, "")).split() if name == "name" else None)
        for row, item in zip(rows, field.items, strict=False)
        for name, part in item.parts.items()
        if part.page == page.number and (part.box != item.box or name == "name")
    ]
    return frozenset(
        word
        for word in page.words
        for part, named in parts
        if opinion.lies(word, part.box) and (named is None or word.text.strip(_MARKS) in named)
    )


def _owned(page: Page, field: Field, others: Sequence[Field]) -> frozenset[Word]:
    """Return the words of a page that are the value of another field, and stand in no item of a list.

    Misread, a home or a name changes its own field. A day may be one that the list lost.
    """
    items = [item.box for item in field.items if item.page == page.number]
    values = [one for one in others if one.page == page.number and one.text and not _list_or_day(one)]
    return frozenset(
        word
        for word in page.words
        if not any(word.box.common(item) > 0 for item in items)
        and any(opinion.lies(word, one.box) and word.text.strip(_MARKS) in one.text for one in values)
    )


def _aside(one: Heard, field: Field) -> frozenset[Word]:
    """Return the words of a page that are lettered in a coloured seal, or are dirt, beside a list's items."""
    items = [item.box for item in field.items if item.page == one.page.number]
    return frozenset(
        word
        for word in one.page.words
        if word.box in one.seals | one.dirt and not any(word.box.common(item) > 0 for item in items)
    )


def _list_or_day(field: Field) -> bool:
    """Whether a value has items, or is a day."""
    return bool(field.items) or _DAY.fullmatch(str(field.value)) is not None


def _otherwise(field: Field, pages: Sequence[Heard]) -> list[Reading]:
    """Return what another reading says in the place of a field's words."""
    return [
        Reading(reader=reader, text=word.text, value=None, confidence=round(word.confidence, 3))
        for one in pages
        if one.page.number == field.page
        for word, reader in one.others
        if field.text and word.box.common(field.box) > 0
    ]


def unclear(one: Heard) -> bool:
    """Whether the second reader clearly sees other words than the first made out, and not in a seal."""
    return any(word.box not in one.seals for word in one.gaps)
