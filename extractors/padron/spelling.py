"""Words of a register's papers with one letter that an engine misread: put right before they are looked for.

A misread label costs its value: "Altaren arrazola" names no cause. Only words that the engine was unsure of
are touched, and each keeps that doubt, so nothing becomes sure by it. What is one letter away from two of the
words (in Spanish a day of issue and an omission may be) stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.lines import Word
from extractors.padron.vocabulary import told_words
from extractors.page import Page
from extractors.prose import fold
from extractors.reading.kept import remembered

LETTERS = 7
"""Letters of a word of the register from which what is one letter away is that word: others have twins."""
_UNSURE = 0.88
"""Certainty, 0 to 1, below which a word may be misread: what both readers agree on has 0.89."""
_RUN = re.compile(rf"(?<!\w)[^\W\d_](?:[^\W\d_]|[!|¡](?=\w)){{{LETTERS - 2},}}(?!\w)")
"""Letters in a row; strokes among them are letters or dirt."""
_MORE = (
    "certificado", "certificacion", "certificat", "ziurtagiria", "ayuntamiento", "ajuntament", "concello",
    "individual", "colectivo", "historico", "provincia", "empadronamiento", "empadroamento", "empadronament",
    "errolda", "iraungitzea", "omisioa", "aldaketa", "caducidade",
)  # fmt: skip
"""Words of titles, and those of causes whose endings vary."""


def spelled(page: Page) -> Page:
    """Return a scanned *page* with the register's own words spelled as they are; a page of text as it is."""
    if page.reader != "ocr":
        return page
    words = _spelled(page.words)
    return page if words == page.words else replace(page, words=words)


@remembered(32)
def _spelled(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return *words* put right; kept, since every kind of paper asks the same of the same page."""
    return tuple(word if word.confidence >= _UNSURE else _right(word) for word in words)


def _right(word: Word) -> Word:
    """Return an unsure word with each run of its letters put right."""
    text = _RUN.sub(lambda run: _meant(run[0]), word.text)
    return word if text == word.text else word._replace(text=text)


@remembered(512)
def _meant(run: str) -> str:
    """Return the register's only word that is one letter away from *run*; *run* itself where none is."""
    folded = fold(run)
    lengths = _vocabulary()
    if folded in lengths.get(len(folded), ()):
        return run
    near = [one for size in (-1, 0, 1) for one in lengths.get(len(folded) + size, ())]
    found = process.extract(folded, near, scorer=Levenshtein.distance, score_cutoff=1, limit=2)
    if len(found) != 1:
        return run
    meant = str(found[0][0])
    return meant.upper() if run.isupper() else meant.capitalize() if run[0].isupper() else meant


@cache
def _vocabulary() -> Mapping[int, frozenset[str]]:
    """Return the register's words by their number of letters."""
    known: dict[int, set[str]] = {}
    for word in _long():
        known.setdefault(len(word), set()).add(word)
    return {size: frozenset(words) for size, words in known.items()}


def _long() -> Iterator[str]:
    """Yield the words that are long enough."""
    yield from (word for word in (*_MORE, *told_words()) if len(word) >= LETTERS)
