"""Who the application is about: the form's person, with what only other papers say of the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from extractors.certainty import ACCEPTED
from pipeline.facts.fields import Paper, person
from validators.facts import AsistenciaRequest, ConvenioRequest, Declaration, Fact, Identity, Person
from validators.identity import same_person

T = TypeVar("T")


def join_cards(sides: Iterable[Identity]) -> tuple[Identity, ...]:
    """Join the two sides of one card that came as two documents: same number, or the same support."""
    cards: list[Identity] = []
    for side in sides:
        for index, card in enumerate(cards):
            if _one_card(card, side):
                cards[index] = _joined(card, side)
                break
        else:
            cards.append(side)
    return tuple(cards)


def _one_card(card: Identity, side: Identity) -> bool:
    """Whether two documents show one card: a number in common, no number apart, no other day surely read.

    Two cards that surely say two births are two, and each is looked at.
    """
    shared = [
        a.value == b.value
        for a, b in ((card.number, side.number), (card.support_number, side.support_number))
        if a and b and a.value and b.value
    ]
    return bool(shared) and all(shared) and not _surely_apart(card.birth_date, side.birth_date)


def _surely_apart(one: Fact[T] | None, other: Fact[T] | None) -> bool:
    """Whether two facts were surely read, and differ."""
    read = [fact for fact in (one, other) if fact is not None and fact.value is not None]
    return len(read) > 1 and read[0].value != read[1].value and all(f.confidence >= ACCEPTED for f in read)


def _joined(card: Identity, side: Identity) -> Identity:
    """Return one card of two sides; values that differ are kept as `others`."""
    names = [f.name for f in fields(Identity) if f.name != "document"]
    both: dict[str, Any] = {name: together([getattr(card, name), getattr(side, name)]) for name in names}
    return replace(card, **both)


def together(facts: Iterable[Fact[T] | None]) -> Fact[T] | None:
    """Return one fact from several papers: the surest value, all evidence, and what others say instead."""
    found = [fact for fact in facts if fact is not None]
    if not found:
        return None
    best = max(found, key=lambda fact: (fact.value is not None, fact.confidence))
    values = [v for fact in found for v in (fact.value, *fact.others) if v is not None and v != best.value]
    return Fact(
        value=best.value,
        confidence=best.confidence,
        evidence=tuple(dict.fromkeys(e for fact in found for e in fact.evidence)),
        others=tuple(dict.fromkeys(values)),
    )


def applicant(
    convenios: Sequence[ConvenioRequest],
    asistencias: Sequence[AsistenciaRequest],
    identities: Sequence[Identity],
    declarations: Sequence[Declaration],
    certificates: Sequence[Paper],
) -> Person:
    """Return the applicant. The form's own words stand; nationality comes from all papers about the person.

    The annex of the convenio especial has no place for the nationality (docs/law.md section 2.2).
    """
    forms = [c.applicant for c in convenios] + [a.holder for a in asistencias]
    others = [*_people(identities), *_declarants(declarations)]
    others += [person(paper, "person.") for paper in certificates]
    first = forms[0] if forms else next(iter(others), Person())
    same = [other for other in others if same_person(first, other) == "same"]
    return replace(first, nationality=together(p.nationality for p in (first, *same)))


def _people(identities: Iterable[Identity]) -> Iterator[Person]:
    """Yield the bearer of each identity paper."""
    for card in identities:
        yield Person(
            first_surname=card.surnames,
            given_name=card.given_name,
            id_number=card.number,
            birth_date=card.birth_date,
            nationality=card.nationality,
        )


def _declarants(declarations: Iterable[Declaration]) -> Iterator[Person]:
    """Yield who declares, with the nationality the declaration states."""
    for declaration in declarations:
        yield replace(declaration.declarant, nationality=declaration.nationality)
