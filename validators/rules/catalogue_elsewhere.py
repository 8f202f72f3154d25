"""CAT-13, CAT-15 and CAT-16: cover by another State, by the scheme of disability, by a mutual.

Source: RD 1192/2012 DA 2.1; RDLeg 1/2013 and RD 383/1984; Ley 16/2003 art. 3.4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.authorities import Authority, authorities, mutual
from validators.facts import Application, Disability, Mention
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import RD_180_2026, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules._catalogue import BOTH, asked, hinted, said, sends, title
from validators.rules._certainty import fact_of
from validators.stays import match

FOREIGN = Rule(
    id="CAT-13",
    basis="RD 1192/2012, DA 2.1; Ley 16/2003, art. 3.1; Reglamento (CE) 883/2004",
    es="La asistencia corre a cargo de otro Estado (S1, formularios E o convenio): se inscribe el "
    "formulario, no se reconoce un derecho nuevo. Organismo: {authority_es}.",
    gl="A asistencia corre a cargo doutro Estado (S1, formularios E ou convenio): inscríbese o formulario, "
    "non se recoñece un dereito novo. Organismo: {authority_gl}.",
    en="Another State bears the cost (S1, E forms or convention): the form is registered, no new right is "
    "recognised. Body: {authority_en}.",
)
_CARD = Text(
    "Los papeles hablan de una tarjeta sanitaria europea: vea qué Estado la expidió. "
    "Organismo: {authority_es}.",
    "Os papeis falan dunha tarxeta sanitaria europea: vexa que Estado a expediu. Organismo: {authority_gl}.",
    "The papers mention a European health insurance card: see which State issued it. Body: {authority_en}.",
)
DISABILITY = Rule(
    id="CAT-15",
    basis="RDLeg 1/2013, disposición transitoria única; RD 383/1984; Real Decreto 180/2026, DA 6ª",
    es="Discapacidad reconocida: sin otro título, cabe la asistencia del sistema especial. "
    "Organismo: {authority_es}.",
    gl="Discapacidade recoñecida: sen outro título, cabe a asistencia do sistema especial. "
    "Organismo: {authority_gl}.",
    en="Recognised disability: with no other entitlement, the special scheme may give care. "
    "Body: {authority_en}.",
    since=RD_180_2026,
)
_LGD_2013 = dt.date(2013, 12, 4)
"""Entry into force of RDLeg 1/2013 (BOE-A-2013-12632)."""
RULES = DISABILITY.formerly(
    (RD_1192_2012, "RD 383/1984"),
    (_LGD_2013, "RDLeg 1/2013, disposición transitoria única; RD 383/1984"),
)
_OWN_TITLE = Text(
    "Discapacidad reconocida: no cambia el derecho propio como residente.",
    "Discapacidade recoñecida: non cambia o dereito propio como residente.",
    "Recognised disability: it does not change the person's own right as a resident.",
)
MUTUAL = Rule(
    id="CAT-16",
    basis="Ley 16/2003, art. 3.4",
    es="Mutualista: la cobertura y su reconocimiento corresponden a la mutualidad. Organismo: "
    "{authority_es}.",
    gl="Mutualista: a cobertura e o seu recoñecemento corresponden á mutualidade. Organismo: {authority_gl}.",
    en="Member of a mutual fund: cover and its recognition belong to that fund. Body: {authority_en}.",
)
_WHICH = Text(
    "Los papeles hablan de una mutualidad sin decir cuál: MUFACE, ISFAS y MUGEJU excluyen; una mutualidad "
    "alternativa a la Seguridad Social, no.",
    "Os papeis falan dunha mutualidade sen dicir cal: MUFACE, ISFAS e MUGEJU exclúen; unha mutualidade "
    "alternativa á Seguridade Social, non.",
    "The papers mention a mutual fund without saying which: MUFACE, ISFAS and MUGEJU exclude; one in place "
    "of the social security does not.",
)


@judge(*BOTH)
def foreign_cover(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-13: a form of another State is registered at the INSS; in a convenio CE-COB-01 decides."""
    if not asked(application, law):
        return
    inss = authorities()["inss"]
    decides = Outcome.REFER if application.procedure == "asistencia_sanitaria" else Outcome.NOTICE
    for mention in said(application, "foreign_cover"):
        yield sends(FOREIGN, decides, law, inss, fact_of(mention))
    for mention in said(application, "european_card"):
        yield sends(FOREIGN, Outcome.REVIEW, law, inss, fact_of(mention), reason=_CARD)
    for mention in said(application, "foreign_pension"):
        yield sends(FOREIGN, Outcome.REVIEW, law, inss, fact_of(mention))
    for mention in hinted(application, "foreign_cover", "european_card"):
        yield sends(FOREIGN, Outcome.REVIEW, law, inss, fact_of(mention))


@judge(*BOTH)
def mutual_cover(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-16: each mutual recognises its own; in a convenio CE-SUJ-01 decides."""
    if not asked(application, law):
        return
    for mention in (*said(application, "mutual_insurance"), *hinted(application, "mutual_insurance")):
        yield _of_mutual(mention, application, law)


def _of_mutual(mention: Mention, application: Application, law: Law) -> Finding:
    """Return the finding for one mention of a mutual."""
    found, inss = mutual(mention.words), application.procedure == "asistencia_sanitaria"
    if found is None:
        outcome = Outcome.REVIEW if inss else Outcome.NOTICE
        return MUTUAL.finds(outcome, law, fact_of(mention), reason=_WHICH)
    return sends(MUTUAL, Outcome.REFER if inss else Outcome.NOTICE, law, found, fact_of(mention))


@judge(*BOTH)
def disability(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-15: a recognised disability gives care where no other title does."""
    if not asked(application, law):
        return
    imserso, own = authorities()["imserso"], _titled(application, law)
    for paper in application.disabilities:
        yield from _certified(paper, application, law, imserso, own=own)
    for mention in said(application, "disability_scheme"):
        if own:
            yield DISABILITY.finds(Outcome.NOTICE, law, fact_of(mention), reason=_OWN_TITLE)
        else:
            decides = Outcome.REFER if application.procedure == "asistencia_sanitaria" else Outcome.NOTICE
            yield sends(DISABILITY, decides, law, imserso, fact_of(mention))
    if application.papers.get("disability_certificate") and not application.disabilities:
        yield sends(DISABILITY, Outcome.REVIEW, law, imserso)


def _certified(
    paper: Disability, application: Application, law: Law, imserso: Authority, *, own: bool
) -> Iterator[Finding]:
    """Yield the finding for one certificate; that of a beneficiary is AS-BEN-05's."""
    whose = match(application, paper.person)
    beneficiaries = any(form.beneficiaries for form in application.asistencia)
    if whose == "different" and beneficiaries:
        return
    if own:
        yield DISABILITY.finds(Outcome.NOTICE, law, paper.degree, reason=_OWN_TITLE)
    else:
        yield sends(DISABILITY, Outcome.REVIEW, law, imserso, paper.degree)


def _titled(application: Application, law: Law) -> bool:
    """Whether the INSS applicant surely has a right as a resident, which comes before that of the scheme."""
    return application.procedure == "asistencia_sanitaria" and title(application, law).own
