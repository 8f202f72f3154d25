"""Labels with values in words on which the stays may hang: of another register, town, person, or unknown.

A program of a town hall prints what it says of an entry as label and value. What nobody asked for, and is
no part of the paper, the home or the person, may be what the entry is: "Registro: Uniones de hecho".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from extractors.lines import Line
from extractors.padron.page.gutters import space
from extractors.padron.page.headers import UNREAD
from extractors.padron.page.labels import Labelled
from extractors.padron.page.layout import Layout
from extractors.padron.people.names import own_name
from extractors.padron.vocabulary import causes_in, headers_in
from extractors.prose import fold
from extractors.vocabulary import lists

_FILE = Path(__file__).parents[2] / "languages" / "beside.yaml"

_LINE = re.compile(r"(?P<label>[^:\n\d]{2,45}):(?!//)(?P<value>.*)")
_WIDE, _BLANKS = 0.6, 1.6
"""Text heights, and usual blanks, from which white between two words parts a label from its value."""
_MOST = 5
"""Words that a label has at most."""
_LETTERS = 3
"""Letters of a label's longest word: "DNI", "Vía"."""
_WHOLE = 0.6
"""Share of a label's letters that must be understood."""
_WORDS = re.compile(r"[A-ZÀ-Ý][^\d:]{3,}")
"""A value that is said in words: codes, homes and days have figures, and other rules."""
_TOWN = re.compile(
    r"(?:municipi|concello|ayuntamiento|ajuntament|udalerri|padron\w*\s+(?:municipal\s+)?(?:de|d['’])\s*$|padro\s+(?:de|d['’])\s*$)"
)
"""Words of labels that ask in which municipality somebody is entered."""
_PLACE = re.compile(r"localidad|localitat|ciudad|ciutat|cidade|poblacio|lugar|lloc|termin|ambito|ambit")
_ELSEWHERE = re.compile(
    r"anterior|previ|preced|proced|proven|orig|orixe|destin|nac[ie]|naix|jaio|expedic|secretar|firma|alcald|aurreko|jatorri|/"
)
"""Words of labels that ask for another municipality than that of the entry."""
_DAYS = frozenset({UNREAD, "in_date", "out_date", "home_date", "last_change", "date", "period"})
"""Labels to which no words are an answer but those that there is none."""
_ENTRY = re.compile(r"alta(?!\w)|inscri|empadron|empadroa|padron|padro(?!\w)")
_PERSON = frozenset({"name_full", "name_reversed", "asker"})
_SOMEBODY = re.compile(
    r"(?:persona|titular|solicitante|sol·licitant|interesad|interessa|habitante?|inscrit|vecin|vei(?!\w)|ciudadan|peticionari)"
)
_NAME_ENDS = re.compile(
    r"[(\d]|(?<!\w)(?:DNI|NIE|NIF|D\.N\.I|N\.I\.[EF]|NAN|[Pp]asaporte|[Dd]ocument\w*)(?!\w)|\s[-–·]\s"
)


_SPACED = re.compile(r"(?<!\w)(?:\w{1,2}\s){5,}\w{1,2}(?!\w)")
"""A word in spaced letters: "C E RT I F I C O"."""
_HEAD = re.compile(
    r"(?:\w+\s+){0,3}?(?:(?:ayuntamiento|ayto\.?|ajuntament|concello)\s+(?:del?|d[oa]s?|d['’])\s*(?!\w*(?:inscri|empadron|alta(?!\w)|padron|residenc|registr))\w|\w+ko\s+udala|ciudad\s+autonoma(?!\w))"
)
"""The town hall's own name, in a part of a letterhead: what stands across from it is no answer."""

_BOOK = re.compile(r"regist|rexist|libro|llibre|censo|cens(?!\w)|consul|padron\s+de\s+(?!hab|pob|vec)")
"""Words of another book than that of the residents."""


class Beside(NamedTuple):
    """A label as the paper writes it, and what stands beside it."""

    label: str
    value: str


def told_beside(
    layout: Layout, labels: Sequence[Labelled], own: frozenset[str], home: str | None, *, alone: bool
) -> Iterator[str]:
    """Yield the labels and values of a paper that leave open whose entry it tells, where, or of what kind.

    *own* are the folded words of the person's name, *home* is the municipality whose paper it is; a person
    who is not *alone* on it stands beside other names.
    """
    if alone:
        yield from _other_people(labels, own)
    for told in pairs(layout):
        if fold(told.label) == fold(home or "") and _BOOK.search(fold(told.value)) is None:
            continue  # the town's name in a letterhead
        if _other_town(told, home) or (alone and _somebody_else(told, own)) or _unknown(told, own):
            yield f"{told.label}: {told.value}"


def pairs(layout: Layout) -> Iterator[Beside]:
    """Yield each label outside the tables with its value: parted by a colon, or by white."""
    pages = {id(passage.page): passage.page for passage in layout.passages}
    for at, page in pages.items():
        own = (p.prose for p in layout.passages if id(p.page) == at and not _runs(p.prose.text))
        words = tuple(word for prose in own for _, word in prose.words(0, len(prose.text)))
        below = replace(page, words=words).lines
        least = max(_WIDE, _BLANKS * space(below))
        for line in below:
            yield from in_line(tuple(_apart(line, least)))


