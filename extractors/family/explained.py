"""Words of a page that are of the family papers' own language: labels, and the words that head a block."""

from __future__ import annotations

from extractors.family.blocks import CELL, place_of
from extractors.family.found import labels
from extractors.family.sentences import courtesy
from extractors.kinds._labels import labelled_rows, plain
from extractors.lines import Word, lines
from extractors.page import Page


def known_words(kind: str, page: Page) -> frozenset[Word]:
    """Return the words of *page* that the vocabulary of *kind* explains: misread, they would be none of it.

    A head counts with its number ("Hijo/a 2") where it has a line or a column to itself: no value is in it.
    So do words of courtesy before a name, however their small raised letter was read.
    """
    known = dict(labels())
    found: set[Word] = set()
    for row in labelled_rows(page, labels()):
        for label in row.labels:
            said = row.words[label.first : label.last]
            if plain(" ".join(word.text for word in said)) in known:
                found.update(said)
    for line in lines(page.words, CELL):
        if place_of(line.words, kind) is not None:
            found.update(line.words)
    found.update(word for word in page.words if courtesy(word.text))
    return frozenset(found)
