"""Words of a page that are of the register's own language: labels, movements, causes."""

from __future__ import annotations

from extractors.padron.vocabulary import causes_in, headers_in, roles_in
from extractors.page import Page, Word, lines
from extractors.prose import fold

_GAP = 0.9
"""White space, in text heights, that parts two cells: no label runs over it."""


def known_words(page: Page) -> frozenset[Word]:
    """Return the words of *page* that the vocabulary explains: misread, they would be no such words."""
    found: set[Word] = set()
    for line in lines(page.words, _GAP):
        folded = fold(line.text)
        at = 0
        marks = [mark for told in (headers_in, roles_in, causes_in) for mark in told(folded)]
        for word in line.words:
            if any(mark.start <= at and at + len(word.text.rstrip(" .:,;")) <= mark.end for mark in marks):
                found.add(word)
            at += len(word.text) + 1
    return frozenset(found)
