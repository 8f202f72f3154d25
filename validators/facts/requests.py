"""The application forms of both procedures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from validators.facts.fact import Fact
from validators.facts.people import Address, Person, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvenioRequest:
    """The application form of the convenio especial: one per form found."""

    document: str
    applicant: Person
    request_type: Fact[str | list[str]] | None = None
    address: Address = Address()
    representative: Person = Person()
    representative_address: Address = Address()
    notification_choice: Fact[str | list[str]] | None = None
    notification_address: Address = Address()
    email: Fact[str] | None = None
    mobile: Fact[str] | None = None
    payment_method: Fact[str | list[str]] | None = None
    account_holder: Person = Person()
    iban: Fact[str] | None = None
    applicant_signature: Signature = Signature()
    representative_signature: Signature = Signature()
    territorial_office: Fact[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """One beneficiary of an INSS application; `person` and the boxes of the form."""

    person: Person
    relationship: Fact[str | list[str]] | None = None
    disability: Fact[bool] | None = None
    cohabits: Fact[bool] | None = None
    annual_income: Fact[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsistenciaRequest:
    """The INSS form 6-071: one per form found."""

    document: str
    holder: Person
    social_security_number: Fact[str] | None = None
    for_holder: Fact[bool] | None = None
    for_beneficiary: Fact[bool] | None = None
    change_of_holder: Fact[bool] | None = None
    filed_by_beneficiary: Fact[bool] | None = None
    address: Address = Address()
    beneficiaries: tuple[Beneficiary, ...] = ()
    representative: Person = Person()
    previous_holder: Person = Person()
    previous_holder_signature: Signature = Signature()
    province: Fact[str] | None = None
    opposes_queries: Fact[bool] | None = None
    holder_signature: Signature = Signature()
