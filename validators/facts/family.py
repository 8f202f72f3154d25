"""Papers on family ties, disability, income and returning home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from validators.facts.fact import Evidence, Fact
from validators.facts.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Someone whom a family paper names. `role` as in the contract's fields (`holder`, `spouse` ...).

    `confidence` is that of the place, and that nobody else is meant there; name, birth and number have their
    own. `agreed` are places of other papers that say the same of the person.
    """

    name: str
    role: str | None = None
    birth_date: dt.date | None = None
    id_number: str | None = None
    confidence: float = 1.0
    name_confidence: float = 1.0
    birth_confidence: float = 1.0
    number_confidence: float = 1.0
    agreed: tuple[Evidence, ...] = ()

    @property
    def sure(self) -> float:
        """The certainty of all that is told of the person."""
        return min(self.told, self.number_confidence)

    @property
    def told(self) -> float:
        """The certainty of all that is told of the person but the number."""
        return min(self.confidence, self.name_confidence, self.birth_confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRecord:
    """A family book, a birth or a marriage certificate. `record` as in the contract's fields.

    `country`: alpha-3 code of the State at its head; None where it names none, as Spanish papers may.
    `marginal_notes` tell of `divorce`, `adoption`, `filiation`, `emancipation` or `death`.
    """

    document: str
    record: Fact[str] | None = None
    people: tuple[Named, ...] = ()
    issued_on: Fact[dt.date] | None = None
    country: Fact[str] | None = None
    legalised: Fact[bool] | None = None
    marginal_notes: Fact[list[str] | str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """The proof of an unmarried couple. `proof`: `register`, or `deed` for a notary's document."""

    document: str
    proof: Fact[str] | None = None
    people: tuple[Named, ...] = ()
    registered_on: Fact[dt.date] | None = None
    issued_on: Fact[dt.date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A court's or an administration's decision on persons. `subject` as in the contract's fields."""

    document: str
    people: tuple[Named, ...] = ()
    subject: Fact[str] | None = None
    decided_on: Fact[dt.date] | None = None
    compensatory_pension: Fact[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disability:
    """A certificate of the degree of disability, in per cent."""

    document: str
    person: Person
    degree: Fact[Decimal] | None = None
    valid_until: Fact[dt.date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """What a beneficiary declares to earn in a year, in euros."""

    document: str
    person: Person
    year: Fact[int] | None = None
    annual: Fact[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsularExit:
    """A consulate's word that somebody left its register of residents (*baja consular*)."""

    document: str
    person: Person
    country: Fact[str] | None = None
    left_on: Fact[dt.date] | None = None
