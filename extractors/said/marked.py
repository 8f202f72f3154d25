"""The text of a letter or a writing with what needs no look, or much of one, marked in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extractors.languages.countries import Named, countries_in
from extractors.languages.dates import dates_in
from extractors.prose import fold
from extractors.said.mentions import judged_phrases
from extractors.vocabulary import lists

NEEDLESS = " "
"""Stands for days and their place, numbers, addresses of the net and phrases that say nothing."""
SUBJECT = "\0"
"""Stands for the words of a subject that has rules of its own."""
HELD = "\1"
"""Stands for another country in a writing that has no need of one, and for what signs in another's name."""
_ADDRESS = re.compile(r"\S*(?:@|https?:|www\.|\.(?:es|com|org|net|eu|gob|ma|fr)\b)\S*")
_NUMBER = re.compile(r"\b(?:es|is|est|és|é)\s+(?:el\s+|the\s+|le\s+|o\s+)?(?=\+?\d)|\b(?=\w*\d)\w+")
"""What says that a number follows, and words with figures in them: codes."""
_DATED = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s*,\s*(?:(?:a|el|o|le|on|the|em|il|den)\s+)?$")
"""A place before the day of a letter."""
_FOR_ANOTHER = re.compile(r"\bp\. ?[oap]\.")
"""Por orden, por ausencia, por poder."""
_ENTERED = re.compile(
    r"(?:fecha|data|dia)\s+(?:de\s+|d['’]\s*)?(?:la\s+)?(?:entrada|chegada|arribada|llegada)"
)
"""A day of entry that a writing tells: in Spain, but where it speaks of a register of papers."""
_REGISTRY = re.compile(r"re[gx]istr[eo]")
_SPAIN = "ESP"
_ITS = re.compile(r"\b(?:de|del|da|do|du|of|of the|de la)\s+$")
"""What makes a country one that an office belongs to."""
_FILE = Path(__file__).with_name("foreseen.yaml")


def marked(text: str, *, free: bool) -> str:
    """Return *text* folded, letter for letter, with its marks; *free*: it may be about anything.

    A letter from abroad names countries, and its subject is one; in a writing they are told.
    """
    folded = fold(text)
    needless = [*_needless(text, folded), *(place.span() for place in _phrases().finditer(folded) if free)]
    countries = [(one.start, one.end) for one in countries_in(text) if not free or _named_only(folded, one)]
    folded = _with(folded, [*needless, *countries], NEEDLESS)
    if not free:
        return folded
    held = [(one.start, one.end) for one in countries_in(text)]
    held += [place.span() for place in _FOR_ANOTHER.finditer(folded)]
    held += [place.span() for place in _ENTERED.finditer(folded) if not _REGISTRY.search(folded)]
    subjects = [*judged_phrases(text, "other")]
    folded = _with(folded, [span for span in held if span not in countries], HELD)
    return _with(folded, subjects, SUBJECT)


def _with(folded: str, spans: list[tuple[int, int]], mark: str) -> str:
    """Return *folded* with a mark for each letter of *spans*."""
    for start, end in spans:
        folded = folded[:start] + mark * (end - start) + folded[end:]
    return folded


def _needless(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Yield the places of addresses of the net, of numbers and codes, and of days with their place."""
    yield from (place.span() for by in (_ADDRESS, _NUMBER) for place in by.finditer(folded))
    for date in dates_in(text):
        place = _DATED.match(text, text.rfind("\n", 0, date.start) + 1, date.start)
        yield place.start() if place else date.start, date.end


def _named_only(folded: str, one: Named) -> bool:
    """Whether a country is Spain, or one whose office or paper is named."""
    return one.code == _SPAIN or _ITS.search(folded, 0, one.start) is not None


@cache
def _phrases() -> re.Pattern[str]:
    """Return the pattern of phrases that say nothing in a paper that only sends."""
    phrases = lists(_FILE)["phrases"]
    return re.compile(r"(?<!\w)(?:" + "|".join(one.replace(" ", r"\s+") for one in phrases) + r")(?!\w)")
