"""What the law needs to know about one application, and how sure each fact is.

Three answers are kept apart: a fact that no paper gives is `None`; one that a paper has a place for,
but empty or illegible, is a `Fact` whose `value` is `None`; everything else is a `Fact` with a value.
Papers that differ leave their other values in `others`: nothing is settled silently.
"""

from __future__ import annotations

from validators.facts.application import Application, Filing, Mention, Procedure, Unreadable
from validators.facts.earlier import EarlierConvenio
from validators.facts.fact import Evidence, Fact
from validators.facts.family import (
    ConsularExit,
    Decision,
    Disability,
    FamilyRecord,
    Income,
    Named,
    Partnership,
)
from validators.facts.papers import Absence, Declaration, Identity, Mandate, NonExport, Permit, Representation
from validators.facts.people import Address, Person, Signature
from validators.facts.register import Period, RegisterAnswer, Registration, Resident
from validators.facts.requests import AsistenciaRequest, Beneficiary, ConvenioRequest

__all__ = [
    "Absence",
    "Address",
    "Application",
    "AsistenciaRequest",
    "Beneficiary",
    "ConsularExit",
    "ConvenioRequest",
    "Decision",
    "Declaration",
    "Disability",
    "EarlierConvenio",
    "Evidence",
    "Fact",
    "FamilyRecord",
    "Filing",
    "Identity",
    "Income",
    "Mandate",
    "Mention",
    "Named",
    "NonExport",
    "Partnership",
    "Period",
    "Permit",
    "Person",
    "Procedure",
    "RegisterAnswer",
    "Registration",
    "Representation",
    "Resident",
    "Signature",
    "Unreadable",
]
