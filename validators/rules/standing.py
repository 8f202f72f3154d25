"""CE-SUJ-02 to 04: nationals, residents, and those whom another regime protects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.authorities import health_service
from validators.facts import Application, Fact
from validators.finding import Finding, Outcome, Text
from validators.identity import person_of
from validators.law.regimes import RD_180_2026, RDL_7_2018, SSI_1475_2014
from validators.nationality import nationality
from validators.numbers import shape
from validators.rules import Law, Rule, judge
from validators.rules._age import of_age
from validators.rules._asked import alta
from validators.rules._catalogue import sends
from validators.rules._certainty import fact_of
from validators.rules._legal_residence import may_reside, residence_documents
from validators.rules.entitlement import ENTITLED
from validators.stays import match

NATIONAL = Rule(
    id="CE-SUJ-02",
    basis="Ley 16/2003, art. 3.2.a",
    es="Nacional residente: derecho con cargo a fondos públicos; revise la vía.",
    gl="Nacional residente: dereito con cargo a fondos públicos; revise a vía.",
    en="Spanish national resident in Spain: publicly funded right; check the route.",
    since=RDL_7_2018,
)
UNDOCUMENTED = Rule(
    id="CE-SUJ-03",
    basis="Ley 16/2003, art. 3 ter; Real Decreto 180/2026, arts. 2 y 3",
    es="No consta residencia legal: existe la vía gratuita del art. 3 ter; revise el caso antes de cobrar "
    "cuota.",
    gl="Non consta residencia legal: existe a vía gratuíta do art. 3 ter; revise o caso antes de cobrar "
    "cota.",
    en="Legal residence is not shown: the free route of art. 3 ter exists; check before charging a fee.",
    since=RD_180_2026,
)
PROTECTED = Rule(
    id="CE-SUJ-04",
    basis="Real Decreto 180/2026, art. 4",
    es="Colectivo con régimen propio (menores, embarazo, protección internacional, víctimas). Organismo: "
    "{authority_es}.",
    gl="Colectivo con réxime propio (menores, embarazo, protección internacional, vítimas). Organismo: "
    "{authority_gl}.",
    en="Group with its own regime (minors, pregnancy, international protection, victims). Body: "
    "{authority_en}.",
    since=RD_180_2026,
)
RULES = (
    *UNDOCUMENTED.formerly((RDL_7_2018, "Ley 16/2003, art. 3 ter, según el RDL 7/2018")),
    *PROTECTED.formerly((SSI_1475_2014, "RD 1192/2012, DA 8ª; Real Decreto 576/2013, DF 4ª")),
)
_PROTECTED = frozenset(
    {"pregnancy", "international_protection", "temporary_protection", "statelessness", "trafficking"}
)
_VICTIMS = frozenset({"gender_violence", "sexual_violence"})
"""Groups with a regime of their own since RD 180/2026, art. 4."""
_DAY = dt.timedelta(days=1)
_FREE_ROUTE = {"review": Outcome.REVIEW, "admitted": Outcome.NOTICE, "refer": Outcome.REFER}
_LEGAL = Text(
    "Persona extranjera con residencia legal y sin otra cobertura declarada: vea el art. 3.2.c de la Ley "
    "16/2003.",
    "Persoa estranxeira con residencia legal e sen outra cobertura declarada: vexa o art. 3.2.c da Lei "
    "16/2003.",
    "Foreign national with legal residence and no other cover declared: see art. 3.2.c of Ley 16/2003.",
)
_LEGAL_BEFORE = Text(
    "Persona extranjera con residencia legal: puede tener la condición de persona asegurada (RD 1192/2012, "
    "art. 2.1.b).",
    "Persoa estranxeira con residencia legal: pode ter a condición de persoa asegurada (RD 1192/2012, art. "
    "2.1.b).",
    "Foreign national with legal residence: may be an insured person (RD 1192/2012, art. 2.1.b).",
)
_NATIONAL_BEFORE = Text(
    "Nacional residente: puede tener la condición de persona asegurada (RD 1192/2012, art. 2.1.b).",
    "Nacional residente: pode ter a condición de persoa asegurada (RD 1192/2012, art. 2.1.b).",
    "Spanish national resident in Spain: may be an insured person (RD 1192/2012, art. 2.1.b).",
)
_DOCUMENTED = Text(
    "Consta un documento de residencia en vigor.",
    "Consta un documento de residencia en vigor.",
    "A residence document in force is in the papers.",
)
_ADULT = Text(
    "Mayor de edad el día de la solicitud.",
    "Maior de idade o día da solicitude.",
    "Of age on the filing day.",
)
_MINOR = Text(
    "Menor de edad: tiene asistencia plena por su propia vía, sin convenio ni cuota. "
    "Organismo: {authority_es}.",
    "Menor de idade: ten asistencia plena pola súa propia vía, sen convenio nin cota. "
    "Organismo: {authority_gl}.",
    "A minor, with full care by a route of their own, without agreement or fee. Body: {authority_en}.",
)
_BIRTH = Text(
    "La fecha de nacimiento falta, es dudosa o difiere entre papeles: no se sabe si es menor.",
    "A data de nacemento falta, é dubidosa ou difire entre papeis: non se sabe se é menor.",
    "The date of birth is missing, doubtful or differs between papers: the age is not known.",
)


@judge("convenio_especial", until=RDL_7_2018 - _DAY)
def status_of_insured(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the person may be insured by RD 1192/2012: a national, or a legal resident.

    Who had no legal residence was not insured, and had no free route that the convenio would double.
    """
    if not alta(application, law):
        return
    national, shown = _national(application), residence_documents(application, law)
    if national:
        yield ENTITLED.finds(Outcome.REVIEW, law, *national, reason=_NATIONAL_BEFORE)
    elif shown or may_reside(application, law):
        yield ENTITLED.finds(Outcome.REVIEW, law, *shown, reason=_LEGAL_BEFORE)


