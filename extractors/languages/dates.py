"""Dates in running text, in figures and in words, in the languages of the papers.

Spanish papers put the day first; a month above twelve is no date. What looks like a date and is none
(31/02/2025, "1O/05/2019") is found with value None, so that nobody takes it for a missing date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from extractors.languages.numbers import number, number_words, phrase
from extractors.prose import fold
from extractors.vocabulary import loaded

SURE = 0.99
"""Day, month and year are told apart by the paper itself."""
FIGURES = 0.98
MIXED = 0.85
"""Stops and strokes between the figures of one date: a scan took one for the other, or it is no date."""
SPACED = 0.7
"""Figures with blanks between them may be something else."""
SHORT_YEAR = 0.5
"""Two figures for a year leave the century, and the order, to guess."""
YEARS = range(1880, 2120)
"""Years that a date on a paper about living people can have."""


class FoundDate(NamedTuple):
    """A date in text[start:end]; `value` None and `certainty` 0 where it is no possible date."""

    value: dt.date | None
    start: int
    end: int
    text: str
    certainty: float


@cache
def _months() -> Mapping[str, int]:
    """Return the number of each month name, Basque ones by their stem."""
    data = _data()
    named = {**_by_name(data["basque"]), **_by_name(data["names"])}
    return named | {figure: place for place, figure in enumerate(data["roman"], start=1)}


def _by_name(table: Mapping[int, list[str]]) -> dict[str, int]:
    """Turn month -> names into name -> month."""
    return {name: month for month, names in table.items() for name in names}


@cache
def _data() -> dict[str, Any]:
    """Return the table of month names."""
    text = files(__package__).joinpath("months.yaml").read_text(encoding="utf-8")
    return dict(loaded(text))


def _any(words: Mapping[str, int] | list[str]) -> str:
    """Return the source of a regular expression for one of *words*, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return the shapes of a date in folded text with their certainty, the surest first."""
    data = _data()
    names = rf"(?P<m>{_any(_by_name(data['names']))})"
    basque = rf"(?P<m>{_any(_by_name(data['basque']))})(?:aren|ren|aldi|ak|an|a|k)?"
    english = rf"(?P<m>{_any(data['english'])})"
    roman = rf"(?P<m>{_any(data['roman'])})"
    word = phrase()
    begin, stop = r"(?<![\w])(?<!\d[/.-])", r"(?!\w)(?![/.-]\d)"
    day = rf"(?P<d>(?:[0-3]?\d)(?:\s?[ºª°]|\.[ºª°]|er|r|st|nd|rd|th)?\)?|{word})"
    year = rf"(?P<y>(?:19|20)\d\d|[12]\.\d{{3}}|{word})"
    of = r"(?:\s*(?:\bde\b|\bd\s?['’´`]|\bof\b)\s*|[\s/.-]+)"
    of_year = (
        r"[\s.,]*(?:\b(?:de|do|del|of|d['’])(?:\s*l['’]\s*|\s+(?:ano?|any|el)\s+)?\s*(?:\bany\s+)?|[\s/.,-]+)"
    )
    ending = r"(?:\s?-?[a-z]{1,6}|ª)?"
    return tuple(
        (re.compile(source), certainty)
        for source, certainty in (
            (rf"{begin}{day}{of}{names}\b{of_year}{year}{stop}", SURE),
            (rf"{begin}{year}\.?\s?-?(?:e?ko)?[\s,]+{basque}\b[\s.]+(?P<d>[0-3]?\d){ending}{stop}", SURE),
            (rf"{begin}{year}\.?\s?-?(?:e?ko)?[\s,]+{basque}\b\s+(?P<d>{word}){stop}", SURE),
            (
                rf"{begin}(?P<y>\d{{4}})\s?([-/.])\s?(?P<m>\d\d?)\s?\2\s?(?P<d>\d\d?)(?:e?an?|e?tik|e?ra)?{stop}",
                SURE,
            ),
            (rf"{begin}{english}\b[\s.]+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{year}{stop}", SURE),
            (rf"{begin}{basque}\b\s+(?P<d>[0-3]?\d){ending},?\s+{year}{stop}", SURE),
            (rf"{begin}(?P<d>\d\d?)\s?([-/.])\s?(?P<m>\d\d?)\s?\2\s?(?P<y>\d{{4}}){stop}", FIGURES),
            (rf"{begin}(?P<d>\d\d)[-/.](?P<m>\d\d)[-/.,](?P<y>(?:19|20)\d\d){stop}", MIXED),
            (rf"{begin}(?P<d>\d\d?)[-/.*]?{names}[-/.*]?(?P<y>(?:19|20)\d\d){stop}", MIXED),
            (rf"{begin}(?P<d>\d\d?)([-/.]){roman}\2(?P<y>\d{{4}}){stop}", FIGURES),
            (rf"{begin}(?<!\d\s)(?P<d>\d\d) (?P<m>\d\d) (?P<y>(?:19|20)\d\d){stop}(?!\s\d)", SPACED),
            (rf"{begin}{day}{of}{names}\b\.?(?:\s+del?\s+|[/.-])(?P<y>\d\d){stop}", SHORT_YEAR),
            (rf"{begin}(?P<d>\d\d?)([-/.])(?P<m>\d\d?)\2(?P<y>\d\d){stop}", SHORT_YEAR),
        )
    )


_BROKEN = re.compile(
    r"(?<![\w/.-])(?=[\w?*_]*[/.-])"
    r"(?:[\doilsbz|?*_x]{1,2}([/.-])[\doilsbz|?*_x]{1,2}\1[\doilsbz|?*_x]{4}"
    r"|[0-3]?\d\s+de\s+(?P<m>[^\W\d]{3,12})\s+del?\s+(?:19|20)\d\d)(?![\w/-])"
)
_MISSPELT = re.compile(
    r"(?<![\w/.-])[0-3]?\d\s+d(?:e\s+|['’])(?P<m>[^\W\d]{3,12})\s+del?\s+(?:19|20)\d\d(?!\w)"
)


def dates_in(text: str) -> tuple[FoundDate, ...]:
    """Return all dates of *text* in their order; none overlaps another."""
    folded = fold(text)
    found: list[FoundDate] = []
    for pattern, certainty in _patterns():
        for match in pattern.finditer(folded):
            if not _taken(found, match):
                found.append(_found(text, match, certainty))
    for match in (*_BROKEN.finditer(folded), *_MISSPELT.finditer(folded)):
        if not _taken(found, match) and _broken(match):
            found.append(FoundDate(None, match.start(), match.end(), text[match.start() : match.end()], 0.0))
    return tuple(sorted(found, key=lambda date: date.start))


_CUT = re.compile(r"(?<=[\d/.-])[ ]*\n[ ]*(?=[\d/.-])")
_WHOLE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2}")


def mended(text: str) -> str:
    """Return *text* with the figures of one date put together where a narrow cell cut them in two.

    Only where nothing but that date stands there: "03/02/202", "1" is 03/02/2021.
    """
    whole = _CUT.sub("", text.strip())
    return whole if _WHOLE.fullmatch(whole) else text


def _taken(found: list[FoundDate], match: re.Match[str]) -> bool:
    """Whether a date already found covers part of *match*."""
    return any(match.start() < date.end and date.start < match.end() for date in found)


def _found(text: str, match: re.Match[str], certainty: float) -> FoundDate:
    """Return the date that *match* says, or None in its place when the calendar has no such day."""
    day, sure_day = _figure(match["d"])
    month = int(match["m"]) if match["m"].isdigit() else _months()[match["m"]]
    year, sure_year = _figure(match["y"])
    if len(match["y"]) == 2 and year is not None:
        year += 2000 if year < 50 else 1900
    value = _date(year, month, day)
    sure = sure_day and sure_year and not _runs_on(match) and not _cut_off(match)
    doubt = 1.0 if sure else 0.4
    words = text[match.start() : match.end()]
    return FoundDate(value, match.start(), match.end(), words, certainty * doubt if value else 0.0)


def _runs_on(match: re.Match[str]) -> bool:
    """Whether a month follows the year: its last words may be the day of another date."""
    if match["y"][-1].isdigit() or match.end("y") != match.end():
        return False
    after = re.match(r"\s+de\s+(\w+)|\s+d['’](\w+)", match.string[match.end() :])
    return after is not None and (after[1] or after[2]) in _months()


_BEFORE = re.compile(r"(?P<tens>[^\W_]{4,})[\s-]+(?P<join>(?:y|e|i|eta|ta)[\s-]+)?$")
_BEHIND = re.compile(r"[\s-]+(?P<join>(?:y|e|i|eta|ta)\s+)?(?P<rest>[^\W_]+)")
_SMALL = frozenset(
    {"el", "la", "en", "se", "de", "a", "o", "al", "lo", "su", "no", "es", "va", "na", "da", "do"}
)
_APART = re.compile(r"[a-z] [0-3] $")
"""A figure that blanks part from the day's own: "el 2 6 de mayo"."""
_TENS = ("veinte", "veinti", "treinta", "vinte", "trinta", "trenta", "vint", "hogeita")


