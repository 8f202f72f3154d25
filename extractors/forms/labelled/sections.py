"""Which part of a form a label stands in: the nearest heading above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.forms.labelled.phrases import Phrase
from extractors.forms.labelled.vocabulary import Section, Vocabulary
from extractors.lines import Box, lines
from extractors.page import Page

_STRANGE = re.compile(
    r"(\d{1,2}\s*[.)-]+\s*)?(datos|dades|datuak)\s+(d[eoa]l?|relativ[oa]s)\b.*"
    r"|\d{1,2}\s*[.)]\s+[A-ZÁÉÍÓÚÑ ./()]{8,}"
)
"""A heading that we do not know: what stands under it is none of our fields."""
_SIDE_BY_SIDE = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading on the page; `section` is None for one we do not know."""

    box: Box
    section: Section | None


def headings(page: Page, found: Sequence[Phrase], words: Vocabulary) -> list[Heading]:
    """Return the headings of the page, known and strange, top to bottom."""
    known = [
        Heading(box=phrase.box, section=words.headings[phrase.key])
        for phrase in found
        if phrase.key in words.headings and phrase.alone and not phrase.colon
    ]
    strange = [
        Heading(box=line.box, section=None)
        for line in lines(page.words, 1.0)
        if _STRANGE.fullmatch(line.text.casefold() if line.text.isupper() else line.text)
        and not any(line.box.common(heading.box) for heading in known)
        and not any(line.box.common(phrase.box) for phrase in found)
    ]
    return sorted([*known, *strange], key=lambda heading: heading.box.y0)


def above(box: Box, every: Sequence[Heading]) -> Heading | None:
    """Return the heading that governs *box*; of several side by side the one over it."""
    higher = [heading for heading in every if heading.box.middle[1] < box.middle[1] - 1]
    if not higher:
        return None
    lowest = max(heading.box.middle[1] for heading in higher)
    beside = [heading for heading in higher if lowest - heading.box.middle[1] <= _SIDE_BY_SIDE]
    return min(beside, key=lambda heading: abs(heading.box.middle[0] - box.middle[0]))