@judge("convenio_especial", since=RDL_7_2018)
def status(application: Application, law: Law) -> Iterator[Finding]:
    """Yield whether the person is a national, a legal resident, or neither as far as the papers show.

    Without any paper of the person nothing is shown either way: CE-DOC-01 asks for it first.
    """
    if not alta(application, law):
        return
    national = _national(application)
    if national:
        yield NATIONAL.finds(Outcome.REVIEW, law, *national)
        return
    shown = residence_documents(application, law)
    if not shown and not application.identities and not application.permits:
        return
    if not shown:
        yield UNDOCUMENTED.finds(_FREE_ROUTE[law.policy.without_residence], law)
        return
    yield UNDOCUMENTED.finds(Outcome.MET, law, *shown, reason=_DOCUMENTED)
    yield ENTITLED.finds(Outcome.NOTICE, law, *shown, reason=_LEGAL)


def _national(application: Application) -> list[Fact[str]]:
    """Return the facts that say, or may say, that the applicant is Spanish."""
    found = [f for f in nationality(application).facts if "ESP" in (f.value, *f.others)]
    cards = (c for c in application.identities if match(application, person_of(c)) != "different")
    found += [c.kind for c in cards if c.kind and "dni" in (c.kind.value, *c.kind.others)]
    number = application.applicant.id_number
    if number and number.value and shape(number.value) == "dni":
        found.append(number)
    return found


@judge("convenio_especial", until=RD_180_2026 - _DAY)
def protected_before(application: Application, law: Law) -> Iterator[Finding]:
    """CE-SUJ-04 as RD 1192/2012 had it: minors, pregnancy, international protection, trafficking."""
    yield from _with_own_regime(application, law, _PROTECTED)


@judge("convenio_especial", since=RD_180_2026)
def protected_group(application: Application, law: Law) -> Iterator[Finding]:
    """CE-SUJ-04 since RD 180/2026: the victims of its article 4 too."""
    yield from _with_own_regime(application, law, _PROTECTED | _VICTIMS)


def _with_own_regime(application: Application, law: Law, groups: frozenset[str]) -> Iterator[Finding]:
    """Yield whether the person is of age, and each mention of one of *groups*."""
    if not alta(application, law):
        return
    adult, births = of_age(application, law)
    service = health_service(application)
    if adult == "yes":
        yield PROTECTED.finds(Outcome.MET, law, *births, reason=_ADULT)
    elif adult == "no":
        yield sends(PROTECTED, Outcome.REFER, law, service, *births, reason=_MINOR)
    else:
        yield PROTECTED.finds(Outcome.REVIEW, law, *births, reason=_BIRTH)
    for mention in application.mentions:
        if mention.subject in groups:
            yield sends(PROTECTED, Outcome.REFER, law, service, fact_of(mention))
