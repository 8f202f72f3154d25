"""CAT-01 to CAT-04: who works, has a pension or a benefit, or has used one up, is entitled ex officio.

Source: RD 1192/2012 art. 2.1.a until 30-7-2018; since then Ley 16/2003 art. 3.2.b and RDL 7/2018 DF 3ª.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.authorities import Authority, authorities
from validators.facts import Application
from validators.finding import Finding, Outcome
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._catalogue import BOTH, asked, hinted, said, sends
from validators.rules._certainty import fact_of

_NOW = "Ley 16/2003, art. 3.2.b; RDL 7/2018, DT 2ª y DF 3ª (RD 1192/2012, art. 2.1.a.{})"

WORKER = Rule(
    id="CAT-01",
    basis=_NOW.format(1),
    es="Persona trabajadora en alta o asimilada: el derecho se reconoce de oficio, sin solicitud ni cuota. "
    "Organismo: {authority_es}.",
    gl="Persoa traballadora en alta ou asimilada: o dereito recoñécese de oficio, sen solicitude nin cota. "
    "Organismo: {authority_gl}.",
    en="Worker registered with social security, or treated as such: the right is recognised ex officio, "
    "without application or "
    "fee. Body: {authority_en}.",
    since=RDL_7_2018,
)
PENSIONER = Rule(
    id="CAT-02",
    basis=_NOW.format(2),
    es="Pensionista de la Seguridad Social: el derecho se reconoce de oficio, sin solicitud ni cuota. "
    "Organismo: {authority_es}.",
    gl="Pensionista da Seguridade Social: o dereito recoñécese de oficio, sen solicitude nin cota. "
    "Organismo: {authority_gl}.",
    en="Social security pensioner: the right is recognised ex officio, without application or fee. "
    "Body: {authority_en}.",
    since=RDL_7_2018,
)
RECEIVER = Rule(
    id="CAT-03",
    basis=_NOW.format(3),
    es="Perceptora de una prestación periódica, como la de desempleo: el derecho se reconoce de oficio. "
    "Organismo: {authority_es}.",
    gl="Perceptora dunha prestación periódica, como a de desemprego: o dereito recoñécese de oficio. "
    "Organismo: {authority_gl}.",
    en="Recipient of a periodic benefit, such as unemployment benefit: the right is recognised ex officio. "
    "Body: {authority_en}.",
    since=RDL_7_2018,
)
EXHAUSTED = Rule(
    id="CAT-04",
    basis=_NOW.format(4),
    es="Agotó la prestación o el subsidio y sigue en desempleo: conserva el derecho si reside en España. "
    "Organismo: {authority_es}.",
    gl="Esgotou a prestación ou o subsidio e segue en desemprego: conserva o dereito se reside en España. "
    "Organismo: {authority_gl}.",
    en="Has used up the benefit and is still unemployed: keeps the right while residing in Spain. "
    "Body: {authority_en}.",
    since=RDL_7_2018,
)
RULES = tuple(
    edition
    for place, rule in enumerate((WORKER, PENSIONER, RECEIVER, EXHAUSTED), 1)
    for edition in rule.formerly((RD_1192_2012, f"RD 1192/2012, art. 2.1.a.{place}"))
)
_SUBJECTS: Mapping[str, Rule] = MappingProxyType(
    {
        "social_security_worker": WORKER,
        "pensioner": PENSIONER,
        "unemployment_benefit": RECEIVER,
        "periodic_benefit": RECEIVER,
        "exhausted_benefit": EXHAUSTED,
    }
)


@judge(*BOTH)
def ex_officio(application: Application, law: Law) -> Iterator[Finding]:
    """Yield the category for each title of the social security that the papers state.

    It is referred where a paper states it of the applicant; a foreign letter, or a pension that another
    country pays, is for a person to weigh.
    """
    if not asked(application, law):
        return
    body = _body(application)
    foreign = bool(said(application, "foreign_pension"))
    used_up = {mention.evidence.document for mention in said(application, "exhausted_benefit")}
    for mention in said(application, *_SUBJECTS):
        if mention.subject == "unemployment_benefit" and mention.evidence.document in used_up:
            continue
        doubt = foreign and mention.subject == "pensioner"
        outcome = Outcome.REVIEW if doubt else Outcome.REFER
        yield sends(_SUBJECTS[mention.subject], outcome, law, body, fact_of(mention))
    for mention in hinted(application, *_SUBJECTS):
        yield sends(_SUBJECTS[mention.subject], Outcome.REVIEW, law, body, fact_of(mention))


def _body(application: Application) -> Authority:
    """Return the ISM for people of the sea, else the INSS."""
    at_sea = any(m.whose == "applicant" for m in said(application, "maritime"))
    return authorities()["ism" if at_sea else "inss"]
