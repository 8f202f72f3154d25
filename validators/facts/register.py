"""What municipal registers say of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
    """One certificate (`official`) or volante of a municipal register, about the applicant or not."""

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
    changes: tuple[dt.date, ...] = ()
    last_change_on: Fact[dt.date] | None = None
    notes: Fact[str] | None = None
    signed: Fact[bool] | None = None
