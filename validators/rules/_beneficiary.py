"""What the rules on beneficiaries share: who is asked for, beside which holder, and how old they are.

The findings about the first block of the form are about `beneficiary-1`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from validators.facts import Application, AsistenciaRequest, Beneficiary, Fact, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.rules import Law, Rule
from validators.ties import in_care

DESCENDANTS = frozenset({"child", "ward", "sibling"})
"""Descendants and who is treated as one (RD 1192/2012, art. 3.1.c): age and dependency matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One block of beneficiaries: its place in the form, from 1, and the form with its holder."""

    number: int
    form: AsistenciaRequest
    beneficiary: Beneficiary

    @property
    def person(self) -> Person:
        """The beneficiary as the form names them."""
        return self.beneficiary.person

    @property
    def holder(self) -> Person:
        """The holder as the form names them."""
        return self.form.holder

    @property
    def about(self) -> str:
        """The name of the person in findings."""
        return f"beneficiary-{self.number}"

    @property
    def relation(self) -> str | None:
        """The one relationship ticked, None where none or several are; rules pass its fact as deciding."""
        fact = self.beneficiary.relationship
        return fact.value if fact is not None and isinstance(fact.value, str) else None

    @property
    def name(self) -> Fact[Any] | None:
        """Who the form says the beneficiary is, by its least sure part: everything about them stands on it.

        A given name or a number read with doubt may be somebody else's, whatever the surname says. The
        birth is what other rules stand on, and they say so.
        """
        who = self.person
        told = (who.first_surname, who.second_surname, who.given_name, who.id_number)
        return min(
            (fact for fact in told if fact is not None), key=lambda fact: fact.confidence, default=None
        )

    def finds(
        self,
        rule: Rule,
        outcome: Outcome,
        law: Law,
        *decided_by: Fact[Any] | None,
        reason: Text | None = None,
        **words: Any,
    ) -> Finding:
        """Return a finding of *rule* about this person; it also stands on the relationship ticked."""
        facts = (self.beneficiary.relationship, *decided_by)
        return rule.finds(outcome, law, *facts, reason=reason, about=self.about, **words)


def claims(application: Application) -> Iterator[Claim]:
    """Yield every block of beneficiaries of every form."""
    for form in application.asistencia:
        for number, beneficiary in enumerate(form.beneficiaries, 1):
            yield Claim(number=number, form=form, beneficiary=beneficiary)


def of_a_beneficiary(application: Application, person: Person) -> bool:
    """Whether a paper's person is surely one of the beneficiaries, not the applicant."""
    if same_person(application.applicant, person) != "different":
        return False
    return any(same_person(claim.person, person) == "same" for claim in claims(application))


def decisions_on_wards(application: Application) -> frozenset[str]:
    """Return the ids of the decisions that put a beneficiary in the holder's care: AS-BEN-06 judges them."""
    wards = [claim for claim in claims(application) if claim.relation == "ward"]
    return frozenset(
        paper.document
        for paper in application.decisions
        for claim in wards
        if in_care((paper,), claim.holder, claim.person).tie == "yes"
    )
