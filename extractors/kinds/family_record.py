"""Family book, birth and marriage certificates: which one, who stands in it, and from which country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.document import Field
from extractors.family.explained import known_words
from extractors.family.marginal import notes
from extractors.family.origin import issuer, legalised
from extractors.family.people import people
from extractors.kinds import Kind
from extractors.kinds._labels import spots
from extractors.kinds._pages import numbered_on
from extractors.kinds._values import day, first
from extractors.kinds._words import data, labels, titled
from extractors.lines import Word
from extractors.page import Page
from extractors.prose import fold

_FILE = "family_record.yaml"
TITLED = 0.95
"""Certainty of the record that the title names."""


def starts(page: Page) -> float:
    """The title of one of the three papers."""
    return 0.9 if not page.widgets and _record(page) is not None else 0.0


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return which record it is, the people in it, where it comes from, and the day it was issued."""
    record = _record(pages[0])
    title = _title(pages[0], record) if record else None
    issued = first(spots(pages, labels(_FILE)).get("issued_on", ()), day)
    found = {
        "record": title,
        "people": people(record, pages) if record else None,
        "issued_on": issued,
        "country": issuer(pages[0]),
        "legalised": legalised(pages),
        "marginal_notes": notes(pages),
    }
    return {field: value for field, value in found.items() if value is not None}


def _record(page: Page) -> str | None:
    """Return the slug of the record whose title stands on *page*."""
    titles: Mapping[str, list[str]] = data(_FILE)["titles"]
    return next((slug for slug, words in titles.items() if titled(page, words) or _among(page, words)), None)


def _among(page: Page, titles: Sequence[str]) -> bool:
    """Whether a line gives one of *titles* in several languages, as extracts of the CIEC: "Acta / Acte"."""
    wanted = set(map(fold, titles))
    parts = [line.text.split("/") for line in page.lines if line.text.count("/") > 0]
    return any(fold(part).strip(" .:") in wanted for several in parts for part in several)


def _title(page: Page, record: str) -> Field:
    """Return the record at the line that is its title, else at the first line, where two lines make it."""
    words = data(_FILE)["titles"][record]
    own = (line for line in page.lines if titled(replace(page, words=line.words), words))
    line = next(own, page.lines[0])
    sure = min([TITLED, *(word.confidence for word in line.words if any(map(str.isalnum, word.text)))])
    return Field(value=record, text=line.text, confidence=sure, page=page.number, box=line.box)


def known(page: Page) -> frozenset[Word]:
    """Return the words of a page that are labels of one of the three papers, or head a person's block."""
    return frozenset(word for record in data(_FILE)["titles"] for word in known_words(record, page))


KIND = Kind(name="family_record", starts=starts, continues=numbered_on, read=read, known=known)
