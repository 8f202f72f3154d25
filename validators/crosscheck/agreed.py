"""What the form adds to a family paper that says the very same: who is named.

    raised = agreed(application, least=0.9)    # lines of family papers as sure as two readings make them

A family paper's line and the form's block are read from different sheets, in different print. Where the
line is the one about a person of the form and the name is the very same in both, a doubt that the paper was
misread is settled: a misreading that makes of another name just the one in the form is as unlikely as that
another was there. Surnames turned about, an n for an ñ and a particle too few are one name to who knows whose
it is, not to who asks whether it was read right. A day of birth gains nothing: a figure misread makes another
day, as a letter misread seldom makes another name. Nor does what nothing settled between the readers, or a
doubt who stands where in a paper, or whether all of it was read. Source: docs/adr/071.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from validators.crosscheck.corroboration import combined
from validators.facts import (
    Application,
    Decision,
    Evidence,
    Fact,
    FamilyRecord,
    Named,
    Partnership,
    Person,
)
from validators.identity import full_name, names_match
from validators.kinship import line_of

_SPOILT = 0.85
"""Certainty at most of what readers saw otherwise, of what a line goes through, of a sheet not read whole."""
_Listing = TypeVar("_Listing", FamilyRecord, Partnership, Decision)


def agreed(application: Application, *, least: float) -> Application:
    """Return *application* with the lines of family papers raised by forms that are themselves *least* sure.

    A form gains nothing: other ink may stand in its places, and no paper speaks of that.
    """
    people = tuple(_people(application))
    return replace(
        application,
        family_records=tuple(_listing(paper, people, least) for paper in application.family_records),
        partnerships=tuple(_listing(paper, people, least) for paper in application.partnerships),
        decisions=tuple(_listing(paper, people, least) for paper in application.decisions),
    )


def _people(application: Application) -> Iterator[Person]:
    """Yield the holders and beneficiaries of the forms."""
    for form in application.asistencia:
        yield form.holder
        yield from (block.person for block in form.beneficiaries)


def _listing(paper: _Listing, people: Sequence[Person], least: float) -> _Listing:
    """Return a family paper with the lines that are one person's as sure as the form makes them."""
    return replace(paper, people=tuple(_line(line, paper, people, least) for line in paper.people))


def _line(line: Named, paper: _Listing, people: Sequence[Person], least: float) -> Named:
    """Return a line of a paper as sure as paper and form are together, where it is one person's alone.

    Beside a like name in the form (twins, father and son) the one is easily misread into the other.
    """
    own = [person for person in people if names_match(full_name(person), line.name) != "different"]
    if len(own) != 1 or not _is(own[0], line, paper):
        return line
    names = _names(own[0])
    if _sure(names, least) and _SPOILT < line.name_confidence < least:
        sure = combined(line.name_confidence, min(fact.confidence for fact in names))
        return replace(line, name_confidence=sure, agreed=_places(line.agreed, names))
    return line


def _is(person: Person, line: Named, paper: _Listing) -> bool:
    """Whether a line is the one of a paper that is about *person*, by the whole name."""
    answer, found = line_of(person, paper.people)
    return answer in {"same", "named"} and found is line and _very_name(person, line.name)


def _very_name(person: Person, told: str) -> bool:
    """Whether *told* is the name of *person* to the letter, accents apart, the given name first or last."""
    given, *surnames = (
        part.value or "" if part else ""
        for part in (person.given_name, person.first_surname, person.second_surname)
    )
    orders = (" ".join((given, *surnames)), " ".join((*surnames, given)))
    return _letters(told) in {_letters(order) for order in orders}


def _letters(name: str) -> str:
    """Return the letters of a name in their order, without accents: ñ and ç are letters of their own."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    own = apart.replace("n\N{COMBINING TILDE}", "ñ").replace("c\N{COMBINING CEDILLA}", "ç")
    return "".join(letter for letter in own if letter.isalnum())


def _names(person: Person) -> list[Fact[Any]]:
    """Return the parts of a name that were read."""
    parts = (person.given_name, person.first_surname, person.second_surname)
    return [part for part in parts if part is not None and part.value]


def _sure(facts: Sequence[Fact[Any]], least: float) -> bool:
    """Whether all *facts*, of which there are some, were read surely and in one way."""
    return bool(facts) and all(not fact.others and fact.confidence >= least for fact in facts)


def _places(known: tuple[Evidence, ...], told: Iterable[Fact[Any]]) -> tuple[Evidence, ...]:
    """Return *known* places and those of *told*, each once."""
    return tuple(dict.fromkeys((*known, *(place for fact in told for place in fact.evidence))))
