"""Which country a family paper comes from, and whether it bears a legalisation or an apostille."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Field
from extractors.languages.countries import country
from extractors.page import Page
from extractors.prose import Prose

_HEAD = 8
"""Lines at the top of a page among which the issuing State stands by itself."""
_SURE, _SAID, _UNKNOWN = 0.95, 0.6, 0.3
_APOSTILLE = re.compile(r"\bapostill?[ae]\b")
_CONVENTION = re.compile(r"\b(?:conven(?:tion|io) de la hay[ea]|convencao da haia|hague convention)\b")
_LEGALISED = re.compile(r"\b(?:apostill?[ae]|legalizad[oa]|legalise[de]?|vu pour legalisation)\b")
_ABROAD = re.compile(
    r"\b(?:acte de|livret de famille|birth certificate|certificate of birth|marriage certificate"
    r"|certidao de|geburtsurkunde|heiratsurkunde|atto di)\b"
)
"""Titles of other countries' papers."""


def issuer(page: Page) -> Field | None:
    """Return the State at the head of the paper (alpha-3); no value where only the title is foreign."""
    prose = Prose([page])
    place = 0
    for line in prose.text.split("\n")[:_HEAD]:
        code = country(line)
        if code is not None:
            return prose.field(place, place + len(line), code, _SURE)
        place += len(line) + 1
    title = _ABROAD.search(prose.folded)
    return prose.field(title.start(), title.end(), None, _UNKNOWN) if title else None


def legalised(pages: Sequence[Page]) -> Field | None:
    """Return that the paper bears an apostille or a legalisation, None where no word of it stands there.

    Sure only for the apostille with its convention: a paper may say of itself that it must be legalised.
    """
    prose = Prose(pages)
    found = _LEGALISED.search(prose.folded)
    whole = _APOSTILLE.search(prose.folded) and _CONVENTION.search(prose.folded)
    sure = _SURE if whole else _SAID
    return prose.field(found.start(), found.end(), value=True, confidence=sure) if found else None
