"""How sure a fact is, in the three answers that rules need: yes, no, and not surely read."""

from __future__ import annotations

from typing import Any, Literal

from validators.facts import Fact, Mention, Person
from validators.finding import Outcome
from validators.rules import Law

Answer = Literal["yes", "no", "unsure"]
_NOT_OURS = 0.5
"""The certainty, below any threshold, of what a paper says of somebody else or of nobody in particular."""


ADDRESSED = frozenset({"street_name", "postal_code", "city"})
"""What an envelope needs; a number or a door in doubt is looked up on the paper when a letter is written."""


def known(fact: Fact[Any] | None) -> bool:
    """Whether a value was read at all."""
    return fact is not None and fact.value is not None


def named(person: Person) -> bool:
    """Whether a form names this person at all, be it by number alone."""
    return any(known(fact) for fact in (person.first_surname, person.given_name, person.id_number))


def sure(law: Law, *facts: Fact[Any] | None) -> bool:
    """Whether every fact was read, empty or not, at the acceptance threshold, and nothing contradicts it."""
    return all(
        fact is not None and not fact.others and fact.confidence >= law.policy.acceptance for fact in facts
    )


def by_hand(person: Person) -> list[Fact[str]]:
    """Return the places for a person's names and number that somebody filled in by hand."""
    facts = (person.first_surname, person.second_surname, person.given_name, person.id_number)
    return [fact for fact in facts if fact is not None and fact.hand]


def empty(law: Law, fact: Fact[Any] | None) -> Answer:
    """Whether the place for a fact is empty; unsure where no such place was found or it is not legible."""
    if known(fact):
        return "no"
    return "yes" if sure(law, fact) else "unsure"


def ticked(law: Law, box: Fact[bool] | None) -> Answer:
    """Whether a box is ticked (or a place signed)."""
    if box is None or box.value is None or not sure(law, box):
        return "unsure"
    return "yes" if box.value else "no"


def cure_if(law: Law, *facts: Fact[Any] | None) -> Outcome:
    """Return `cure` where the defect is read surely, else `review`: a doubtful reading is nobody's fault."""
    return Outcome.CURE if sure(law, *facts) else Outcome.REVIEW


def fact_of(mention: Mention) -> Fact[bool]:
    """Return a mention as the fact that the applicant is in its subject.

    Words that do not speak of the applicant, or not surely, prove nothing of them.
    """
    ours = mention.whose == "applicant"
    sure = mention.confidence if ours else min(mention.confidence, _NOT_OURS)
    return Fact(value=True, confidence=sure, evidence=(mention.evidence,))
