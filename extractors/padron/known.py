"""Words of a page that are of the register's own language: labels, movements, causes."""

from __future__ import annotations

from extractors.padron.vocabulary import ANYTHING, causes_in, headers_in, roles_in
from extractors.page import Page, Word, lines
from extractors.prose import fold

_GAPS = (0.9, 1.6)
"""White space, in text heights, that parts two cells: no label runs over it. A typewriter's blank is as broad
as its letters, and beside capitals, which have no tails, that is more than a height."""
_MOST = 0.7
"""Share of a word's letters that must be explained: an article may stand before it, as in "l'última"."""


def known_words(page: Page) -> frozenset[Word]:
    """Return the words of *page* that the vocabulary explains: misread, they would be no such words."""
    found: set[Word] = set()
    for line in (line for gap in _GAPS for line in lines(page.words, gap)):
        folded = fold(line.text)
        at = 0
        told = (mark for read in (headers_in, roles_in, causes_in) for mark in read(folded))
        marks = [mark for mark in told if mark.meaning != ANYTHING]
        for word in line.words:
            end = at + len(word.text.rstrip(".:,;"))
            if any(min(end, mark.end) - max(at, mark.start) >= _MOST * (end - at) for mark in marks):
                found.add(word)
            at += len(word.text) + 1
    return frozenset(found)
