"""The printed words of a kind of paper, from the data file beside its module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Levenshtein

from extractors.kinds._labels import Table, labelled, plain, table
from extractors.lines import lines
from extractors.page import Page
from extractors.reading import kept
from extractors.vocabulary import loaded

_COLUMN = 2.5
_LONG = 14
"""Letters of a title for each one that a reader of scans may take for another."""
_ROOM = 1.6
"""A line is a title when it is at most this many times as long as the title's words, and a little more."""


@cache
def data(file: str) -> Mapping[str, Any]:
    """Return a data file of this package."""
    words: dict[str, Any] = loaded(files(__package__).joinpath(file).read_text(encoding="utf-8"))
    return words


@cache
def labels(file: str) -> Table:
    """Return the label table of a data file."""
    return table(data(file)["labels"])


def titled(page: Page, titles: Sequence[str]) -> bool:
    """Whether a line of *page* is one of *titles*, or little more than it."""
    wanted = _plain(tuple(titles))
    garbled = page.reader == "ocr"
    return any(_is_title(line, wanted, garbled=garbled) for line in headings(page))


def score(page: Page, file: str) -> float:
    """How sure a page begins a paper of *file*: its title, and as many labels as the paper needs."""
    if page.widgets or not titled(page, data(file)["titles"]):
        return 0.0
    missing = data(file)["needs"] - len(labelled(page, labels(file)))
    return 0.92 if missing <= 0 else 0.25


def named(page: Page, words: Sequence[str]) -> bool:
    """Whether *page* has one of *words* anywhere."""
    text = f" {plain(page.text)} "
    return any(f" {plain(word)} " in text for word in words)


@kept.remembered(8)
def headings(page: Page) -> tuple[str, ...]:
    """Return the lines of *page* in plain letters: columns apart and together, and each with the next."""
    found = [plain(line.text) for gap in (_COLUMN, None) for line in lines(page.words, gap)]
    pairs = [f"{above} {below}" for above, below in pairwise(found)]
    return tuple(dict.fromkeys(line for line in (*found, *pairs) if len(line) > 2))


@cache
def _plain(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return *titles* in plain letters."""
    return tuple(plain(title) for title in titles)


def _is_title(line: str, wanted: Sequence[str], *, garbled: bool) -> bool:
    """Whether a plain line is a title, begins with one, or holds one and not much else."""
    spaced = f" {line} "
    for title in wanted:
        if title in line and f" {title} " in spaced and len(line) <= _ROOM * len(title) + 12:
            return True
        slips = len(title) // _LONG if garbled else 0
        if slips and Levenshtein.distance(line, title, score_cutoff=slips) <= slips:
            return True
    return False
