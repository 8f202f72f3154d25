"""CE-SUJ-01 and CE-COB-01: another title to health care, by the papers themselves."""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import RDL_7_2018, SSI_1475_2014
from validators.rules import Law, Rule, judge
from validators.rules._asked import alta, kinds
from validators.rules._certainty import fact_of
from validators.stays import match

ENTITLED = Rule(
    id="CE-SUJ-01",
    basis="Orden SSI/1475/2014, art. 2; Real Decreto 576/2013, art. 3; Ley 16/2003, arts. 3.2 y 3.3; "
    "RDL 7/2018, DF 3ª (remisión a RD 1192/2012, arts. 2 y 3)",
    es="Los papeles hablan de otro derecho a la asistencia: si ya tiene derecho, no procede el convenio.",
    gl="Os papeis falan doutro dereito á asistencia: se xa ten dereito, non procede o convenio.",
    en="The papers mention another entitlement to health care: if it exists, no agreement is due.",
    since=RDL_7_2018,
)
COVERED = Rule(
    id="CE-COB-01",
    basis="Orden SSI/1475/2014, art. 2.c",
    es="Los papeles muestran acceso a protección sanitaria pública por otra vía.",
    gl="Os papeis mostran acceso a protección sanitaria pública por outra vía.",
    en="The papers show access to public health protection by another entitlement.",
)
_BEFORE = (
    "Orden SSI/1475/2014, art. 2; Real Decreto 576/2013, art. 3; Ley 16/2003, art. 3.5; "
    "RD 1192/2012, arts. 2 y 3"
)
RULES = ENTITLED.formerly((SSI_1475_2014, _BEFORE))

_OF_THE_INSS = {
    "social_security_worker",
    "pensioner",
    "unemployment_benefit",
    "periodic_benefit",
    "exhausted_benefit",
}

_OF_OTHERS = {"mutual_insurance", "maritime", "disability_scheme"}
"""Titles that bodies other than the INSS recognise: each mutual, the ISM, the scheme of disability."""
_FOREIGN = {"foreign_cover", "european_card"}
_INSS = Text(
    "Según los papeles tiene derecho por otra vía, que reconoce el INSS: no procede el convenio.",
    "Segundo os papeis ten dereito por outra vía, que recoñece o INSS: non procede o convenio.",
    "According to the papers there is another entitlement, which the INSS recognises: no agreement is due.",
)
_OTHER = Text(
    "Según los papeles ya tiene derecho a la asistencia por otra vía: no procede el convenio.",
    "Segundo os papeis xa ten dereito á asistencia por outra vía: non procede o convenio.",
    "According to the papers there is already another entitlement to health care: no agreement is due.",
)
_MAY_END = Text(
    "Los papeles hablan de otro derecho a la asistencia: compruebe si el convenio se ha extinguido.",
    "Os papeis falan doutro dereito á asistencia: comprobe se o convenio se extinguiu.",
    "The papers speak of another entitlement to health care: check whether the agreement has ended.",
)
_CARD = Text(
    "Los papeles mencionan una tarjeta sanitaria: compruebe si hay otra cobertura.",
    "Os papeis mencionan unha tarxeta sanitaria: comprobe se hai outra cobertura.",
    "The papers mention a health card: check for other cover.",
)
_EXPORTABLE = Text(
    "Según el certificado de su país, el derecho a la asistencia sí es exportable.",
    "Segundo o certificado do seu país, o dereito á asistencia si é exportable.",
    "According to the certificate of the country, the right to care can be exported.",
)


@judge("convenio_especial")
def other_title(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a finding for each mention of a title by work, pension, benefit or a mutual.

    A foreign letter, or a pension that another country pays: what it means here a person says.
    """
    if not alta(application, law):
        return
    letters = {paper.document for paper in application.non_exports}
    abroad = any(mention.subject == "foreign_pension" for mention in application.mentions)
    for mention in application.mentions:
        if mention.subject in _OF_THE_INSS:
            foreign = mention.evidence.document in letters or (abroad and mention.subject == "pensioner")
            outcome, reason = (Outcome.REVIEW, None) if foreign else (Outcome.REFER, _INSS)
            yield ENTITLED.finds(outcome, law, fact_of(mention), reason=reason)
        elif mention.subject in _OF_OTHERS:
            yield ENTITLED.finds(Outcome.NOT_MET, law, fact_of(mention), reason=_OTHER)


@judge("convenio_especial")
def title_beside_a_change(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a notice where a change of data comes with words on another title: the agreement may be over.

    Source: Real Decreto 576/2013 art. 7.1.b. A health card is no sign: the agreement gives one.
    """
    if kinds(application) != {"variacion"} or alta(application, law):
        return
    for mention in application.mentions:
        if mention.subject in _OF_THE_INSS | _OF_OTHERS:
            yield ENTITLED.finds(Outcome.NOTICE, law, fact_of(mention), reason=_MAY_END)
        elif mention.subject in _FOREIGN:
            yield COVERED.finds(Outcome.NOTICE, law, fact_of(mention), reason=_MAY_END)


@judge("convenio_especial")
def other_cover(application: Application, law: Law) -> Iterator[Finding]:
    """Yield a finding for an exportable right and for each mention of foreign cover or a health card.

    A certificate on the export of the right names foreign cover by its nature: there it is only a doubt.
    """
    if not alta(application, law):
        return
    for paper in application.non_exports:
        if paper.not_exportable is not None and paper.not_exportable.value is False:
            about = match(application, paper.person)
            outcome = (
                Outcome.NOT_MET if about == "same" and not paper.not_exportable.others else Outcome.REVIEW
            )
            yield COVERED.finds(outcome, law, paper.not_exportable, reason=_EXPORTABLE)
    letters = {paper.document for paper in application.non_exports}
    for mention in application.mentions:
        if mention.subject in _FOREIGN:
            doubt = mention.evidence.document in letters
            yield COVERED.finds(Outcome.REVIEW if doubt else Outcome.NOT_MET, law, fact_of(mention))
        elif mention.subject == "health_card":
            yield COVERED.finds(Outcome.REVIEW, law, fact_of(mention), reason=_CARD)
