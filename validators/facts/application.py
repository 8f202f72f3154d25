"""All that is known about one case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from validators.facts.earlier import EarlierConvenio
from validators.facts.fact import Evidence, Fact
from validators.facts.family import ConsularExit, Decision, Disability, FamilyRecord, Income, Partnership
from validators.facts.papers import Absence, Declaration, Identity, Mandate, NonExport, Permit, Representation
from validators.facts.people import Person
from validators.facts.register import RegisterAnswer, Registration
from validators.facts.requests import AsistenciaRequest, ConvenioRequest

Procedure = Literal["convenio_especial", "asistencia_sanitaria", "unknown"]


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
    """A subject the papers touch outside their own fields (slugs of `extractors.said.mentions`).

    `whose`: whether the words speak of the applicant, of another person, or do not say of whom. `words`
    are the paper's own. `places`, `people` and `numbers` are those that a paper of no known kind names,
    `births` the days of birth, as ISO 8601, that a family paper tells.
    """

    subject: str
    evidence: Evidence
    confidence: float = 1.0
    whose: Literal["applicant", "another", "unsaid"] = "applicant"
    words: str = ""
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    births: tuple[str, ...] = ()


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
    family_records: tuple[FamilyRecord, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    decisions: tuple[Decision, ...] = ()
    disabilities: tuple[Disability, ...] = ()
    incomes: tuple[Income, ...] = ()
    consular_exits: tuple[ConsularExit, ...] = ()
    earlier_convenios: tuple[EarlierConvenio, ...] = ()
    """What is known of convenios that the same person had before, by the store of cases or a paper."""
    register: tuple[RegisterAnswer, ...] = ()
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Document ids by kind, all kinds of the contract's fields."""
    mentions: tuple[Mention, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    by_hand: tuple[Evidence, ...] = ()
    """Places that somebody filled in by hand and no program reads."""
    flags: tuple[tuple[str, str], ...] = ()
    """(document id, flag) for irregular files: `repaired`, `wrong-extension`, `active-content` ..."""
