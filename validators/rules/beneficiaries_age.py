"""Descendants and who is treated as one: under 26, or with a disability of 65 per cent or more.

Source: RD 1192/2012 arts. 3.1.c and 6.3.d; RDL 7/2018, DA única.2; docs/law.md AS-BEN-04, AS-BEN-05 and
section 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validators.facts import Application, Disability
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.law import whole
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._age import reached
from validators.rules._beneficiary import DESCENDANTS, Claim, claims
from validators.rules._certainty import cure_if, known, ticked
from validators.rules.beneficiaries_kinship import CHILD

DISABLED = Rule(
    id="AS-BEN-05",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.d (RDL 7/2018, DT 2ª)",
    es="Falta el certificado de discapacidad de grado igual o superior al {degree} %.",
    gl="Falta o certificado de discapacidade de grao igual ou superior ao {degree} %.",
    en="The certificate of a disability of {degree} % or more is missing.",
    since=RDL_7_2018,
)
RULES = (*DISABLED.formerly((RD_1192_2012, "RD 1192/2012, art. 3.1.c y 6.3.d")),)
_YOUNG = Text("Tiene menos de {years} años.", "Ten menos de {years} anos.", "Is under {years}.")
_OLD = Text(
    "Ha cumplido {years} años y no alega discapacidad.",
    "Xa fixo os {years} anos e non alega discapacidade.",
    "Is {years} or older and claims no disability.",
)
_WHEN_BORN = Text(
    "No consta con certeza si ha cumplido {years} años: compruebe la fecha de nacimiento.",
    "Non consta con certeza se xa fixo os {years} anos: comprobe a data de nacemento.",
    "It is not certain whether the person has turned {years}: check the date of birth.",
)
_NO_BIRTH = Text(
    "Falta la fecha de nacimiento de la persona beneficiaria.",
    "Falta a data de nacemento da persoa beneficiaria.",
    "The beneficiary's date of birth is missing.",
)
_ENOUGH = Text(
    "Consta un grado de discapacidad igual o superior al {degree} %.",
    "Consta un grao de discapacidade igual ou superior ao {degree} %.",
    "A disability of {degree} % or more is shown.",
)
_TOO_LOW = Text(
    "El grado de discapacidad acreditado es inferior al {degree} %.",
    "O grao de discapacidade acreditado é inferior ao {degree} %.",
    "The degree of disability shown is below {degree} %.",
)
_EXPIRED = Text(
    "El certificado de discapacidad no estaba vigente al presentar la solicitud.",
    "O certificado de discapacidade non estaba vixente ao presentar a solicitude.",
    "The disability certificate was not in force when the application was filed.",
)
_READ_IT = Text(
    "El grado de discapacidad, o de quién es el certificado, no consta con certeza.",
    "O grao de discapacidade, ou de quen é o certificado, non consta con certeza.",
    "The degree of disability, or whose certificate it is, is not certain.",
)


@judge("asistencia_sanitaria")
def age(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-04 and 05: the 26th birthday is the first day on which only a disability keeps the right."""
    for claim in claims(application):
        if claim.relation in DESCENDANTS:
            yield _of_age(application, claim, law)


def _of_age(application: Application, claim: Claim, law: Law) -> Finding:
    """Return the finding on the age of one beneficiary."""
    born = claim.person.birth_date
    years = whole("rd-1192-2012", "descendant_age", on=law.on)
    if born is None or born.value is None:
        return claim.finds(CHILD, cure_if(law, born), law, born, reason=_NO_BIRTH)
    grown = reached(born.value, years, law)
    if born.value > law.on or grown is None:
        return claim.finds(CHILD, Outcome.REVIEW, law, born, reason=_WHEN_BORN, years=years)
    if grown is False:
        return claim.finds(CHILD, Outcome.MET, law, born, claim.name, reason=_YOUNG, years=years)
    return _disability(application, claim, law)


def _disability(application: Application, claim: Claim, law: Law) -> Finding:
    """Return the finding for who has completed the years: by certificate, or by what the form claims."""
    least = whole("rd-1192-2012", "disability_degree", on=law.on)
    own = [p for p in application.disabilities if same_person(claim.person, p.person) == "same"]
    perhaps = [p for p in application.disabilities if same_person(claim.person, p.person) == "unsure"]
    facts = [fact for p in (*own, *perhaps) for fact in (p.degree, p.person.id_number, p.valid_until)]
    if own and len({_says(paper) for paper in own}) == 1:
        best = max(own, key=lambda paper: paper.degree.confidence if paper.degree else 0.0)
        return _certified(best, claim, law, least)
    if own or perhaps:
        return claim.finds(DISABLED, Outcome.REVIEW, law, *facts, reason=_READ_IT)
    return _claimed(claim, law, least)


def _says(paper: Disability) -> tuple[object, ...]:
    """Return what a certificate says, to see whether two copies of it, or two certificates, agree."""
    facts = (paper.degree, paper.valid_until)
    return tuple((fact.value, *fact.others) if fact else () for fact in facts)


def _claimed(claim: Claim, law: Law, least: int) -> Finding:
    """Return the finding without a certificate: what the box for a disability says."""
    box, born = claim.beneficiary.disability, claim.person.birth_date
    match ticked(law, box):
        case "yes":
            return claim.finds(DISABLED, Outcome.CURE, law, box, degree=least)
        case "no":
            years = whole("rd-1192-2012", "descendant_age", on=law.on)
            return claim.finds(CHILD, Outcome.NOT_MET, law, born, box, reason=_OLD, years=years)
        case _:
            return claim.finds(DISABLED, Outcome.REVIEW, law, box, reason=_READ_IT)


def _certified(paper: Disability, claim: Claim, law: Law, least: int) -> Finding:
    """Return the finding for the one certificate that is surely the beneficiary's."""
    degree, until = paper.degree, paper.valid_until
    facts = (degree, until, paper.person.id_number or paper.person.birth_date)
    if degree is None or degree.value is None or degree.others or (until is not None and not known(until)):
        return claim.finds(DISABLED, Outcome.REVIEW, law, *facts, reason=_READ_IT)
    if until is not None and until.value is not None and until.value < law.on:
        return claim.finds(DISABLED, cure_if(law, until), law, *facts, reason=_EXPIRED)
    enough = degree.value >= Decimal(least)
    outcome, said = (Outcome.MET, _ENOUGH) if enough else (Outcome.NOT_MET, _TOO_LOW)
    return claim.finds(DISABLED, outcome, law, *facts, claim.name, reason=said, degree=least)
