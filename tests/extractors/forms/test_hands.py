"""What stands on a page beside one that is filled in by hand may be by hand too."""

from __future__ import annotations

import pytest

from extractors.document import Reading
from extractors.forms.hands import doubted
from extractors.forms.laid import Entry, Laid
from extractors.forms.template import sheets
from extractors.forms.zones.handwriting import at_odds
from extractors.lines import Box
from extractors.page import Page

BOX = Box(0, 0, 9, 9)
BY_HAND = Entry(text="", certainty=0.3, box=BOX, hand=True)
ALIKE = Entry(text="MUÑIZ", certainty=0.98, box=BOX)
OTHERWISE = Entry(
    text="GUELL",
    certainty=0.98,
    box=BOX,
    readings=(Reading(reader="a", text="G", value="G", confidence=0.9),),
)
EMPTY = Entry(text="", certainty=0.97, box=BOX)


def never():
    """Nobody looks at the picture."""
    raise AssertionError


def page(*entries, printed=True):
    """Return a page laid on the first blank of a form, with these entries."""
    sheet = sheets("ce_application")[0]
    laid = Laid(sheet=sheet, share=0.9, entries=dict(enumerate(entries)), printed=printed)
    return Page(number=1, width=595, height=842, words=(), reader="ocr", laid=laid, picture=never)


def certainties(pages):
    """Return how sure the entries of the first page are."""
    return [entry.certainty for entry in pages[0].laid.entries.values()]


@pytest.mark.parametrize(
    ("hands", "alike", "sure"), [(4, 16, 0.89), (4, 17, 0.98), (3, 16, 0.98), (0, 16, 0.98)]
)
def test_a_neat_hand_beside_a_page_by_hand_is_not_sure(hands, alike, sure):
    """Unless both readers saw the same nearly everywhere, as on a typed page that is signed by hand."""
    neat = page(*[ALIKE] * alike, *[OTHERWISE] * (20 - alike))
    found = certainties(doubted([neat, page(*[BY_HAND] * hands)]))
    assert set(found) == {sure}


def test_what_is_empty_beside_a_page_by_hand_stays_as_sure():
    """A hand that wrote elsewhere says nothing of an empty place."""
    assert certainties(doubted([page(EMPTY, OTHERWISE), page(*[BY_HAND] * 4)])) == [0.97, 0.89]


@pytest.mark.parametrize(("beside", "sure"), [(True, 0.98), (False, 0.89), (None, 0.89)])
def test_too_few_letters_to_tell_are_print_beside_a_page_of_print(beside, sure):
    """A machine that wrote one page wrote the other; of none nobody knows."""
    assert certainties(doubted([page(ALIKE, printed=None), page(printed=beside)])) == [sure]


@pytest.mark.parametrize(
    ("agreed", "odd"),
    [([True] * 2 + [False] * 2, True), ([True] * 3 + [False] * 2, False), ([False] * 3, False)],
)
def test_readers_that_differ_in_half_the_places_leave_none_sure(agreed, odd):
    """Of fewer than four places nothing can be told."""
    assert at_odds(agreed) is odd
