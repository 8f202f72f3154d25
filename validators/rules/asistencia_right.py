"""Who has the right at the INSS: no other cover declared, other titles, insured permits, the old cap.

Source: RD 1192/2012 arts. 2, 5 and 6 (kept by RDL 7/2018, DT 2ª); Ley 16/2003 art. 3.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application, Declaration, Fact
from validators.finding import Finding, Outcome, Text
from validators.identity import person_of, same_person
from validators.law.regimes import RD_1192_2012, RDL_7_2018, STC_139_2016
from validators.rules import Law, Rule, judge
from validators.rules._certainty import cure_if, fact_of, sure, ticked
from validators.rules._stale import current
from validators.rules.asistencia_identity import of_the_union

DECLARED = Rule(
    id="AS-DEC-01",
    basis="RD 1192/2012, art. 6.2.e (RDL 7/2018, DT 2ª); Ley 16/2003, art. 3.2.c",
    es="Falta la declaración firmada de no tener cobertura obligatoria por otra vía.",
    gl="Falta a declaración asinada de non ter cobertura obrigatoria por outra vía.",
    en="The signed declaration of no other compulsory cover is missing.",
    since=RDL_7_2018,
)
_HAS_DECLARED = Text(
    "Consta la declaración firmada de no tener otra cobertura.",
    "Consta a declaración asinada de non ter outra cobertura.",
    "The signed declaration of no other cover is there.",
)
_DATE = Text(
    "La fecha de la declaración es de hace más de un año o posterior a la recepción.",
    "A data da declaración é de hai máis dun ano ou posterior á recepción.",
    "The declaration's date is over a year old or later than the reception.",
)
EX_OFFICIO = Rule(
    id="AS-COB-01",
    basis="RD 1192/2012, art. 5.1 (RDL 7/2018, DT 2ª); Ley 16/2003, art. 3.2",
    es="El derecho se reconoce de oficio.",
    gl="O dereito recoñécese de oficio.",
    en="The right is recognised ex officio.",
    since=RDL_7_2018,
)
_HAS_CARD = Text(
    "Los papeles hablan de una tarjeta sanitaria: puede que el derecho ya esté reconocido.",
    "Os papeis falan dunha tarxeta sanitaria: pode que o dereito xa estea recoñecido.",
    "The papers mention a health card: the right may already be recognised.",
)
INSURED_PERMIT = Rule(
    id="AS-COB-02",
    basis="Ley 16/2003, art. 3.2.c; STS (Pleno, Social) 364/2019 y 365/2019, de 13-5-2019",
    es="Si la residencia se concedió con seguro exigible, hay cobertura obligatoria por otra vía.",
    gl="Se a residencia se concedeu con seguro esixible, hai cobertura obrigatoria por outra vía.",
    en="If residence was granted on condition of insurance, there is compulsory cover by another route.",
    since=RDL_7_2018,
)
MARITIME = Rule(
    id="AS-ISM-01",
    basis="RD 1192/2012, art. 4.1 (RDL 7/2018, DT 2ª)",
    es="Corresponde al ISM.",
    gl="Corresponde ao ISM.",
    en="This belongs to the ISM.",
    since=RDL_7_2018,
)
INCOME = Rule(
    id="AS-ING-01",
    basis="RD 1192/2012, arts. 2.1.b, 2.3 y 6.2.d; STC 139/2016",
    es="En solicitudes anteriores al 15-8-2016 se exigía la declaración de ingresos.",
    gl="En solicitudes anteriores ao 15-8-2016 esixíase a declaración de ingresos.",
    en="Applications before 15-8-2016 required the declaration of income.",
    until=STC_139_2016 - dt.timedelta(days=1),
)
RULES = (
    *DECLARED.formerly((RD_1192_2012, "RD 1192/2012, arts. 2.1.b y 6.2.e")),
    *EX_OFFICIO.formerly((RD_1192_2012, "RD 1192/2012, arts. 2.1.a y 5.1")),
    *INSURED_PERMIT.formerly(
        (RD_1192_2012, "RD 1192/2012, art. 2.1.b; STS (Pleno, Social) 364/2019 y 365/2019, de 13-5-2019")
    ),
    *MARITIME.formerly((RD_1192_2012, "RD 1192/2012, art. 4.1")),
)
_OFFICIO = frozenset(
    {"social_security_worker", "pensioner", "unemployment_benefit", "periodic_benefit", "exhausted_benefit"}
)
_FAMILY = {"review": Outcome.REVIEW, "no_insurance": Outcome.NOTICE, "insurance": Outcome.NOT_MET}
_INSURED_WORDS = (
    *("reagrup", "familiar", "no lucrativa", "non lucrativa", "estudi", "estanc"),
    *("14/2013", "inversor", "emprended", "teletraba", "nómada", "nomada"),
    *("altamente cualificad", "intraempresarial", "investigador"),
)
"""Permits granted against insurance; those of Ley 14/2013 by its art. 62.3 (known, not seen in a source)."""


@judge("asistencia_sanitaria")
def no_other_cover(application: Application, law: Law) -> Iterator[Finding]:
    """AS-DEC-01: declared and signed; whose declaration it is, CE-ID-12 compares."""
    if not application.declarations:
        yield DECLARED.finds(Outcome.CURE, law)
    for paper in application.declarations:
        yield _declaration(paper, application, law)


def _declaration(paper: Declaration, application: Application, law: Law) -> Finding:
    """Return the finding for one declaration: what it says and its signature, and of late."""
    said, signed = paper.declares, paper.signature.present
    for place in (said, signed):
        if ticked(law, place) != "yes":
            return DECLARED.finds(cure_if(law, place), law, place)
    if not current(paper.signature.on, application.filing.received_on, law):
        return DECLARED.finds(Outcome.REVIEW, law, paper.signature.on, reason=_DATE)
    return DECLARED.finds(Outcome.MET, law, said, signed, reason=_HAS_DECLARED)


@judge("asistencia_sanitaria")
def other_titles(application: Application, law: Law) -> Iterator[Finding]:
    """AS-COB-01, AS-ISM-01, AS-COB-02: what the papers say of work, pension, the sea, an insured permit.

    A foreign letter, a pension of another country, and a health card of no stated origin are doubts.
    """
    letters = {paper.document for paper in application.non_exports}
    abroad = any(mention.subject == "foreign_pension" for mention in application.mentions)
    for mention in application.mentions:
        if mention.subject in _OFFICIO:
            foreign = mention.evidence.document in letters or (abroad and mention.subject == "pensioner")
            yield EX_OFFICIO.finds(Outcome.REVIEW if foreign else Outcome.REFER, law, fact_of(mention))
        elif mention.subject == "health_card":
            yield EX_OFFICIO.finds(Outcome.REVIEW, law, fact_of(mention), reason=_HAS_CARD)
        elif mention.subject == "maritime":
            yield MARITIME.finds(Outcome.REFER, law, fact_of(mention))
        elif mention.subject == "family_member_of_eu_citizen":
            yield INSURED_PERMIT.finds(_FAMILY[law.policy.eu_family_card], law, fact_of(mention))
        elif mention.subject == "insurance_required_permit":
            yield INSURED_PERMIT.finds(Outcome.REVIEW, law, fact_of(mention))


@judge("asistencia_sanitaria")
def permits(application: Application, law: Law) -> Iterator[Finding]:
    """AS-COB-02: a card that needs insurance, or whose permit is not read, is not granted unseen.

    An EU certificate does not print its ground: the reviewer is told.
    """
    for card in application.identities:
        if same_person(application.applicant, person_of(card)) == "different":
            continue
        if card.kind is not None and card.kind.value == "eu_certificate":
            yield INSURED_PERMIT.finds(Outcome.NOTICE, law, card.kind)
        if card.kind is not None and card.kind.value == "tie" and not _free_of_insurance(card.permit, law):
            family = sure(law, card.permit) and of_the_union(card.permit)
            outcome = _FAMILY[law.policy.eu_family_card] if family else Outcome.REVIEW
            yield INSURED_PERMIT.finds(outcome, law, card.kind, card.permit)
    for paper in application.permits:
        if not _free_of_insurance(paper.permit, law):
            yield INSURED_PERMIT.finds(Outcome.REVIEW, law, paper.permit)


def _free_of_insurance(permit: Fact[str] | None, law: Law) -> bool:
    """Whether a permit was surely read and is none of those that are granted against insurance."""
    if permit is None or permit.value is None or not sure(law, permit):
        return False
    text = permit.value.casefold()
    return not any(word in text for word in _INSURED_WORDS)


@judge("asistencia_sanitaria", until=INCOME.until)
def income(application: Application, law: Law) -> Iterator[Finding]:
    """AS-ING-01: only for filings of the years in which the cap of income applied."""
    missing = "income_declaration" not in application.papers
    yield INCOME.finds(Outcome.CURE if missing else Outcome.REVIEW, law)
