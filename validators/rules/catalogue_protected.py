"""CAT-19 to CAT-22: groups whose right does not depend on legal residence, nor on a convenio.

Source: RD 1192/2012 DA 4ª, 5ª and 8ª (Real Decreto 576/2013 DF 4ª from 1-9-2013); since 13-3-2026
Real Decreto 180/2026 art. 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from validators.authorities import health_service
from validators.facts import Application, Mention
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import RD_180_2026, RD_576_2013, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules._catalogue import BOTH, Title, asked, said, sends, title
from validators.rules._certainty import fact_of

_DAY = dt.timedelta(days=1)
PREGNANCY = Rule(
    id="CAT-19",
    basis="Real Decreto 180/2026, art. 4.b; Ley 16/2003, art. 3 ter",
    es="Embarazo, parto y posparto: sin residencia legal hay asistencia plena, sin convenio ni cuota. "
    "Organismo: {authority_es}.",
    gl="Embarazo, parto e posparto: sen residencia legal hai asistencia plena, sen convenio nin cota. "
    "Organismo: {authority_gl}.",
    en="Pregnancy, birth and postpartum: without legal residence there is full care, without agreement or "
    "fee. Body: {authority_en}.",
    since=RD_180_2026,
)
ASYLUM = Rule(
    id="CAT-20",
    basis="Real Decreto 180/2026, art. 4.c y 4.d",
    es="Solicitante de protección internacional o temporal, o de apatridia: asistencia desde la solicitud de "
    "esa protección. Organismo: {authority_es}.",
    gl="Solicitante de protección internacional ou temporal, ou de apatridia: asistencia desde a solicitude "
    "desa protección. Organismo: {authority_gl}.",
    en="Applicant for international or temporary protection, or for statelessness: care from that "
    "application on. Body: {authority_en}.",
    since=RD_180_2026,
)
TRAFFICKING = Rule(
    id="CAT-21",
    basis="Real Decreto 180/2026, art. 4.f",
    es="Víctima de trata en período de restablecimiento y reflexión: asistencia propia mientras dure. "
    "Organismo: {authority_es}.",
    gl="Vítima de trata en período de restablecemento e reflexión: asistencia propia mentres dure. "
    "Organismo: {authority_gl}.",
    en="Victim of trafficking in the recovery and reflection period: care of its own while it lasts. "
    "Body: {authority_en}.",
    since=RD_180_2026,
)
VICTIMS = Rule(
    id="CAT-22",
    basis="Real Decreto 180/2026, art. 4.e, g, h, i",
    es="Violencia de género o sexual, enfermedad de declaración obligatoria o interrupción del embarazo: "
    "asistencia por su norma propia. Organismo: {authority_es}.",
    gl="Violencia de xénero ou sexual, enfermidade de declaración obrigatoria ou interrupción do embarazo: "
    "asistencia pola súa norma propia. Organismo: {authority_gl}.",
    en="Gender or sexual violence, notifiable disease or termination of pregnancy: care by the rules of "
    "each. Body: {authority_en}.",
    since=RD_180_2026,
)
VICTIMS_BEFORE = Rule(
    id="CAT-22",
    basis="LO 4/2000, art. 31 bis; LO 1/2004, art. 19 bis",
    es="Violencia de género o sexual, enfermedad o interrupción del embarazo: aún sin régimen propio en "
    "estas normas. Debe decidir una persona.",
    gl="Violencia de xénero ou sexual, enfermidade ou interrupción do embarazo: aínda sen réxime propio "
    "nestas normas. Debe decidir unha persoa.",
    en="Gender or sexual violence, disease or termination of pregnancy: no regime of its own in these acts "
    "yet. A person must decide.",
    since=RD_1192_2012,
    until=RD_180_2026 - _DAY,
)
RULES = (
    *PREGNANCY.formerly((RD_1192_2012, "Ley 16/2003, art. 3 ter"), (RD_576_2013, "RD 1192/2012, DA 8ª.2")),
    *ASYLUM.formerly(
        (RD_1192_2012, "RD 1192/2012, DA 4ª"),
        (RD_576_2013, "RD 1192/2012, DA 4ª (RD 576/2013, DF 4ª)"),
    ),
    *TRAFFICKING.formerly(
        (RD_1192_2012, "RD 1192/2012, DA 5ª"),
        (RD_576_2013, "RD 1192/2012, DA 5ª (RD 576/2013, DF 4ª)"),
    ),
)
_OWN_TITLE = Text(
    "Lo dicho en los papeles no cambia el derecho propio como residente; hay asistencia específica.",
    "O dito nos papeis non cambia o dereito propio como residente; hai asistencia específica.",
    "What the papers say does not change the person's own right as a resident; there is specific care.",
)
_ASYLUM = ("international_protection", "temporary_protection", "statelessness")
_VIOLENCE = ("gender_violence", "sexual_violence")
_EPISODES = ("notifiable_disease", "abortion")


@judge(*BOTH)
def pregnancy(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-19: a right of who has no legal residence; who resides legally has it as a resident."""
    yield from _group(PREGNANCY, application, law, "pregnancy")


