"""CAT-10 to CAT-12: Spaniards by origin who come back, or come for a while, and their families.

Source: Ley 40/2006; RD 8/2008 art. 26, rewritten by RD 180/2026 DF 1ª from 13-3-2026: until then only
workers and pensioners on temporary stays, and no cover by the country of provenance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.authorities import authorities
from validators.dates import add_months
from validators.facts import Application, ConsularExit
from validators.finding import Finding, Outcome, Text
from validators.law import export_duty, whole
from validators.law.regimes import RD_180_2026, RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta
from validators.rules._catalogue import Title, said, sends, title
from validators.rules._certainty import fact_of, known, sure
from validators.stays import match

_DAY = dt.timedelta(days=1)
RETURNED = Rule(
    id="CAT-10",
    basis="Ley 40/2006, art. 17; Ley 16/2003, art. 3.2.a; RD 8/2008, art. 26",
    es="Persona española de origen retornada, con baja consular: derecho como residente. "
    "Organismo: {authority_es}.",
    gl="Persoa española de orixe retornada, con baixa consular: dereito como residente. "
    "Organismo: {authority_gl}.",
    en="Returned Spaniard by origin, with the consular deregistration: a right as a resident. "
    "Body: {authority_en}.",
    since=RDL_7_2018,
)
RULES = RETURNED.formerly(
    (RD_1192_2012, "Ley 40/2006, art. 17; RD 1192/2012, art. 2.1.b.1; RD 8/2008, art. 26")
)
_NO_EXIT = Text(
    "Se alega el retorno: falta la baja consular en el país de residencia.",
    "Alégase o retorno: falta a baixa consular no país de residencia.",
    "A return is claimed: the consular deregistration in the country of residence is missing.",
)
_NO_REGISTRATION = Text(
    "El retorno es reciente: falta el certificado de empadronamiento del municipio de residencia.",
    "O retorno é recente: falta o certificado de empadroamento do municipio de residencia.",
    "The return is recent: the registration certificate of the town of residence is missing.",
)
_RETURN_DOUBT = Text(
    "La baja consular no es con certeza de la persona, no tiene fecha legible o es de un país que puede "
    "mantener la cobertura: revísela.",
    "A baixa consular non é con certeza da persoa, non ten data lexible ou é dun país que pode manter a "
    "cobertura: revísela.",
    "The consular deregistration is not with certainty the person's, has no legible date, or is of a country "
    "that "
    "may go on covering: check it.",
)


@judge("asistencia_sanitaria")
def returned(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-10 at the INSS: the consular paper shows the return; without it a claim is to be proved."""
    own, exits = title(application, law), _own(application)
    for paper in exits:
        yield _return_shown(application, paper, own, law)
    for paper in _unsure(application):
        yield sends(RETURNED, Outcome.REVIEW, law, authorities()["inss"], paper.left_on, reason=_RETURN_DOUBT)
    if not application.consular_exits:
        yield from _return_claimed(application, own, law)
        if application.papers.get("consular_deregistration"):
            yield RETURNED.finds(Outcome.REVIEW, law, reason=_RETURN_DOUBT)


def _return_claimed(application: Application, own: Title, law: Law) -> Iterator[Finding]:
    """Yield what a return that is only told calls for: the paper, where it is told of the applicant."""
    paper_unread = bool(application.papers.get("consular_deregistration"))
    for mention in said(application, "returned_emigrant"):
        if mention.whose != "another":
            certain = own.kind == "national" and mention.whose == "applicant" and not paper_unread
            outcome = Outcome.CURE if certain else Outcome.REVIEW
            yield RETURNED.finds(outcome, law, fact_of(mention), reason=_NO_EXIT)


def _return_shown(application: Application, paper: ConsularExit, own: Title, law: Law) -> Finding:
    """Return the finding for the applicant's own consular paper."""
    left, inss = paper.left_on, authorities()["inss"]
    dated = left is not None and left.value is not None and sure(law, left) and left.value <= law.on
    if not dated or own.kind != "national" or _covered_there(paper, law):
        return sends(RETURNED, Outcome.REVIEW, law, inss, left, paper.country, reason=_RETURN_DOUBT)
    if _recent(paper, law) and not application.registrations:
        return RETURNED.finds(Outcome.CURE, law, left, reason=_NO_REGISTRATION)
    return sends(RETURNED, Outcome.MET, law, inss, left, *own.facts)


def _covered_there(paper: ConsularExit, law: Law) -> bool:
    """Whether, by the text before RD 180/2026, the country left may go on covering the person."""
    country = paper.country
    if law.on >= RD_180_2026:
        return False
    return country is None or country.value is None or export_duty(country.value, on=law.on) != "unknown"


def _recent(paper: ConsularExit, law: Law) -> bool:
    """Whether the return is so recent that the automatic query may not see the registration yet."""
    months = whole("inss-service", "recent_registration_months", on=law.on)
    left = paper.left_on.value if paper.left_on else None
    return left is not None and left > add_months(law.on, -months)


@judge("convenio_especial")
def returned_elsewhere(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-10 in a convenio: who came back has the right at the INSS."""
    if not alta(application, law):
        return
    own, inss = title(application, law), authorities()["inss"]
    for paper in _own(application):
        certain = own.kind == "national" and known(paper.left_on)
        outcome = Outcome.REFER if certain else Outcome.REVIEW
        yield sends(RETURNED, outcome, law, inss, paper.left_on, *own.facts)
    for paper in _unsure(application):
        yield sends(RETURNED, Outcome.REVIEW, law, inss, paper.left_on, reason=_RETURN_DOUBT)
    for mention in said(application, "returned_emigrant") if not application.consular_exits else ():
        yield sends(RETURNED, Outcome.REVIEW, law, inss, fact_of(mention))


def _own(application: Application) -> list[ConsularExit]:
    """Return the consular papers that are surely the applicant's."""
    return [paper for paper in application.consular_exits if match(application, paper.person) == "same"]


def _unsure(application: Application) -> list[ConsularExit]:
    """Return the consular papers that may be the applicant's."""
    return [paper for paper in application.consular_exits if match(application, paper.person) == "unsure"]
