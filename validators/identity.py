"""Whether two papers speak of one person: numbers first, then names, then dates of birth.

Source: docs/law.md CE-ID-12 and CE-RES-15. "Unsure" is an answer: a person looks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import JaroWinkler

from validators.facts import Identity, Person
from validators.numbers import plain, shape
from validators.once import once

Match = Literal["same", "different", "unsure"]

_PARTICLES = re.compile(
    r"d|des?|del|la|las|lo|los|y|e|i|da|do|das|dos|van|von|der|den|di|al|el|ben|bin|bint|ibn"
)
_ABBREVIATIONS = (
    (re.compile(r"\bm\s?\.?\s?[ªº]\.?(?!\w)", re.IGNORECASE), "maría"),
    (re.compile(r"\bf\.?c\.?o\b\.?", re.IGNORECASE), "francisco"),
)
_SIMILAR = 0.9
"""Two spellings nearer than this are one name misread or transcribed: neither same nor different."""

_MOST_WORDS = 20
_KEPT = 256
"""Texts kept taken apart: more than one case has, so few that a name does not stay for long."""


def name_parts(*names: str | None) -> tuple[str, ...]:
    """Return the words of the names, sorted, without accents, particles and signs, in lower case."""
    return _words(" ".join(name for name in names if name))


@lru_cache(maxsize=_KEPT)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of *text* as `name_parts` does; the rules of one case ask for the same ones often."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"['’`·]", "", bare))
    return tuple(sorted([w for w in words if not _PARTICLES.fullmatch(w)] or words))


def particle(word: str) -> bool:
    """Whether a word, folded, is one that names carry or leave out ("de", "la", "y", "ben")."""
    return bool(_PARTICLES.fullmatch(word))


def names_match(one: str, other: str) -> Match:
    """Compare two full names, in any order of their parts; an abbreviation may stand for the whole word."""
    a, b = name_parts(one), name_parts(other)
    if not a or not b:
        return "unsure"
    if a == b or _joined(one) == _joined(other):
        return "same"
    return (
        "unsure"
        if _near(a, b) or _near(name_parts(in_full(one)), name_parts(in_full(other)))
        else "different"
    )


def in_full(name: str) -> str:
    """Return a name with its customary abbreviations written out (Mª is María)."""
    for short, whole in _ABBREVIATIONS:
        name = short.sub(whole, name)
    return name


def joined(name: str) -> str:
    """Return the letters of a name in the order of its words, particles too, folded."""
    return _joined(name)


@lru_cache(maxsize=_KEPT)
def _joined(name: str) -> str:
    """Return the letters of a name in order of its words, particles too: "El Amrani" is "Elamrani"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return "".join(re.findall(r"\w", bare))


def _near(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether every word of the shorter name has a like word of its own in the longer one.

    One word alone is too little. The likest words are paired first. A text too long to be a name is
    not compared, so it stays unsure.
    """
    short, long = sorted((a, b), key=len)
    if len(long) > _MOST_WORDS:
        return True
    likeness = sorted(
        ((JaroWinkler.similarity(x, y), i, j) for i, x in enumerate(short) for j, y in enumerate(long)),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for alike, i, j in likeness:
        if alike >= _SIMILAR and i not in paired and j not in paired.values():
            paired[i] = j
    return len(paired) == len(short) > 1


@once
def full_name(person: Person) -> str:
    """Return the given name and surnames that are known, with blanks between; empty when none is."""
    parts = (person.given_name, person.first_surname, person.second_surname)
    return " ".join(part.value for part in parts if part and part.value)


@once
def person_of(card: Identity) -> Person:
    """Return the person that an identity paper names; both surnames stand in the first."""
    return Person(
        first_surname=card.surnames,
        given_name=card.given_name,
        id_number=card.number,
        birth_date=card.birth_date,
        nationality=card.nationality,
    )


def numbers_match(one: str | None, other: str | None) -> Match:
    """Compare two identity numbers; a passport and a NIE of one person differ, so they prove nothing."""
    if not one or not other:
        return "unsure"
    if plain(one) == plain(other):
        return "same"
    return "different" if shape(one) == shape(other) else "unsure"


def births_match(one: Person, other: Person) -> Match:
    """Compare two dates of birth."""
    a = one.birth_date.value if one.birth_date else None
    b = other.birth_date.value if other.birth_date else None
    if a is None or b is None:
        return "unsure"
    return "same" if a == b else "different"


@once
def same_person(one: Person, other: Person) -> Match:
    """Return whether two papers name the same person.

    The same number decides unless the name or the birth speaks against it. Different numbers of one
    kind with the same name are unsure (an old passport). Without numbers to compare, the name and the
    date of birth must both agree.
    """
    number = numbers_match(_number(one), _number(other))
    name = names_match(full_name(one), full_name(other))
    birth = births_match(one, other)
    against = "different" in {name, birth}
    if number == "same":
        return "unsure" if against else "same"
    if name == "different":
        return "different"
    if number == "different" or against:
        return "unsure"
    return "same" if name == birth == "same" else "unsure"


def _number(person: Person) -> str | None:
    """Return the person's number as read."""
    return person.id_number.value if person.id_number else None
