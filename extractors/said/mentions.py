"""Subjects that the running text of a document touches, each with its place (`mentions.yaml`).

A mention is no finding: it says that a person wrote, or an office printed, words that can change
which law applies. What a sentence denies ("no soy pensionista", "Pensionista: NO") is no mention;
in doubt it is one, since to overlook it would weigh more than to look once too often.

The value of a mention tells what else its words give: `of`, of whom they speak (`extractors.said.whose`);
`numbers`, the identity numbers of the same paper; `cause` and `ended_on` of a convenio that ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.document import Field, Json
from extractors.kinds._values import spanish_numbers
from extractors.page import Page
from extractors.prose import Prose, fold
from extractors.said.ended import ending
from extractors.said.whose import STRENGTH, Speech, Whose, speech
from extractors.vocabulary import lists

_FILE = Path(__file__).with_name("mentions.yaml")

CERTAINTY = 0.95
"""A phrase is there to the letter; whether it speaks of the applicant is for the rules to judge."""
REACH, NARROW_REACH = 14, 6
"""Words before a phrase within which a denial belongs to it."""
_ENDED = "earlier_convenio"
_LOOKED_AT = frozenset({"weighty_paper", "void_mark"})
"""Subjects for whose sake a person reads the paper, and no rule decides."""
_MOST_NUMBERS = 20
"""A paper with more identity numbers is about nobody in particular."""
REMARKS = "remarks"
"""The kind of the words that are handed in beside the papers."""
_SETTINGS = ("narrow", "kinds", "wished", "denied_by", "unless")
_SENTENCE = re.compile(r"[.;!?¿¡]\s|:|\n\s*\n|[•·]")
_ANSWERED_NO = re.compile(r"\s*(?:\([^)\n]{0,30}\)\s*)?[:?]\s*no\b(?!\s*\d)")
_ONLY_NO = re.compile(r"\s*[:?]\s*no\s*(?:[.\n]|$)")
_CONFUSED = {"o": "[o0]", "l": "[l1i|]", "i": "[i1l|]"}
"""Letters that OCR confuses."""
_SIGNS = {
    " ": r"[\s'’-]+",
    "*": r"\w*",
    "·": r"[·.-]?",
    "(": "(?:",
    ")": ")",
    "|": "|",
}
"""Signs of the data file: a blank is any white space, `*` any ending of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """One subject: what names it, and what denies it.

    `unless` are words that change its meaning where they follow at once.
    """

    slug: str
    pattern: re.Pattern[str]
    narrow: bool
    denied_by: re.Pattern[str] | None
    wished: re.Pattern[str] | None
    faint: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Denial:
    """The words that turn a sentence round."""

    denying: frozenset[str]
    not_denying: re.Pattern[str]
    supposing: re.Pattern[str]
    streets: re.Pattern[str]
    asserting: frozenset[str]
    turning: frozenset[str]
    causing: frozenset[str]


class Touched(NamedTuple):
    """A subject that a text touches in text[start:end], and what its words give besides."""

    start: int
    end: int
    value: Mapping[str, Json]


def mentions(pages: Sequence[Page], kind: str = "") -> Mapping[str, Field]:
    """Return the subjects that *pages* touch, by slug, each with the place that says most of somebody.

    Some are looked for only in papers of some kinds.
    """
    prose = Prose(pages)
    return {
        slug: prose.field(one.start, one.end, value=dict(one.value), confidence=CERTAINTY)
        for slug, one in touched(prose.text, kind).items()
    }


def touched(text: str, kind: str = "") -> Mapping[str, Touched]:
    """Return the subjects that a *text* of a kind touches, by slug, as `mentions` does for pages."""
    folded = fold(text)
    numbers: list[Json] = []
    found: dict[str, Touched] = {}
    for subject in _subjects(kind):
        places = [(*at, _whose(subject, text, folded, at)) for at in _affirmed(subject, folded)]
        if places:
            numbers = numbers or [*spanish_numbers(text)[:_MOST_NUMBERS]]
            start, end, whose = min(places, key=lambda place: STRENGTH.index(place[2]))
            value: dict[str, Json] = {"of": whose, "numbers": numbers}
            if subject.slug == _ENDED:
                value |= ending(text, folded)
            found[subject.slug] = Touched(start, end, value)
    return found


