"""Sentences by which a certificate takes something back or limits it, in words that nobody foresaw.

A register's certificate affirms; one that denies, excepts or suspends says something that the reader of its
stays does not know. Such a paper is for a person to read, whatever else it says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.document import Field
from extractors.languages.dates import dates_in
from extractors.page import Page
from extractors.prose import Prose
from extractors.vocabulary import either, lists

RESERVES = "reservation"
"""The subject of the mention."""
KINDS = frozenset({"padron_certificate"})
"""Papers that affirm; a decision or a letter lives by its denials."""
_FILE = Path(__file__).with_name("reserving.yaml")
_SURE = 0.95
_AROUND = 120
"""Letters before and behind the words within which their sentence is told."""
_STOP = re.compile(r"[.;]\s|\n\s*\n")
_UNTIL = re.compile(
    r"(?<!\w)(?:caduc\w*|expir\w*|iraungi\w*"
    r"|(?:valid|balio|vigen|vixen|efecto|efecte)\w*\s+(?:\w+\s+){0,3}?(?:hasta|ata|fins|until))"
    r"(?:\W+(?:el|o|al?|en|on|dia|day|egun\w*|del?|d)(?!\w))*\W+(?=\d{1,4}\W|(?:primeros|finales|fin|mediados|principios)\W"
    r"|[a-z]{4,10}\s+(?:del?\s+)?\d{4})"
    r"|(?<!\w)(?:arte\s+(?:\w+\s+){0,2}?balio\w*|balio\w*\s+(?:\w+\W+){0,6}?arte)(?!\w)"
)
"""Words that make the day or month behind them the last one of the paper's worth."""
_DAYS = 90
"""Days of worth that registers print under any certificate as a matter of form; a shorter term is its own."""


def reserved(kind: str, pages: Sequence[Page], fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """Return, as a mention, the first sentence by which a paper of *kind* limits itself; none mostly."""
    if kind not in KINDS:
        return {}
    prose = Prose(pages)
    spans = _reservations(prose, _issued(fields), ended=_ended(fields))
    found = next(spans, None)
    if found is None:
        return {}
    start, end = _sentence(prose.folded, *found)
    value = {"of": "nobody", "numbers": []}
    return {RESERVES: prose.field(start, end, value, _SURE)}


def short_term(folded: str) -> re.Match[str] | None:
    """Return where a text gives itself less worth than three months, None where it does not."""
    return next((found for found in _term().finditer(folded) if not _long(found["number"], found[0])), None)


def _long(number: str | None, words: str) -> bool:
    """Whether a number of days, in figures or *words*, is three months or more."""
    return int(number) >= _DAYS if number else bool(_words("long").search(words))


def _ended(fields: Mapping[str, Field]) -> bool:
    """Whether a stay that was read has an end: then a baja is told by it."""
    stays = fields.get("periods")
    listed = stays.value if stays is not None and isinstance(stays.value, Iterable) else ()
    return any(isinstance(stay, Mapping) and stay.get("to") for stay in listed)


def _issued(fields: Mapping[str, Field]) -> dt.date | None:
    """Return the day of the paper, None where it was not read."""
    field = fields.get("issued_on")
    return dt.date.fromisoformat(field.value) if field is not None and isinstance(field.value, str) else None


def _last_day(prose: Prose, issued: dt.date | None) -> Iterator[tuple[int, int]]:
    """Yield the places where a paper names the last day of its worth, unless it lies three months ahead.

    A day without its year, or a month, lies nowhere for sure.
    """
    days = {date.start: date for date in dates_in(prose.text)}
    for found in _UNTIL.finditer(prose.folded):
        date = days.get(found.end())
        last = date.value if date is not None else None
        if last is None or issued is None or last - issued < dt.timedelta(days=_DAYS - 1):
            yield found.start(), date.end if date is not None else found.end()


def _reservations(prose: Prose, issued: dt.date | None, *, ended: bool) -> Iterator[tuple[int, int]]:
    """Yield the places of words that take something back, in the order of their kinds."""
    folded = prose.folded
    bare = _any("harmless").sub(lambda found: " " * len(found[0]), folded)
    patterns = [_words("taking")] if ended else [_words("taking"), _any("leaving")]
    yield from (found.span() for pattern in patterns for found in pattern.finditer(bare))
    term = short_term(folded)
    if term is not None:
        yield term.span()
    yield from _last_day(prose, issued)


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a place, as far as it is near."""
    before = max((stop.end() for stop in _STOP.finditer(folded, 0, start)), default=0)
    behind = _STOP.search(folded, end)
    last = behind.start() + 1 if behind else len(folded)
    return max(before, start - _AROUND), min(last, end + _AROUND)


@cache
def _words(name: str) -> re.Pattern[str]:
    """Return the pattern for any word or phrase of a list, as whole words."""
    return re.compile(rf"(?<!\w)(?:{either(lists(_FILE)[name])})(?!\w)")


@cache
def _any(name: str) -> re.Pattern[str]:
    """Return the pattern for any of a list of patterns, in which a blank is any white space."""
    sources = (one.replace(" ", r"\s+").replace(r"\n", "") for one in lists(_FILE)[name])
    return re.compile(rf"(?<!\w)(?:{'|'.join(sources)})")


@cache
def _term() -> re.Pattern[str]:
    """Return the pattern for a term of worth in days, weeks or a month or two."""
    said = lists(_FILE)["term"]
    number = r"(?P<number>\d{1,4})?(?:\w{2,12}\s+){0,2}?"
    return re.compile(
        rf"(?<!\w){said['worth']}(?!\w)[^.]{{0,60}}?(?<!\w)(?:{number}\s*(?:\(\W?\w+\W?\)\s*)?"
        rf"(?:{said['units']})|{said['months']})(?!\w)"
    )
