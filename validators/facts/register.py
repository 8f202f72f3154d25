"""What municipal registers say of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from validators.facts.fact import Fact
from validators.facts.people import Address, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One stay in a municipal register. `until.value` None with full confidence: still open.

    `cause_in` and `cause_out` are the contract's slugs (`residence_change`, `birth`, `omission`,
    `expiry`, `improper`, `duplicate`, `death`, `abroad`), None where the paper gives none.
    `origin` is the municipality, or the ISO 3166 alpha-3 country, the person came from.
    """

    municipality: Fact[str]
    since: Fact[dt.date]
    until: Fact[dt.date]
    cause_in: str | None = None
    cause_out: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One line of a collective certificate."""

    name: str
    id_number: str | None = None
    birth_date: dt.date | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One certificate (`official`) or volante of a municipal register, about the applicant or not.

    `seen` is one read from a picture: an entry that was not found may stand there all the same.
    """

    document: str
    official: bool
    person: Person
    form: Fact[str] | None = None
    municipality: Fact[str] | None = None
    province: Fact[str] | None = None
    issued_on: Fact[dt.date] | None = None
    address: Address = Address()
    periods: tuple[Period, ...] = ()
    residents: tuple[Resident, ...] = ()
    seen: bool = False
    changes: tuple[dt.date, ...] = ()
    last_change_on: Fact[dt.date] | None = None
    notes: Fact[str] | None = None
    signed: Fact[bool] | None = None


Answer = Literal["found", "not_found", "ambiguous", "not_checked"]
Unasked = Literal[
    "opposed", "opposition_unclear", "before_the_law", "identity_unclear", "down", "slow", "wrong"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """What one source of register data said of one person, or why it was not asked.

    `about` is `applicant` or `beneficiary-1` (the first of the form). `as_of` is the day whose state the
    source shows. `why` goes with `not_checked` (`down`, `slow` and `wrong`: the source failed, which is
    never "not found") and, as `number_of_another`, with `ambiguous`. `municipalities` are the names of
    those that the source speaks for. Only `found` has a person, periods or an address.
    """

    document: str
    """The id that evidence uses: `register-1` is the first answer of the case."""
    source: str
    ground: str
    about: str
    answer: Answer
    why: Unasked | Literal["number_of_another"] | None = None
    as_of: dt.date | None = None
    municipalities: tuple[str, ...] = ()
    person: Person = Person()
    address: Address = Address()
    periods: tuple[Period, ...] = ()
