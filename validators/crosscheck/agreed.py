"""What two papers of a case that agree add to each other: who is named, and the day of birth.

    raised = agreed(application, least=0.9)    # names and births as sure as two readings make them

A family paper's line and the form's block are read from different sheets, in different print. Where the
line is the one about a person of the form, and name or birth are the very same in both, a doubt that one of
the two was misread is settled: a misreading that makes of another name just the one in the other paper is as
unlikely as that another was there. What the ink itself makes doubtful, and what nothing settled between the
readers, gains nothing; nor does a doubt who stands where in a paper, or whether all of it was read.
Source: docs/adr/071.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from validators.crosscheck.corroboration import combined
from validators.facts import (
    Application,
    AsistenciaRequest,
    Decision,
    Evidence,
    Fact,
    FamilyRecord,
    Named,
    Partnership,
    Person,
)
from validators.identity import births_match, full_name, names_match, person_of, same_person
from validators.kinship import line_of

_SPOILT = 0.85
"""Certainty at most of what readers saw otherwise, of what a line goes through, of a sheet not read whole."""
T = TypeVar("T")
_Listing = TypeVar("_Listing", FamilyRecord, Partnership, Decision)


def agreed(application: Application, *, least: float) -> Application:
    """Return *application* with names and births raised by papers in which they are themselves *least* sure.

    What was raised raises nothing: both sides are compared as they were read.
    """
    people = tuple(_people(application))
    if not people:
        return application
    told = tuple(_named(application))
    return replace(
        application,
        applicant=_person(application.applicant, told, least),
        asistencia=tuple(_form(form, told, least) for form in application.asistencia),
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
    """Return a line of a paper as sure as paper and form are together, where it is one person's alone."""
    own = [person for person in people if _is(person, line, paper)]
    if len(own) != 1:
        return line
    names, born = _names(own[0]), own[0].birth_date
    if _sure(names, least) and _SPOILT < line.name_confidence < least:
        sure = combined(line.name_confidence, min(fact.confidence for fact in names))
        line = replace(line, name_confidence=sure, agreed=_places(line.agreed, names))
    if (
        born
        and born.value == line.birth_date
        and _sure([born], least)
        and _SPOILT < line.birth_confidence < least
    ):
        sure = combined(line.birth_confidence, born.confidence)
        line = replace(line, birth_confidence=sure, agreed=_places(line.agreed, [born]))
    return line


def _is(person: Person, line: Named, paper: _Listing) -> bool:
    """Whether a line is the one of a paper that is about *person*, by the whole name."""
    answer, found = line_of(person, paper.people)
    return (
        answer in {"same", "named"} and found is line and names_match(full_name(person), line.name) == "same"
    )


def _form(form: AsistenciaRequest, told: Sequence[Person], least: float) -> AsistenciaRequest:
    """Return a form with its holder and beneficiaries as sure as form and other papers make them."""
    return replace(
        form,
        holder=_person(form.holder, told, least),
        beneficiaries=tuple(
            replace(block, person=_person(block.person, told, least)) for block in form.beneficiaries
        ),
    )


def _person(who: Person, told: Iterable[Person], least: float) -> Person:
    """Return a person of a form, surer where another paper that is surely theirs says the very same."""
    for other in told:
        names, born = _names(other), other.birth_date
        named = names_match(full_name(who), full_name(other)) == "same"
        if not named or same_person(who, other) != "same":
            continue
        if _sure(names, least):
            who = replace(
                who,
                first_surname=_raised(who.first_surname, names, least),
                second_surname=_raised(who.second_surname, names, least),
                given_name=_raised(who.given_name, names, least),
            )
        if born and births_match(who, other) == "same" and _sure([born], least):
            who = replace(who, birth_date=_raised(who.birth_date, [born], least))
    return who


def _raised(fact: Fact[T] | None, told: Sequence[Fact[Any]], least: float) -> Fact[T] | None:
    """Return a doubtful fact as sure as it and what another paper tells make it, with both places."""
    if fact is None or fact.value is None or fact.others or not _SPOILT < fact.confidence < least:
        return fact
    sure = combined(fact.confidence, min(one.confidence for one in told))
    return replace(fact, confidence=sure, evidence=_places(fact.evidence, told))


def _named(application: Application) -> Iterator[Person]:
    """Yield whom the cards and the family papers of a case name, as sure as each was read."""
    yield from (person_of(card) for card in application.identities)
    listings = [(paper.document, paper.people) for paper in application.family_records]
    listings += [(paper.document, paper.people) for paper in application.partnerships]
    listings += [(paper.document, paper.people) for paper in application.decisions]
    for document, people in listings:
        place = (Evidence(document, "people"),)
        for line in people:
            placed = line.confidence
            yield Person(
                given_name=Fact(
                    value=line.name, confidence=min(placed, line.name_confidence), evidence=place
                ),
                birth_date=Fact(
                    value=line.birth_date, confidence=min(placed, line.birth_confidence), evidence=place
                ),
                id_number=Fact(value=line.id_number, confidence=line.number_confidence, evidence=place),
            )


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