def _runs(text: str) -> bool:
    """Whether *text* is running text: a line goes on in small letters."""
    return any(line.strip()[:1].islower() for line in text.split("\n")[1:])


def _apart(line: Line, least: float) -> Iterator[str]:
    """Yield the parts of a *line* that white of at *least* so many text heights parts."""
    part = [line.words[0].text]
    for one, two in pairwise(line.words):
        if two.box.x0 - one.box.x1 > least * one.box.height:
            yield " ".join(part)
            part = []
        part.append(two.text)
    yield " ".join(part)


def in_line(parts: Sequence[str]) -> Iterator[Beside]:
    """Yield the labels and values among the *parts* of a line."""
    for part, after in zip(parts, (*parts[1:], ""), strict=True):
        found = _LINE.fullmatch(part)
        if found is not None and (value := found["value"].strip(" .;") or after):
            yield Beside(found["label"].strip(), value)
    if (
        len(parts) == 2
        and ":" not in parts[0]
        and _is_label(parts[0])
        and not _heads(parts[1])
        and not _letterhead(*parts)
    ):
        yield Beside(parts[0], parts[1])


def _is_label(part: str) -> bool:
    """Whether a part of a line may be a label without its colon: few words, and letters enough for one.

    What an engine makes of a seal's rim has one or two.
    """
    words = part.split()
    return len(words) <= _MOST and part[0].isupper() and any(len(word) >= _LETTERS for word in words)


def _letterhead(part: str, after: str) -> bool:
    """Whether two parts of a line stand in a letterhead that names no other register."""
    whole = fold(f"{part} {after}")
    return _HEAD.match(fold(part)) is not None and _BOOK.search(whole) is None


def _heads(part: str) -> bool:
    """Whether a part of a line is a label itself: it stands in another column, over a value of its own."""
    marks = headers_in(fold(part))
    return sum(mark.end - mark.start for mark in marks) >= _WHOLE * sum(sign.isalnum() for sign in part)


def _other_people(labels: Sequence[Labelled], own: frozenset[str]) -> Iterator[str]:
    """Yield the names of other people behind labels that ask whose paper it is."""
    for label in labels:
        if label.meaning in _PERSON and _another(label.value, own):
            yield label.value


def _another(value: str, own: frozenset[str]) -> bool:
    """Whether *value* begins with a name that is not the one with the words *own*."""
    name = _NAME_ENDS.split(value)[0].strip(" ,.;")
    words = re.findall(r"\w{2,}", name)
    named = 2 <= len(words) <= 7 and all(word[0].isupper() or len(word) < 4 for word in words)
    return bool(own) and named and not own_name(name, own)


def _somebody_else(told: Beside, own: frozenset[str]) -> bool:
    """Whether a label that asks for a person has another's name behind it."""
    return _SOMEBODY.match(fold(told.label)) is not None and _another(told.value, own)


def _other_town(told: Beside, home: str | None) -> bool:
    """Whether the entry is said to be in another municipality than that of the paper."""
    label = fold(told.label)
    asked = _TOWN.match(label) or (_PLACE.match(label) and _ENTRY.search(label))
    if home is None or not asked or _ELSEWHERE.search(label):
        return False
    words = set(re.findall(r"\w{3,}", fold(told.value)))
    return _WORDS.fullmatch(told.value) is not None and not words & set(re.findall(r"\w{3,}", fold(home)))


def _unknown(told: Beside, own: frozenset[str]) -> bool:
    """Whether nobody knows what a label asks for, and its value says something in words."""
    label, value = _SPACED.sub(lambda found: found[0].replace(" ", ""), fold(told.label)), fold(told.value)
    if _WORDS.fullmatch(told.value) is None or causes_in(value) or _plain_value().match(value):
        return False
    if own_name(told.value, own) if own else _SOMEBODY.match(label):
        return False
    return not (_known(label) or _plain_label().search(label) or _plain_pair().match(f"{label}: {value}"))


def _known(label: str) -> bool:
    """Whether a label is understood in most of its letters, and asks for more than a day."""
    marks = [mark for mark in headers_in(label.strip(" .-•*·")) if mark.meaning not in _DAYS]
    letters = sum(letter.isalnum() for letter in label)
    return sum(mark.end - mark.start for mark in marks) >= _WHOLE * letters


@cache
def _plain_label() -> re.Pattern[str]:
    """Return the pattern of labels of the paper itself, its office, the person or the home."""
    return re.compile("|".join(lists(_FILE)["labels"]))


@cache
def _plain_pair() -> re.Pattern[str]:
    """Return the pattern of labels that are plain only while their value is of one kind."""
    return re.compile("|".join(lists(_FILE)["together"]))


@cache
def _plain_value() -> re.Pattern[str]:
    """Return the pattern of values that say that the entry holds, or that there is none."""
    return re.compile("|".join(lists(_FILE)["answers"]))
