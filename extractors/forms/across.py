"""Figures of a fax that those on other pages of the same form vouch for: its last page often shows only days.

A form is filled in with one machine and goes through one fax, page after page; the witness that compares the
figures of one page needs no more than their shapes to compare those of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.laid import Laid
from extractors.page import Page
from extractors.reading.words.signs import Figures
from extractors.reading.words.witness import vouched

_PLACES = 10_000
"""More places than any page has: the number of a place among those of all pages."""


def seen_across(pages: Sequence[Page]) -> list[Page]:
    """Return the pages of one form with figures sure that look like their namesakes on other pages of it."""
    laid = {at: page.laid for at, page in enumerate(pages) if page.laid is not None and page.laid.figures}
    if len(laid) < 2 or not any(one.waiting for one in laid.values()):
        return list(pages)
    values = {
        _PLACES * at + place: Figures(*value)
        for at, one in laid.items()
        for place, value in one.figures.items()
    }
    agreed = frozenset(_PLACES * at + place for at, one in laid.items() for place in one.agreed)
    shown = vouched(values, agreed)
    return [
        replace(page, laid=_with(laid[at], {one - _PLACES * at for one in shown})) if at in laid else page
        for at, page in enumerate(pages)
    ]


def _with(laid: Laid, shown: set[int]) -> Laid:
    """Return a page with the places that were waiting to be *shown* as sure as they are then."""
    return replace(
        laid, entries={**laid.entries, **{at: laid.waiting[at] for at in shown & set(laid.waiting)}}
    )