def judged_phrases(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Yield the places where a *text* of a kind names a subject that has rules of its own, denied or not."""
    folded = fold(text)
    for subject in _subjects(kind):
        if subject.slug not in _LOOKED_AT:
            yield from (found.span() for found in subject.pattern.finditer(folded))


def _affirmed(subject: _Subject, folded: str) -> Iterator[tuple[int, int]]:
    """Yield the places where the text names the subject and does not deny it."""
    for phrase in subject.pattern.finditer(folded):
        before = _SENTENCE.split(folded[max(phrase.start() - 200, 0) : phrase.start()])[-1]
        if not _turned_round(subject, before, folded, phrase.end()):
            yield phrase.start(), phrase.end()


def _turned_round(subject: _Subject, before: str, folded: str, end: int) -> bool:
    """Whether the words *before* a phrase in its sentence, or the answer from *end* on, deny it."""
    if subject.denied_by is not None:
        return bool(subject.denied_by.search(before) or _ONLY_NO.match(folded, end))
    if subject.unless is not None and subject.unless.match(folded, _next_word(folded, end)):
        return True
    wished = subject.wished is not None and subject.wished.search(before) is not None
    answered = _ANSWERED_NO.match(folded, end) is not None
    return wished or answered or _denied(before, narrow=subject.narrow)


def _next_word(folded: str, end: int) -> int:
    """Return where the next word of the same line begins."""
    return end + len(folded[end:]) - len(folded[end:].lstrip(" "))


def _whose(subject: _Subject, text: str, folded: str, at: tuple[int, int]) -> Whose:
    """Return of whom the words at a place speak; words that only touch the subject speak of nobody."""
    start, end = at
    phrase = folded[start:end]
    if subject.faint is not None and subject.faint.fullmatch(phrase):
        return "nobody"
    sentence = _SENTENCE.split(text[max(start - 200, 0) : start])[-1]
    return _speech().whose(sentence, phrase, folded[end : end + 100])


def _denied(before: str, *, narrow: bool) -> bool:
    """Whether the words *before* a phrase, in its sentence, deny it."""
    words = _denial()
    plain = words.not_denying.sub(" ", " ".join(before.split()))
    plain = re.sub(r"\bno (?=\d)", " ", plain)
    if words.supposing.search(plain) or words.streets.search(plain):
        return True
    stops = words.turning | words.causing if narrow else words.turning
    spoken = re.findall(r"[^\W\d_]+", plain)[-(NARROW_REACH if narrow else REACH) :]
    for place in range(len(spoken) - 1, -1, -1):
        word = spoken[place]
        if word in words.denying:
            return True
        if word in stops:
            return False
        if word in words.asserting:
            return not words.denying.isdisjoint(spoken[max(place - 2, 0) : place])
    return False


@cache
def _speech() -> Speech:
    """Return the words that tell of whom a sentence speaks."""
    return speech(lists(_FILE)["whose"])


@cache
def _subjects(kind: str) -> tuple[_Subject, ...]:
    """Return the subjects that are looked for in papers of a kind, in the order of the data file.

    The phrases of the others need not be compiled: most papers are of few kinds.
    """
    listed = lists(_FILE)["subjects"].items()
    return tuple(_subject(slug) for slug, entry in listed if kind in entry.get("kinds", (kind,)))


@cache
def _subject(slug: str) -> _Subject:
    """Return one subject of the data file with its phrases in all languages."""
    entry = lists(_FILE)["subjects"][slug]
    names = ("wished", "faint", "denied_by", "unless")
    wished, faint, denied_by, unless = (entry.get(name) for name in names)
    phrases = [p for key, listed in entry.items() if key not in _SETTINGS for p in listed]
    return _Subject(
        slug=slug,
        pattern=_any(phrases),
        narrow=entry.get("narrow", False),
        denied_by=_directly_before(denied_by) if denied_by else None,
        wished=_any(wished) if wished else None,
        faint=_any(faint) if faint else None,
        unless=_any(unless) if unless else None,
    )


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern for any of *phrases* as whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(_phrase(p) for p in phrases) + r")(?!\w)")


def _directly_before(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern for any of *phrases* at the end of a text, on its last line."""
    source = "|".join(_phrase(p).replace(_SIGNS[" "], "[ ]+") for p in phrases)
    return re.compile(rf"(?<!\w)(?:{source})$")


def _phrase(written: str) -> str:
    """Return the source for one phrase, mark by mark."""
    return "".join(_source(mark) for mark in fold(written))


def _source(mark: str) -> str:
    """Return the source for one mark of a phrase: a letter, a blank, or a sign of the data file."""
    return _SIGNS.get(mark) or _CONFUSED.get(mark) or re.escape(mark)


@cache
def _denial() -> _Denial:
    """Return the words of denial."""
    data = lists(_FILE)
    return _Denial(
        denying=_plain(data["denying"]),
        not_denying=_any(data["not_denying"]),
        streets=re.compile(
            _any(data["streets"]).pattern + r"\.?(?:\s(?:de|del|da|do|dels?|la|las|los|os|as))*\s?$"
        ),
        supposing=re.compile(_any(data["supposing"]).pattern + r"\W*$"),
        asserting=_plain(data["asserting"]),
        turning=_plain(data["turning"]),
        causing=_plain(data["causing"]),
    )


def _plain(words: Sequence[str]) -> frozenset[str]:
    """Return *words* folded."""
    return frozenset(fold(word) for word in words)
