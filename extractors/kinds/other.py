"""A paper that can be read and is none of the kinds we know: its title, so that a person finds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from extractors.document import Field
from extractors.kinds import Kind
from extractors.page import Page

_LONGEST = 160
"""Signs of a title that are kept: a clerk sees which paper it is."""


def starts(page: Page) -> float:
    """Never claim a page: this kind takes what no other wants."""
    del page
    return 0.0


def read(pages: Sequence[Page]) -> Mapping[str, Field]:
    """Return the first prominent line as the title; nothing where there is no line of words."""
    page = pages[0]
    candidates = [line for line in page.lines if sum(map(str.isalpha, line.text)) >= 4]
    if not candidates:
        return {}
    usual = median(line.box.height for line in candidates)
    line = next((one for one in candidates if one.box.height >= 1.2 * usual), candidates[0])
    text = line.text[:_LONGEST]
    return {"title": Field(value=text, text=text, confidence=line.confidence, page=page.number, box=line.box)}


KIND = Kind(name="other", starts=starts, read=read)
