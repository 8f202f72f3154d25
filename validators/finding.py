"""What a rule says of a case: a value, never an exception."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from validators.facts import Evidence


class Outcome(StrEnum):
    """The contract's outcomes, in no order: routing decides which prevails."""

    MET = "met"
    NOTICE = "notice"
    CURE = "cure"
    REVIEW = "review"
    REFER = "refer"
    NOT_MET = "not_met"


class Text(NamedTuple):
    """The same sentence in Spanish, Galician and English."""

    es: str
    gl: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's answer, with its article, the newest law it was judged under, and what it stands on.

    `certainty` is the least confidence among the values that decided it, 1 where none did. `about` is
    whom it concerns where that is not the applicant: `beneficiary-1` is the first one of the form.
    """

    rule: str
    outcome: Outcome
    reason: Text
    basis: str
    law_version: dt.date
    evidence: tuple[Evidence, ...] = ()
    certainty: float = 1.0
    about: str | None = None

    @property
    def told(self) -> Text:
        """The reason with whom it concerns before it, where that is a beneficiary."""
        number = (self.about or "").removeprefix("beneficiary-")
        if not number.isdigit():
            return self.reason
        whom = (f"Persona beneficiaria {number}", f"Persoa beneficiaria {number}", f"Beneficiary {number}")
        return Text(*(f"{who}: {said}" for who, said in zip(whom, self.reason, strict=True)))


class Applied(NamedTuple):
    """A rule that speaks by fixing a date or an amount: its id, why in three languages, its article.

    `Deadlines.applied` and `Fee.applied` hold them; `Rule.applied` makes one.
    """

    rule: str
    reason: Text
    basis: str
