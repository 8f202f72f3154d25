"""Years of two figures, where the paper itself proves which number is the year and of which century it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.page import Page
from extractors.prose import fold

_SHORT = re.compile(
    r"(?<![\w/.-])(?P<ahead>[0-3]?\d([-/.])(?P<month>[01]?\d)\2)(?P<year>\d\d)(?![\w]|[/.-]\d)"
)
_LONG = re.compile(r"(?<![\w/.-])[0-3]?\d([-/.])[01]?\d\1(?P<year>(?:19|20)\d\d)(?!\w|[/.-]\d)")
_YEAR_FIRST = re.compile(
    r"(?<![\w/.-])(?:19|20)?\d\d([-/.])\d\d?\1(?:3[2-9]|[4-9]\d)(?!\w)|(?<!\d)(?:19|20)\d\d(?:[-/.]\d|e?ko\s)"
)
"""Days told with the year first, as Basque does."""
_ANY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BORN = re.compile(r"(?:nacid|nac\.|nacim|nacem|naix|nascu|f\.\s?nac)[^\d\n]{0,40}$")
_TURN = 50
"""A year of two figures below it may be one of this century."""


def with_whole_years(pages: Sequence[Page]) -> list[Page]:
    """Return *pages* of text with their years of two figures written out, where they can mean one year alone.

    That the year comes last is proved by another day of the paper. No day is later than the last on the
    paper, that of its issue; nor earlier than the birth, which must be told.
    """
    text = "\n".join(fold(page.text) for page in pages)
    short = list(_SHORT.finditer(text))
    if not short or any(page.reader != "text" for page in pages) or not _ordered(text):
        return list(pages)
    last = max(_years_of(text), default=0)
    born = {year for found in (*_LONG.finditer(text), *short) for year in _birth(text, found, last)}
    if len(born) != 1:
        return list(pages)
    first = born.pop()
    return [_written_out(page, first, last) for page in pages]


def _ordered(text: str) -> bool:
    """Whether a day of *text* proves that its years come last, and none stands first, nor a month."""
    if any(int(found["month"]) > 12 for found in _SHORT.finditer(text)):
        return False
    proved = _LONG.search(text) or any(int(found["year"]) > 31 for found in _SHORT.finditer(text))
    return bool(proved) and not _YEAR_FIRST.search(_LONG.sub(" ", _SHORT.sub(" ", text)))


def _years_of(text: str) -> Iterator[int]:
    """Yield the years of *text*; those of two figures as of this century, where they may be."""
    yield from (int(found[0]) for found in _ANY.finditer(text))
    yield from (2000 + int(found["year"]) for found in _SHORT.finditer(text) if int(found["year"]) < _TURN)


def _birth(text: str, found: re.Match[str], last: int) -> Iterator[int]:
    """Yield the years that a day can mean, where words before it say that somebody was born on it."""
    if _BORN.search(text, max(found.start() - 60, 0), found.start()):
        yield from _meant(found["year"], 0, last)


def _meant(year: str, first: int, last: int) -> list[int]:
    """Return the years between *first* and *last* that the figures of a *year* can mean."""
    told = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    return [one for one in told if first <= one <= last]


def _written_out(page: Page, first: int, last: int) -> Page:
    """Return *page* with the years of its words written out where one alone can be meant."""

    def whole(found: re.Match[str]) -> str:
        meant = _meant(found["year"], first, last)
        return f"{found['ahead']}{meant[0]}" if len(meant) == 1 else found[0]

    return replace(page, words=tuple(word._replace(text=_SHORT.sub(whole, word.text)) for word in page.words))
