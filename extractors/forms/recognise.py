"""How sure it is that a page belongs to a form of some kind, and which page of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.forms import known
from extractors.forms.labelled import unknown
from extractors.forms.template import forms
from extractors.page import Page

_SECOND = 0.7
"""A later sheet may start a document, where the first is missing or in another file."""
_FORM = 0.5
"""How sure it must be that a form began before a page without a title can go on with it."""


def starts(page: Page, kind: str) -> float:
    """Return how sure it is, 0 to 1, that a form of *kind* begins on the page."""
    number, sure = _sheet(page, kind)
    if number == 0:
        return 0.0 if _of_another(page, kind) else unknown.likeness(page, kind)
    return sure if number == 1 else sure * _SECOND


def continues(page: Page, before: Sequence[Page], kind: str) -> float:
    """Return how sure it is, 0 to 1, that the page is another sheet of the form on the pages *before*."""
    there = {_sheet(other, kind)[0] for other in before}
    number, sure = _sheet(page, kind)
    if number:
        return sure if number not in there and there != {0} else 0.0
    if there != {0} or unknown.likeness(before[0], kind) < _FORM:
        return 0.0
    return unknown.follows(page, kind)


def _of_another(page: Page, kind: str) -> bool:
    """Whether the page is a known edition of another form: it only shares words with this one."""
    return any(_sheet(page, other)[0] for other in forms() - {kind})


def _sheet(page: Page, kind: str) -> tuple[int, float]:
    """Return which sheet of a known edition the page is, 0 for none, and how sure that is."""
    placement = known.laid(page, kind)
    if placement is None or not known.trusted(placement, page):
        return 0, 0.0
    return placement.sheet.number, 0.9 + 0.09 * min(placement.share, 1.0)
