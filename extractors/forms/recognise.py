"""How sure it is that a page belongs to a form of some kind, and which page of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms import known
from extractors.forms.unknown import likeness
from extractors.page import Page

_SECOND = 0.7
"""A later sheet may start a document, where the first is missing or in another file."""
_FLOOR = 0.4


def starts(page: Page, kind: str) -> float:
    """Return how sure it is, 0 to 1, that a form of *kind* begins on the page."""
    number, sure = _sheet(page, kind)
    return sure if number == 1 else sure * _SECOND


def continues(page: Page, before: Sequence[Page], kind: str) -> float:
    """Return how sure it is, 0 to 1, that the page is another sheet of the form on the pages *before*."""
    number, sure = _sheet(page, kind)
    if sure < _FLOOR:
        return 0.0
    there = {_sheet(other, kind)[0] for other in before if _sheet(other, kind)[1] >= _FLOOR}
    return sure if there and number not in there else 0.0


def _sheet(page: Page, kind: str) -> tuple[int, float]:
    """Return which sheet of *kind* the page is and how sure that is."""
    placement = known.laid(page, kind)
    if placement is not None and known.trusted(placement, page):
        return placement.sheet.number, 0.9 + 0.09 * min(placement.share, 1.0)
    return likeness(page, kind)
