"""Words of a page that are of the register's own language: labels, movements, causes."""

from __future__ import annotations

import re

from extractors.lines import Word, lines
from extractors.padron.vocabulary import ANYTHING, causes_in, headers_in, roles_in
from extractors.page import Page
from extractors.prose import fold

_GAPS = (0.9, 1.6)
"""White space, in text heights, that parts two cells: no label runs over it. A typewriter's blank is as broad
as its letters, and beside capitals, which have no tails, that is more than a height."""
_OWN = re.compile(
    r"(?<!\w)(?:padron\s+municipal(?:\s+de\s+habitantes)?|padro\s+municipal(?:\s+d['’]\s?habitants)?"
    r"|(?:biztanleen\s+)?udal[\s-]errold(?:a|an|ako|aren|atik)|actualidade?|actualitat|gaur\s+egun)(?!\w)"
)
"""The register's own name, as the law has it in four languages, and what stands for the end of a stay that
goes on: misread they are no other's name, and no day."""
_MOST = 0.7
"""Share of a word's letters that must be explained: an article may stand before it, as in "l'última"."""


def known_words(page: Page) -> frozenset[Word]:
    """Return the words of *page* that the vocabulary explains: misread, they would be no such words."""
    found: set[Word] = set()
    for line in (line for gap in _GAPS for line in lines(page.words, gap)):
        folded = fold(line.text)
        at = 0
        told = (mark for read in (headers_in, roles_in, causes_in) for mark in read(folded))
        spans = [(mark.start, mark.end) for mark in told if mark.meaning != ANYTHING]
        spans += [name.span() for name in _OWN.finditer(folded)]
        for word in line.words:
            end = at + len(word.text.rstrip(".:,;"))
            if any(min(end, last) - max(at, first) >= _MOST * (end - at) for first, last in spans):
                found.add(word)
            at += len(word.text) + 1
    return frozenset(found)
