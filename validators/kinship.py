"""Whether a family paper names two people, and in which places: the tie that it shows, in four answers.

A paper of other people proves nothing. One that names the relative beside somebody else, or that may
name the two, is for a person to read. Source: RD 1192/2012 art. 6.3 says which paper proves which tie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from validators.facts import Evidence, Fact, Named, Person
from validators.identity import births_match, full_name, names_match, numbers_match, same_person
from validators.numbers import check_letter_holds

Recognised = Literal["same", "named", "unsure", "different"]
"""`named`: the whole name agrees, and nothing else is there to compare."""
Tie = Literal["yes", "unsure", "others", "no"]
"""`others`: the relative is named, beside people who are not the holder or in another place."""
_WHOLE = 0.75
"""Below this certainty a list of people may leave somebody out."""
Fits = Callable[[str | None, str | None], bool]
"""Whether the places of the holder and of the relative in a paper make the tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one paper shows of a tie, and the facts that it stands on."""

    tie: Tie
    facts: tuple[Fact[Any], ...] = ()


def as_person(named: Named) -> Person:
    """Return whom a family paper names; the whole name stands in the given name."""
    return Person(
        given_name=Fact(value=named.name),
        birth_date=Fact(value=named.birth_date),
        id_number=Fact(value=named.id_number),
    )


def recognised(person: Person, named: Named) -> Recognised:
    """Return whether a paper's line is about *person*."""
    other = as_person(named)
    match = same_person(person, other)
    if match != "unsure":
        return match
    number = person.id_number.value if person.id_number else None
    against = "different" in {births_match(person, other), numbers_match(number, named.id_number)}
    whole = names_match(full_name(person), named.name) == "same"
    return "named" if whole and not against else "unsure"


def line_of(person: Person, people: Sequence[Named]) -> tuple[Recognised, Named | None]:
    """Return the one line about *person*; two lines that fit equally well are unsure."""
    found = [(recognised(person, named), named) for named in people]
    for answer in ("same", "named", "unsure"):
        fitting = [named for said, named in found if said == answer]
        if len(fitting) == 1 and answer != "unsure":
            return answer, fitting[0]
        if fitting:
            return "unsure", fitting[0]
    return "different", None


def tie(holder: Person, relative: Person, people: Sequence[Named], document: str, fits: Fits) -> Shown:
    """Return whether a paper's *people* show the tie between *holder* and *relative*.

    One of the two must be known by name and birth or number; for the other the whole name is enough.
    A paper that names nobody legibly may name anybody.
    """
    if not people:
        return Shown(tie="unsure")
    (of_holder, first), (of_relative, second) = line_of(holder, people), line_of(relative, people)
    lines = ((first, holder), (second, relative))
    facts = tuple(fact_of(named, document, person) for named, person in lines if named)
    if second is None or (first is None and of_relative == "unsure"):
        whole = min(named.sure for named in people) >= _WHOLE
        return Shown(tie="no" if whole else "unsure", facts=facts)
    if first is None:
        return Shown(tie="others", facts=facts)
    if "unsure" in {of_holder, of_relative} or "same" not in {of_holder, of_relative} or first is second:
        return Shown(tie="unsure", facts=facts)
    return Shown(tie="yes" if fits(first.role, second.role) else "others", facts=facts)


def best(shown: Sequence[Shown]) -> Shown:
    """Return what the papers show together: a paper that proves the tie outweighs those that do not."""
    for answer in ("yes", "unsure", "others"):
        for one in shown:
            if one.tie == answer:
                return one
    return Shown(tie="no")


def fact_of(named: Named, document: str, person: Person | None = None) -> Fact[str]:
    """Return a line of a family paper as a fact.

    A doubtful number takes nothing from it that is *person*'s own: misread, it would hardly be just that.
    """
    own = person.id_number.value if person and person.id_number else None
    holds = check_letter_holds(own) if own else None
    settled = holds is True and numbers_match(own, named.id_number) == "same"
    sure = named.told if settled else named.sure
    return Fact(value=named.name, confidence=sure, evidence=(Evidence(document, "people"), *named.agreed))
