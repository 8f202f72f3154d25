"""A form that is by hand on one page is most likely so on its others: a neat hand passes for print.

On a page of clear capitals both readers agree often enough for print. Beside a page that is surely by hand,
such a page is print only where they hardly ever differ, as on a form that was typed and then signed by hand.
And a page with too few letters to tell is print only where another page of the form is: a town in neat
capitals beside a signature is all that many a hand writes there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.laid import Entry, Laid
from extractors.page import Page

_PLACES = 4
"""Places with something written from which a page tells how it was filled in."""
_PRINTED = 0.85
"""Share of its places in which both readers must see the same for a page to be print beside one by hand.

On 12 clean and photographed pages of print and typewriter it was 0.83 to 1, on those of a neat hand 0.46 to
0.79."""
_DOUBTED = 0.89
"""Certainty at most of what may be written by hand."""


def doubted(pages: Sequence[Page]) -> list[Page]:
    """Return the pages of one form with what may be by hand in doubt, as others are or as none is print."""
    by_hand = any(_by_hand(page.laid) for page in pages)
    print_ = any(page.laid is not None and page.laid.printed for page in pages)
    return [
        _unsure(page, page.laid)
        if page.laid is not None and _in_doubt(page.laid, by_hand=by_hand, print_=print_)
        else page
        for page in pages
    ]


def _in_doubt(laid: Laid, *, by_hand: bool, print_: bool) -> bool:
    """Whether a page may be by hand where another page *by_hand* is, or another one is in *print_*."""
    return (by_hand and not _printed(laid)) or (laid.printed is None and not print_)


def _written(laid: Laid) -> list[Entry]:
    """Return what is written on a page."""
    return [entry for entry in laid.entries.values() if entry.text or entry.hand]


def _by_hand(laid: Laid | None) -> bool:
    """Whether a page is by hand: so many places, and all of them."""
    entries = _written(laid) if laid is not None else []
    return len(entries) >= _PLACES and all(entry.hand for entry in entries)


def _printed(laid: Laid) -> bool:
    """Whether the readers saw the same in nearly all places of a page."""
    entries = _written(laid)
    return sum(not (entry.hand or entry.readings) for entry in entries) >= _PRINTED * len(entries)


def _unsure(page: Page, laid: Laid) -> Page:
    """Return a page with nothing that is written on it sure; what is empty stays as sure as it was."""
    entries = {
        at: replace(entry, certainty=min(entry.certainty, _DOUBTED)) if entry.text else entry
        for at, entry in laid.entries.items()
    }
    return replace(page, laid=replace(laid, entries=entries))