def _cut_off(match: re.Match[str]) -> bool:
    """Whether words of a number stand beside one in words that nobody read: "veint1 seis", "mil qu1nce"."""
    spelled = not match["d"][0].isdigit() and match.start("d") == match.start()
    if spelled and _tens_before(match):
        return True
    if len(match["d"]) == 1 and _APART.search(match.string, max(match.start() - 4, 0), match.start("d")):
        return True
    return not match["y"][-1].isdigit() and match.end("y") == match.end() and _more_behind(match)


def _tens_before(match: re.Match[str]) -> bool:
    """Whether the word before a day in words is, or may be, that of tens, which would be its first half."""
    before = _BEFORE.search(match.string, max(match.start() - 24, 0), match.start())
    if before is None:
        return False
    tens = min(Levenshtein.distance(before["tens"], word) for word in _TENS)
    return tens <= (2 if before["join"] else 1)


def _more_behind(match: re.Match[str]) -> bool:
    """Whether the word behind a year in words may be one of a number, misread, or a piece of it."""
    behind = _BEHIND.match(match.string, match.end())
    if behind is None:
        return False
    if behind["join"] and len(behind["rest"]) < 3:
        return behind["rest"] not in _SMALL
    return any(
        0 < Levenshtein.distance(behind["rest"], word, score_cutoff=2) <= min(2, len(word) // 3)
        for word in number_words()
    )


def _figure(text: str) -> tuple[int | None, bool]:
    """Return the number in figures or words, and whether every word of *text* belongs to it."""
    digits = re.match(r"[\d.]+", text)
    if digits:
        return int(digits[0].replace(".", "")), True
    words = text.split()
    for first, last in _parts(len(words)):
        value = number(" ".join(words[first:last]))
        if value is not None:
            return value, (first, last) == (0, len(words))
    return None, False


def _parts(count: int) -> Iterator[tuple[int, int]]:
    """Yield the whole of *count* words, then ever shorter ends and beginnings."""
    yield 0, count
    for cut in range(1, count):
        yield cut, count
        yield 0, count - cut


def _date(year: int | None, month: int, day: int | None) -> dt.date | None:
    """Return the date, None when there is none or no living person's paper would bear it."""
    if year is None or day is None or year not in YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _broken(match: re.Match[str]) -> bool:
    """Whether *match* is a damaged date: figures with a letter among them, or a month misspelt."""
    name = match.groupdict().get("m")
    if name is None:
        return sum(letter.isdigit() for letter in match[0]) >= 4
    return any(
        Levenshtein.distance(name, month, score_cutoff=2) <= 2 for month in _months() if len(month) > 3
    )
