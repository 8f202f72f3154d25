"""The papers that go with an application, whoever they are about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from validators.facts.fact import Fact
from validators.facts.people import Person, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A side, or both sides, of an identity paper. `document` as in the contract's fields."""

    document: str
    kind: Fact[str] | None = None
    number: Fact[str] | None = None
    support_number: Fact[str] | None = None
    surnames: Fact[str] | None = None
    given_name: Fact[str] | None = None
    nationality: Fact[str] | None = None
    birth_date: Fact[dt.date] | None = None
    expires_on: Fact[dt.date] | None = None
    permit: Fact[str] | None = None
    mrz_valid: Fact[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The declaration of no compulsory cover by another route."""

    document: str
    declarant: Person
    declares: Fact[bool] | None = None
    nationality: Fact[str] | None = None
    signature: Signature = Signature()


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """A paper by which one person lets another act."""

    document: str
    represented: Person
    representative: Person
    procedure: Fact[str] | None = None
    represented_signature: Signature = Signature()
    representative_signature: Signature = Signature()


@dataclass(frozen=True, slots=True, kw_only=True)
class NonExport:
    """A foreign institution's word on whether the right to care can be exported."""

    document: str
    person: Person
    country: Fact[str] | None = None
    issued_on: Fact[dt.date] | None = None
    not_exportable: Fact[bool] | None = None
    legalised: Fact[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """An authorisation to reside."""

    document: str
    person: Person
    number: Fact[str] | None = None
    permit: Fact[str] | None = None
    valid_from: Fact[dt.date] | None = None
    valid_until: Fact[dt.date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A bank's or direct debit paper."""

    document: str
    iban: Fact[str] | None = None
    holder_name: Fact[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One stay outside Spain, declared or stamped; both days as written."""

    since: Fact[dt.date]
    until: Fact[dt.date]
    country: str | None = None
