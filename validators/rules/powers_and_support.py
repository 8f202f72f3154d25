"""AS-REP-02 and AS-REP-03: powers of attorney, and who supports or represents a person by law.

Source: Ley 39/2015 arts. 5 and 6; Código Civil arts. 250 ff. as Ley 8/2021 wrote them from 3-9-2021.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application, Decision, Fact, Mention
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match
from validators.law.regimes import ALWAYS, LEY_39_2015, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import decisions_on_wards
from validators.rules._catalogue import BOTH, said
from validators.rules._certainty import fact_of, sure

REGISTER = dt.date(2021, 4, 2)
"""From this day the electronic register of powers takes effect (Ley 39/2015, DF 7ª)."""
SUPPORT_LAW = dt.date(2021, 9, 3)
"""Ley 8/2021 puts measures of support in the place of the guardianship of adults."""
POWER = Rule(
    id="AS-REP-02",
    basis="Ley 39/2015, arts. 5.4 y 6",
    es="El poder debe constar en el Registro Electrónico de Apoderamientos.",
    gl="O poder debe constar no Rexistro Electrónico de Apoderamentos.",
    en="The power of attorney must be in the electronic register of powers.",
    since=REGISTER,
)
_REGISTERED = Text(
    "El poder figura en el Registro Electrónico de Apoderamientos: compruebe su alcance.",
    "O poder figura no Rexistro Electrónico de Apoderamentos: comprobe o seu alcance.",
    "The power of attorney is in the electronic register of powers: check what it covers.",
)
SUPPORT = Rule(
    id="AS-REP-03",
    basis="Código Civil, art. 250; INSS, relación de documentos",
    es="Falta el documento que acredita el apoyo, la guarda o la tutela.",
    gl="Falta o documento que acredita o apoio, a garda ou a tutela.",
    en="The document that proves the support, care or guardianship is missing.",
    since=SUPPORT_LAW,
)
_READ = Rule(
    id="AS-REP-02",
    basis="Ley 39/2015, art. 5.4",
    es="Se invoca un poder: lea si alcanza a esta solicitud.",
    gl="Invócase un poder: lea se alcanza a esta solicitude.",
    en="A power of attorney is invoked: read whether it covers this application.",
    since=LEY_39_2015,
    until=REGISTER - dt.timedelta(days=1),
)
RULES = (
    *_READ.formerly((RD_1192_2012, "Ley 30/1992, art. 32.3")),
    _READ,
    *SUPPORT.formerly((ALWAYS, "Código Civil, arts. 215 y ss., texto anterior a la Ley 8/2021")),
)
_HAS_DECISION = Text(
    "Consta la resolución que nombra a quien apoya o representa a la persona.",
    "Consta a resolución que nomea a quen apoia ou representa a persoa.",
    "The decision that names who supports or represents the person is there.",
)
_READ_IT = Text(
    "Hay una resolución o medida de apoyo, guarda o tutela: lea a quién nombra y para qué.",
    "Hai unha resolución ou medida de apoio, garda ou tutela: lea a quen nomea e para que.",
    "There is a decision or measure of support, care or guardianship: read whom it names and for what.",
)
_COHABITATION = Text(
    "Guarda de hecho: falta el documento que acredita la guarda y la convivencia.",
    "Garda de feito: falta o documento que acredita a garda e a convivencia.",
    "De facto guardianship: the document proving the care and the cohabitation is missing.",
)
_TOGETHER = frozenset({"cohabitation", "collective"})
_OF_FAMILY = frozenset({"divorce", "separation"})
"""Decisions on a marriage: no one is represented by them."""


@judge(*BOTH)
def power(application: Application, law: Law) -> Iterator[Finding]:
    """AS-REP-02: a power is looked at; one that is surely in the register is only told."""
    registered = {m.evidence.document for m in said(application, "power_registered")}
    for mention in said(application, "power_of_attorney"):
        if law.on >= REGISTER and mention.evidence.document in registered and sure(law, fact_of(mention)):
            yield POWER.finds(Outcome.NOTICE, law, fact_of(mention), reason=_REGISTERED)
        else:
            yield POWER.finds(Outcome.REVIEW, law, fact_of(mention))
    powers = {m.evidence.document for m in said(application, "power_of_attorney")}
    for mention in said(application, "power_registered"):
        if mention.evidence.document not in powers:
            yield POWER.finds(Outcome.REVIEW, law, fact_of(mention), reason=_REGISTERED)


@judge(*BOTH)
def support(application: Application, law: Law) -> Iterator[Finding]:
    """AS-REP-03: the decision on who supports or represents; where it is only told, it is asked for.

    Decisions on desamparo are AS-TUT-01's, those on a marriage or on a ward who is a beneficiary theirs.
    """
    of_wards = decisions_on_wards(application)
    decisions = [d for d in application.decisions if _on_care(d, law) and d.document not in of_wards]
    for decision in decisions:
        yield _decided(decision, application, law)
    for mention in said(application, "guardianship", "support_measures"):
        if mention.evidence.document in of_wards:
            continue
        if not decisions and not application.decisions:
            yield _only_told(mention, law)
        elif not decisions:
            yield SUPPORT.finds(Outcome.REVIEW, law, fact_of(mention), reason=_READ_IT)
    for mention in said(application, "de_facto_guardian"):
        yield _in_fact(mention, application, law)
    if application.papers.get("court_decision") and not application.decisions:
        yield SUPPORT.finds(Outcome.REVIEW, law, reason=_READ_IT)


def _on_care(decision: Decision, law: Law) -> bool:
    """Whether a decision concerns care or guardianship, or is not surely about something else."""
    subject = decision.subject
    if subject is None or subject.value is None or not sure(law, subject):
        return subject is None or "desamparo" not in (subject.value, *subject.others)
    return subject.value not in _OF_FAMILY | {"desamparo"}


def _decided(decision: Decision, application: Application, law: Law) -> Finding:
    """Return the finding for a decision: enough where it surely names the applicant, else it is read.

    A convenio is a contract: who asks for it alone, though under guardianship, is looked at.
    """
    name = full_name(application.applicant)
    named = any(names_match(name, person.name) == "same" for person in decision.people)
    guardian = decision.subject is not None and decision.subject.value == "guardianship"
    alone = application.procedure == "convenio_especial" and not any(
        full_name(form.representative) for form in application.convenio
    )
    if named and guardian and not alone and sure(law, decision.subject):
        return SUPPORT.finds(Outcome.MET, law, decision.subject, reason=_HAS_DECISION)
    return SUPPORT.finds(Outcome.REVIEW, law, decision.subject, reason=_READ_IT)


def _only_told(mention: Mention, law: Law) -> Finding:
    """Return the finding for support told without the decision: asked for if told of the applicant.

    A paper that itself speaks officially may be that very decision: a person reads it.
    """
    fact: Fact[bool] = fact_of(mention)
    certain = mention.whose == "applicant" and sure(law, fact)
    return SUPPORT.finds(Outcome.CURE if certain else Outcome.REVIEW, law, fact)


def _in_fact(mention: Mention, application: Application, law: Law) -> Finding:
    """Return the finding for a de facto guardian: cohabitation is shown by a certificate of the dwelling."""
    together = any(r.form is not None and r.form.value in _TOGETHER for r in application.registrations)
    if not together and mention.whose == "applicant" and sure(law, fact_of(mention)):
        return SUPPORT.finds(Outcome.CURE, law, fact_of(mention), reason=_COHABITATION)
    return SUPPORT.finds(Outcome.REVIEW, law, fact_of(mention), reason=_READ_IT)
