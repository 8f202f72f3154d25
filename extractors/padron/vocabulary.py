"""The words of municipal registers as patterns: labels, headers, roles of dates, causes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.vocabulary import loaded


class Mark(NamedTuple):
    """A known expression in folded text[start:end] and what it stands for."""

    meaning: str
    start: int
    end: int


ROLES = {
    "in_date": "in",
    "out_date": "out",
    "birth_date": "birth",
    "last_change": "last",
    "issued": "issued",
    "other_date": "other",
    "home_date": "change",
}
"""Labels that give the date beside them a role."""
KEPT = 256
"""Texts whose marks are kept: every part of the reader asks the same of the same lines."""
_CAUSE_LABELS = frozenset({"cause_in", "cause_out"})
"""Labels that name a movement and ask for its cause, not for its date."""
ANYTHING = "unknown"
"""What "fecha de ..." means with whatever word: a misread one too."""
_APOSTROPHE = r"\s?(?:['’´`]|[il1|!j]{1,2})?\s?"
"""An apostrophe as it is written, or lost, or seen by a scan as one narrow letter or two."""
_COLON = re.compile(r"[\s.]*:")
_MOVED_BY = re.compile(r"(?:altas?|bajas?|baix[ae]s?)\s+(?:por|per)\s")
"""A cause told with the name of its movement: "Motivo: alta por ..."."""
_STROKE = re.compile(r"\s*[/|·•]\s*")


@cache
def _data() -> Mapping[str, Any]:
    """Return the table of register words."""
    text = files("extractors.languages").joinpath("register.yaml").read_text(encoding="utf-8")
    return dict(loaded(text))


@cache
def _shortened() -> Mapping[str, str]:
    """Return, by the word, the pattern of the word and of its beginnings with a full stop."""
    words = (str(entry).split("-") for entry in _data()["abbreviated"])
    return {least + rest: f"{least}(?:{rest}|{_beginnings(rest[:-1])}\\.)" for least, rest in words}


def _beginnings(rest: str) -> str:
    """Return the pattern of as many first letters of *rest* as one likes."""
    return f"(?:{rest[0]}{_beginnings(rest[1:])})?" if rest else ""


def _abbreviable(entry: str) -> str:
    """Return *entry* with each word that forms cut short also in its short forms: nacimiento, nacim., nac."""
    return re.sub(
        r"(?<![a-z\\])[a-z]{5,}(?![a-z?*+{])", lambda word: _shortened().get(word[0], word[0]), entry
    )


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Compile *entries*: a blank is any white space, an apostrophe any sign used as one, a blank or nothing.

    Faces lack it, and a scan loses it or takes it for a letter: "DATA D ALTA", "DATA DIALTA".
    """
    sources = (entry.replace("'", _APOSTROPHE).replace(" ", r"\s+") for entry in entries)
    # a blank before "?" means "perhaps a blank"
    whole = "|".join(f"(?:{source})" for source in sources).replace(r"\s+?", r"\s?")
    return re.compile(rf"(?<!\w)(?:{whole})(?<!\w(?=\w))")


@cache
def _labels() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each label that is one wherever it stands."""
    return {name: _pattern(map(_abbreviable, entries)) for name, entries in _data()["labels"].items()}


@cache
def _headers() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each bare word that is a label as a header or before a colon."""
    return {
        name: _pattern(_abbreviable(str(entry)) for entry in entries)
        for name, entries in _data()["headers"].items()
    }


@cache
def _columns() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each bare word that is a label only at the head of a column."""
    return {name: _pattern(map(str, entries)) for name, entries in _data()["columns"].items()}


@cache
def _roles() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each role that words give to a date."""
    return {name: _pattern(entries) for name, entries in _data()["roles"].items()}


@cache
def _causes() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each cause, by the contract's slug."""
    return {name: _pattern(map(str, entries)) for name, entries in _data()["causes"].items()}