@judge(*BOTH)
def asylum(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-20: a right from the day of the application for protection; a Spaniard cannot be one."""
    own = title(application, law)
    for mention in _asked_of(application, law, _ASYLUM):
        if own.kind == "national":
            yield sends(ASYLUM, Outcome.REVIEW, law, health_service(application), fact_of(mention))
        else:
            yield _by_status(ASYLUM, mention, application, law, own)


@judge(*BOTH)
def trafficking(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-21: a right of the recovery period, whatever the papers on residence."""
    own = title(application, law)
    for mention in _asked_of(application, law, ("trafficking",)):
        yield _by_status(TRAFFICKING, mention, application, law, own)


@judge(*BOTH, since=RD_180_2026)
def victims(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-22 since RD 180/2026: violence, notifiable disease, termination of pregnancy."""
    yield from _group(VICTIMS, application, law, *_VIOLENCE, *_EPISODES)


@judge(*BOTH, until=RD_180_2026 - _DAY)
def victims_before(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-22 before: nothing in these acts, so a person decides where no title of one's own is sure."""
    own = title(application, law)
    for mention in _asked_of(application, law, (*_VIOLENCE, *_EPISODES)):
        yield _told(VICTIMS_BEFORE, mention, application, law, own, Outcome.REVIEW)


def _group(rule: Rule, application: Application, law: Law, *subjects: str) -> Iterator[Finding]:
    """Yield the findings of a right for who has no legal residence: sure only where that is stated."""
    own = title(application, law)
    without = own.kind == "unshown" and any(
        m.whose == "applicant" for m in said(application, "no_legal_residence")
    )
    for mention in _asked_of(application, law, subjects):
        refers = without and mention.subject not in _EPISODES
        yield _told(rule, mention, application, law, own, Outcome.REFER if refers else Outcome.REVIEW)


def _by_status(rule: Rule, mention: Mention, application: Application, law: Law, own: Title) -> Finding:
    """Return the finding of a right that follows the person's status, with no residence to be shown."""
    outcome = Outcome.REFER if own.kind == "unshown" else Outcome.REVIEW
    return _told(rule, mention, application, law, own, outcome)


def _told(
    rule: Rule, mention: Mention, application: Application, law: Law, own: Title, outcome: Outcome
) -> Finding:
    """Return the finding; in an INSS case somebody with a sure title of their own only learns of the care."""
    if own.own and application.procedure == "asistencia_sanitaria":
        facts = (*own.facts, fact_of(mention))
        return rule.finds(Outcome.NOTICE, law, *facts, reason=_OWN_TITLE)
    return sends(rule, outcome, law, health_service(application), fact_of(mention), *own.facts)


def _asked_of(application: Application, law: Law, subjects: Collection[str]) -> tuple[Mention, ...]:
    """Return what the papers say on *subjects*, where somebody asks for a right."""
    return said(application, *subjects) if asked(application, law) else ()
