"""What the law needs to know about one application, and how sure each fact is.

Three answers are kept apart: a fact that no paper gives is `None`; one that a paper has a place for,
but empty or illegible, is a `Fact` whose `value` is `None`; everything else is a `Fact` with a value.
Papers that differ leave their other values in `others`: nothing is settled silently.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

Procedure = Literal["convenio_especial", "asistencia_sanitaria", "unknown"]


class Evidence(NamedTuple):
    """A field of a document: the document's id in the case, and the field's dotted name."""

    document: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """A value, the chance that it is right, and where it was read."""

    value: T | None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    others: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as one paper, or all papers together, name them. `id_type` as in the contract's fields."""

    first_surname: Fact[str] | None = None
    second_surname: Fact[str] | None = None
    given_name: Fact[str] | None = None
    id_type: Fact[str | list[str]] | None = None
    id_number: Fact[str] | None = None
    birth_date: Fact[dt.date] | None = None
    nationality: Fact[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A home or a place for notices; parts by the contract's names (`street_name`, `postal_code` ...)."""

    parts: Mapping[str, Fact[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Whether a place for a signature holds one, and the date written beside it."""

    present: Fact[bool] | None = None
    on: Fact[dt.date] | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """When the application was handed in, and who says so.

    `source`: `option` or `office` (the office's word), `package` (the sender's), `stamp` (a registry
    stamp or receipt in the papers), `reception` (nobody said: the day it came). `stated` are other
    dates that the papers or the package give.
    """

    filed_on: dt.date
    source: Literal["option", "office", "package", "stamp", "reception"]
    received_on: dt.date
    stated: tuple[Fact[dt.date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A subject the papers touch outside their own fields (slugs of `extractors.mentions`)."""

    subject: str
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A member of the package that cannot be read, with its code of the contract's list."""

    document: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """All that is known about one case. The applicant is the convenio's applicant or INSS's holder."""

    procedure: Procedure
    filing: Filing
    applicant: Person
    office: str | None = None
    convenio: tuple[ConvenioRequest, ...] = ()
    asistencia: tuple[AsistenciaRequest, ...] = ()
    remarks: str | None = None
    stored_bytes: int = 0
    unpacked_bytes: int = 0
    registrations: tuple[Registration, ...] = ()
    identities: tuple[Identity, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    representations: tuple[Representation, ...] = ()
    non_exports: tuple[NonExport, ...] = ()
    permits: tuple[Permit, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    absences: tuple[Absence, ...] = ()
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Document ids by kind, all kinds of the contract's fields."""
    mentions: tuple[Mention, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    """(document id, flag) for irregular files: `repaired`, `wrong-extension`, `active-content` ..."""
