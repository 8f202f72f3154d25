"""The letter of a foreign institution on whether the right to health care can be exported to Spain.

Orden SSI/1475/2014, art. 5.2.c asks for it from the country of provenance, whatever its language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from extractors.document import Field, Reading
from extractors.family.origin import legalised
from extractors.kinds import Kind
from extractors.kinds._exportability import FILE, HERE, Statement, limited, statements
from extractors.kinds._labels import plain, spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._person import identified
from extractors.kinds._values import day, first
from extractors.kinds._vouched import vouched
from extractors.kinds._words import data, labels, titled
from extractors.languages.countries import countries_in
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose, fold

_AT_REQUEST = " a solicitud de "
"""At whose request a letter is issued: no application."""
_HEAD = 0.3
"""The letterhead's share of the first page."""
_UNSIGNED = 0.6
"""Certainty at most of what a letter says for which nobody vouches: a draft says as much."""
_SIGNED_AT = re.compile(
    r"(?:[^\W\d_ ]{3,25}\s*,\s*(?:a|le|el|den|il|on|ao)?"
    r"|\b(?:fait|delivree?|etablie?|issued|dated|done|signed|expedid[oa]|emitid[oa]|ausgestellt|rilasciat[oa])"
    r"(?:\s(?:a|en|at|in|em)\s[^\W\d_]{3,25})?\s*,?\s*(?:el|le|on|am|il|em|a)?)\s*$"
)


def starts(page: Page) -> float:
    """A certifying office and a sentence on exporting a right; forms that merely ask for it do not count."""
    if any(widget.kind != "signature" for widget in page.widgets):
        return 0.0
    if titled(page, data(FILE)["titles"]):
        return 0.95
    text = f" {plain(page.text)} "
    if any(f" {plain(phrase)} " in text.replace(_AT_REQUEST, " ") for phrase in data(FILE)["never"]):
        return 0.1
    said = statements(fold(page.text))
    speaks = any(f" {plain(word)} " in text for word in data(FILE)["cover"])
    certifies = any(f" {plain(word)} " in text for word in data(FILE)["certifying"])
    return (0.9 if certifies else 0.5) if said and speaks else 0.0


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return what the letter says, of whom, and which country's institution says it."""
    prose = Prose(pages)
    by_label = spots(pages, labels(FILE))
    head = Prose([_letterhead(pages[0])])
    named = identified(by_label, prose)
    born = named.get("person.birth_date")
    found: dict[str, Field | None] = {
        "country": _country(head, prose),
        "institution": _institution(head),
        "issued_on": first(by_label.get("issued_on", ()), day) or _issued(prose, born),
        "not_exportable": _answer(pages, prose),
        "legalised": legalised(pages),
    }
    return named | {name: field for name, field in found.items() if field is not None}


def _answer(pages: Sequence[Page], prose: Prose) -> Field | None:
    """Return what the letter answers, in doubt where nobody is seen to vouch for it."""
    said = _not_exportable(prose)
    if said is None or said.confidence <= _UNSIGNED or vouched(pages):
        return said
    return replace(said, confidence=_UNSIGNED)


def _letterhead(page: Page) -> Page:
    """Return the top of *page* alone."""
    words = tuple(word for word in page.words if word.box.y1 <= _HEAD * page.height)
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        words=words,
        reader=page.reader,
        picture=page.picture,
    )


def _not_exportable(prose: Prose) -> Field | None:
    """Return the answer, None with both readings where the letter's sentences differ."""
    said = statements(prose.folded)
    if not said:
        return None
    answers = {one.denied for one in said if one.denied is not None}
    best = max(said, key=lambda one: one.certainty)
    if len(answers) != 1 or (len(said) < 3 and any(one.denied is None for one in said)):
        readings = tuple(_reading(prose, one) for one in said)
        field = prose.field(best.start, best.end, None, 0.3)
        return Field(
            value=None, text=field.text, confidence=0.3, page=field.page, box=field.box, readings=readings
        )
    clear = all(one.denied is not None for one in said) and not limited(prose.folded)
    sure = best.certainty if clear else 0.6
    chosen = next(one for one in said if one.denied is not None)
    return prose.field(chosen.start, chosen.end, chosen.denied, sure)


def _reading(prose: Prose, one: Statement) -> Reading:
    """Return one sentence's own answer."""
    return Reading(
        reader=f"sentence-{one.start}",
        text=" ".join(prose.text[one.start : one.end].split()),
        value=one.denied,
        confidence=one.certainty,
    )


def _country(head: Prose, prose: Prose) -> Field | None:
    """Return the country of the letterhead, else of the institution's name, else the only one named."""
    by_head = _countries(head)
    by_name = _by_institution(prose)
    if len(by_head) == 1:
        (code,) = by_head
        differs = by_name is not None and by_name.value != code
        return head.field(*by_head[code], code, 0.5 if differs else 0.95)
    if by_name is not None:
        return by_name
    everywhere = _countries(prose)
    if len(everywhere) == 1:
        (code,) = everywhere
        return prose.field(*everywhere[code], code, 0.8)
    found = by_head or everywhere
    return prose.field(*next(iter(everywhere.values())), None, 0.2) if found and everywhere else None


def _countries(prose: Prose) -> dict[str, tuple[int, int]]:
    """Return the countries named, each with its first place; Spain is whom the letter is for."""
    found: dict[str, tuple[int, int]] = {}
    for named in countries_in(prose.text):
        if named.code != HERE:
            found.setdefault(named.code, (named.start, named.end))
    return found


def _by_institution(prose: Prose) -> Field | None:
    """Return the country of an institution that is known by its name."""
    for code, pattern in _known():
        if (match := pattern.search(prose.folded)) is not None:
            return prose.field(match.start(), match.end(), code, 0.85)
    return None


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the names of institutions that tell a country."""
    return tuple(
        (
            code,
            re.compile(
                r"(?<!\w)(?:"
                + "|".join(re.escape(fold(n)).replace(r"\ ", r"[\s'’]+") for n in names)
                + r")(?!\w)"
            ),
        )
        for code, names in data(FILE)["institutions"].items()
    )


def _institution(head: Prose) -> Field | None:
    """Return the first line of the letterhead that names an office."""
    words = {plain(word) for word in data(FILE)["institution"]}
    start = 0
    for line in head.text.split("\n"):
        spaced = f" {plain(line)} "
        foreign = "espan" not in spaced and "spain" not in spaced and "ingesa" not in spaced
        if foreign and any(f" {word} " in spaced for word in words):
            return head.field(start, start + len(line), " ".join(line.split()), 0.85)
        start += len(line) + 1
    return None


def _issued(prose: Prose, born: Field | None) -> Field | None:
    """Return the date after a place ("Fait à Rabat, le ..."), else the only date that is no birth date."""
    dates = [
        date
        for date in dates_in(prose.text)
        if date.value is not None and (born is None or date.value.isoformat() != born.value)
    ]
    signed = [d for d in dates if _SIGNED_AT.search(prose.folded[max(d.start - 45, 0) : d.start])]
    chosen = signed[-1] if signed else (dates[0] if len(dates) == 1 else None)
    if chosen is None or chosen.value is None:
        return None
    sure = 0.95 if signed else 0.8
    return prose.field(chosen.start, chosen.end, chosen.value.isoformat(), min(sure, chosen.certainty))


KIND = Kind(name="non_export_certificate", starts=starts, continues=numbered_on, read=read)