@cache
def _short_causes() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each cause cut short, which is one only where a cause is expected."""
    return {name: _pattern(map(str, entries)) for name, entries in _data()["short_causes"].items()}


@cache
def _neutral() -> re.Pattern[str]:
    """Return the pattern of words that hold no movement."""
    return _pattern(_data()["neutral"])


@lru_cache(maxsize=KEPT)
def labels_in(folded: str) -> tuple[Mark, ...]:
    """Return the labels in *folded* text, the longest where several would do; one in two languages is one."""
    return _said_twice(_longest(_marks(_labels(), folded)), folded)


@lru_cache(maxsize=KEPT)
def headers_in(folded: str) -> tuple[Mark, ...]:
    """Return labels and bare header words in the *folded* text of a header row."""
    heads = [*_marks(_labels(), folded), *_marks(_headers(), folded), *_marks(_columns(), folded)]
    return _said_twice(_longest(heads), folded)


_TOLD = re.compile(r"(?<![a-z\\\])?*+])[a-z]{4,}(?![a-z(\[?*+{\\])")
"""A whole word in a pattern: not the beginning of one whose ending varies, nor such an ending."""
_ENDING = re.compile(r"[a-z]\(\?:")


@cache
def told_words() -> frozenset[str]:
    """Return the whole words of labels, headers and causes, folded; those whose endings vary are left out."""
    data = _data()
    entries = (
        str(one) for part in ("labels", "headers", "causes") for told in data[part].values() for one in told
    )
    return frozenset(
        word[0]
        for entry in entries
        for word in _TOLD.finditer(entry)
        if not _ENDING.search(entry, max(entry.rfind("(", 0, word.start()) - 1, 0), word.start())
    )


def asks_and_answers(folded: str) -> bool:
    """Whether *folded* text is a label that asks for a cause and that cause, though both head columns."""
    marks = [mark for mark in headers_in(folded) if mark.meaning in {"cause", "cause_in", "cause_out"}]
    if not marks or folded[: marks[0].start].strip(" .•*·-"):
        return False
    rest = folded[marks[0].end :].strip(" .:-")
    whole = any(mark.end - mark.start == len(rest) for mark in causes_in(rest))
    return whole or _MOVED_BY.match(rest) is not None


def labels_whole(folded: str) -> bool:
    """Whether *folded* text is one label and nothing else."""
    forms = {folded.strip(" :."), folded.strip(" :")}
    return any(pattern.fullmatch(form) for pattern in _labels().values() for form in forms)


def alone(folded: str, mark: Mark) -> bool:
    """Whether *mark* has a line to itself, and another line follows: a label over its value."""
    begin = folded.rfind("\n", 0, mark.start) + 1
    end = folded.find("\n", mark.end)
    return 0 <= end < len(folded) - 1 and folded[begin:end].strip(" .•*·-") == folded[
        mark.start : mark.end
    ].strip(" .")


@lru_cache(maxsize=KEPT)
def roles_in(folded: str) -> tuple[Mark, ...]:
    """Return the expressions of *folded* text that give a role to a date near them."""
    known = [
        mark._replace(meaning=ROLES[mark.meaning])
        for mark in _marks(_labels(), folded)
        if mark.meaning in ROLES
    ]
    bare = [
        mark._replace(meaning=ROLES[mark.meaning])
        for mark in _marks(_headers(), folded)
        if mark.meaning in ROLES and (_COLON.match(folded, mark.end) or alone(folded, mark))
    ]
    still = [Mark("neutral", found.start(), found.end()) for found in _neutral().finditer(folded)]
    causes = [m._replace(meaning="neutral") for m in _marks(_labels(), folded) if m.meaning in _CAUSE_LABELS]
    labels = [*causes, *known, *bare]
    # "Alta-data" over "2014ko abenduaren 2a" is no unknown "data 2014ko"
    told = [m for m in _marks(_roles(), folded) if m.meaning != ANYTHING or not _meets(m, labels)]
    return _said_twice(_longest([*still, *labels, *told]), folded)


def _meets(mark: Mark, others: Iterable[Mark]) -> bool:
    """Whether *mark* has a letter in common with one of *others*."""
    return any(mark.start < other.end and other.start < mark.end for other in others)


def _said_twice(marks: list[Mark], folded: str) -> tuple[Mark, ...]:
    """Join neighbours of one meaning with only a stroke between them: a label in two languages."""
    joined: list[Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        if last and last.meaning == mark.meaning and _STROKE.fullmatch(folded, last.end, mark.start):
            joined[-1] = last._replace(end=mark.end)
        else:
            joined.append(mark)
    return tuple(joined)


@lru_cache(maxsize=KEPT)
def causes_in(folded: str) -> tuple[Mark, ...]:
    """Return the causes of movements named in *folded* text."""
    return tuple(_longest(_marks(_causes(), folded)))


@lru_cache(maxsize=KEPT)
def short_causes_in(folded: str) -> tuple[Mark, ...]:
    """Return the causes named in the *folded* text of a place for them, cut short or not."""
    return tuple(_longest([*_marks(_causes(), folded), *_marks(_short_causes(), folded)]))


def _marks(patterns: Mapping[str, re.Pattern[str]], folded: str) -> list[Mark]:
    """Return every match of every pattern."""
    return [
        Mark(name, found.start(), found.end())
        for name, pattern in patterns.items()
        for found in pattern.finditer(folded)
        if found.end() > found.start()
    ]


def _longest(marks: list[Mark]) -> list[Mark]:
    """Return *marks* in order without overlaps, longer ones first served."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.start - m.end):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)
