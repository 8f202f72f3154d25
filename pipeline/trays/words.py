"""The words by which a case is found: the applicant's names and numbers, folded.

    folded("Muñoz, Ángela")        # ("munoz", "angela")
    number_words("X-1234567-L")    # {"x1234567l", "1234567"}

Accents, capitals and signs make no difference, nor does the order: each word of a search is the beginning of
a word of the case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from validators.facts import Application, Fact, Person
from validators.identity import particle, person_of, same_person
from validators.numbers import plain

LONGEST, MOST = 40, 24
"""Letters of a word and words of a case that are kept: a name longer than that is none."""
_NUMBER = re.compile(r"[A-Za-z]{0,3}[\s.\-/]*\d[\d\s.\-/]{3,}[A-Za-z]?")
"""An identity number however it is written: DNI, NIE, passport; with its letter, or without."""
_SIGNS = re.compile(r"['’`·]")


def folded(text: str) -> tuple[str, ...]:
    """Return the words of *text* in their order: no accents, capitals or signs, none cut in pieces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return tuple(word[:LONGEST] for word in re.findall(r"[^\W_]+", _SIGNS.sub("", bare)))


def number_words(number: str) -> frozenset[str]:
    """Return a number as it is searched: whole, and its figures without letters or leading zeros."""
    whole = "".join(folded(plain(number)))[:LONGEST]
    figures = "".join(c for c in whole if c.isdigit()).lstrip("0")
    return frozenset(filter(None, (whole, figures)))


def searched(text: str) -> tuple[str, ...]:
    """Return what somebody typed as words to look for; a number is one word, whatever parts it has."""
    if _NUMBER.fullmatch(text.strip()):
        return tuple(filter(None, (_number(text),)))
    found: list[str] = []
    for part in text.split():
        found += [_number(part)] if any(c.isdigit() for c in part) else folded(part)
    return tuple(dict.fromkeys(filter(None, found)))[:MOST]


def words_of(application: Application) -> frozenset[str]:
    """Return the words by which the applicant of a case is found, as each paper writes the name."""
    return frozenset(list(dict.fromkeys(_words(application)))[:MOST])


def _words(application: Application) -> Iterator[str]:
    """Yield the words of the numbers first: they are few, and name the person alone."""
    people = list(_applicants(application))
    for person in people:
        for number in _texts(person.id_number):
            yield from sorted(number_words(number))
    names = [
        folded(name)
        for person in people
        for part in (person.first_surname, person.second_surname, person.given_name)
        for name in _texts(part)
    ]
    for name in names:
        yield from name
    for name in names:
        yield from _joined(name)


def _applicants(application: Application) -> Iterator[Person]:
    """Yield the applicant as the papers together say, and as each card that is the same person's does."""
    yield application.applicant
    for card in application.identities:
        person = person_of(card)
        if same_person(person, application.applicant) == "same" or len(application.identities) == 1:
            yield person


def _texts(fact: Fact[str] | None) -> tuple[str, ...]:
    """Return what a fact says, and what other papers say instead."""
    return () if fact is None else tuple(str(one) for one in (fact.value, *fact.others) if one)


def _joined(words: tuple[str, ...]) -> Iterator[str]:
    """Yield a particle joined with the word after it: El Amrani is also written Elamrani."""
    for one, after in pairwise(words):
        if particle(one):
            yield (one + after)[:LONGEST]


def _number(text: str) -> str:
    """Return a number as it was typed in the way it is kept: figures alone have no leading zeros."""
    word = "".join(folded(plain(text)))[:LONGEST]
    return word.lstrip("0") if word.isdigit() else word
