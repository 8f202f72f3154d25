"""Rows of the cross-check that speak by themselves: nationality (CE-ID-12) and home (CE-RES-15, AS-PAD-01).

The other rows speak through the rules on who each paper is about (`identity_match`, `residence_papers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.crosscheck import Cell, row
from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules.asistencia_residence import REGISTERED
from validators.rules.identity_match import ONE_PERSON
from validators.rules.residence_papers import OTHER_PERSON

_NATIONALITIES = Text(
    "Los documentos de la persona dicen nacionalidades distintas: {said}.",
    "Os documentos da persoa din nacionalidades distintas: {said}.",
    "The person's papers give different nationalities: {said}.",
)
_HOMES = Text(
    "El domicilio de la solicitud no es el del padrón: {why_es}.",
    "O domicilio da solicitude non é o do padrón: {why_gl}.",
    "The address in the application is not the register's: {why_en}.",
)


@judge()
def nationality(application: Application, law: Law) -> Iterator[Finding]:
    """CE-ID-12: papers that give different nationalities of the applicant; a person looks."""
    own = [c for c in row(application, "applicant", "nationality").cells if c.match != "different"]
    if any(_another(cell) for cell in own):
        said = ", ".join(dict.fromkeys(cell.value[:40] for cell in own))
        places = [place for cell in own for place in cell.evidence]
        yield ONE_PERSON.finds(Outcome.REVIEW, law, evidence=places, reason=_NATIONALITIES, said=said)


@judge("convenio_especial")
def home_and_certificate(application: Application, law: Law) -> Iterator[Finding]:
    """CE-RES-15: the form's home is surely another than the register's (CE-EMP-01: in which city)."""
    if alta(application, law):
        yield from _homes(application, law, OTHER_PERSON, "certificate", "volante", "register")


@judge("asistencia_sanitaria")
def home_and_register(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01: the form's home is surely another than that of the certificate or volante."""
    yield from _homes(application, law, REGISTERED, "certificate", "volante")


def _homes(application: Application, law: Law, rule: Rule, *kinds: str) -> Iterator[Finding]:
    """Yield a notice for each paper of a register with another home, both surely read."""
    cells = row(application, "applicant", "address").cells
    for cell in cells[1:]:
        first = cells[0]
        sure = min(first.confidence, cell.confidence) >= law.policy.acceptance
        if first.kind == "form" and cell.kind in kinds and sure and _another(cell):
            told = cell.compared.differences[0].text
            words: dict[str, Any] = {"why_es": told.es, "why_gl": told.gl, "why_en": told.en}
            places = (*first.evidence, *cell.evidence)
            yield rule.finds(Outcome.NOTICE, law, evidence=places, reason=_HOMES, **words)


def _another(cell: Cell) -> bool:
    """Whether a home is another one, not the same otherwise written."""
    return cell.compared.verdict == "contradiction"
