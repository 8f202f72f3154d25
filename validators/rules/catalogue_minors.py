"""CAT-08, AS-TUT-01 and CAT-18: minors in the care of the Administration, and minors who ask for themselves.

Source: RD 1192/2012 arts. 2.2 and 6.2.f, DA 8ª.1; LO 1/1996 art. 18; since 13-3-2026 RD 180/2026 art. 4.a.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.authorities import authorities, health_service
from validators.facts import Application, Decision, Fact
from validators.finding import Finding, Outcome, Text
from validators.identity import full_name, names_match
from validators.law.regimes import RD_180_2026, RD_576_2013, RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._age import of_age
from validators.rules._catalogue import BOTH, Title, asked, said, sends, title
from validators.rules._certainty import fact_of, sure
from validators.rules._parents import parent_acts

IN_CARE = Rule(
    id="CAT-08",
    basis="RD 1192/2012, art. 2.2 y 6.2.f (RDL 7/2018, DT 2ª); Real Decreto 180/2026, art. 4.a",
    es="Menor bajo tutela de la Administración: siempre tiene cobertura. Organismo: {authority_es}.",
    gl="Menor baixo tutela da Administración: sempre ten cobertura. Organismo: {authority_gl}.",
    en="Minor under the guardianship of the Administration: always covered. Body: {authority_en}.",
    since=RD_180_2026,
)
DESAMPARO = Rule(
    id="AS-TUT-01",
    basis="RD 1192/2012, art. 2.2 y 6.2.f; LO 1/1996, art. 18",
    es="Falta la resolución de desamparo.",
    gl="Falta a resolución de desamparo.",
    en="The decision declaring the minor unprotected (desamparo) is missing.",
)
MINOR = Rule(
    id="CAT-18",
    basis="Real Decreto 180/2026, art. 4.a; LO 1/1996; Ley 16/2003, art. 3.2",
    es="La persona titular es menor de edad: tiene asistencia plena, también sin residencia legal; vea "
    "quién la representa y por qué vía. Organismo: {authority_es}.",
    gl="A persoa titular é menor de idade: ten asistencia plena, tamén sen residencia legal; vexa quen a "
    "representa e por que vía. Organismo: {authority_gl}.",
    en="The holder is a minor, with full care also without legal residence; see who represents them and by "
    "which route. Body: {authority_en}.",
    since=RD_180_2026,
)
RULES = (
    *IN_CARE.formerly(
        (RD_1192_2012, "RD 1192/2012, art. 2.2"),
        (RDL_7_2018, "RD 1192/2012, art. 2.2 y 6.2.f (RDL 7/2018, DT 2ª); LO 1/1996"),
    ),
    *MINOR.formerly(
        (RD_1192_2012, "Ley 16/2003, art. 3 ter; RD 1192/2012, art. 3.2"),
        (RD_576_2013, "RD 1192/2012, DA 8ª.1 y art. 3.2"),
        (RDL_7_2018, "Ley 16/2003, art. 3.2 y 3 ter; RD 1192/2012, DA 8ª.1"),
    ),
)
_SHOWN = Text(
    "Consta la resolución de desamparo de la persona menor.",
    "Consta a resolución de desamparo da persoa menor.",
    "The decision declaring the minor unprotected (desamparo) is in the papers.",
)
_DOUBTFUL = Text(
    "Los papeles hablan de desamparo o tutela administrativa: no consta con certeza de quién, o su edad.",
    "Os papeis falan de desamparo ou tutela administrativa: non consta con certeza de quen, ou a súa idade.",
    "The papers mention desamparo or public guardianship: whose, or the person's age, is not certain.",
)
_PARENT = Text(
    "La persona titular es menor y actúa por ella su padre o su madre: derecho propio como residente.",
    "A persoa titular é menor e actúa por ela o seu pai ou a súa nai: dereito propio como residente.",
    "The holder is a minor for whom a parent acts: a right of their own as a resident.",
)


@judge(*BOTH)
def in_care(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-08 and AS-TUT-01: the resolution shows it; in a convenio the INSS recognises the right instead."""
    mentions = said(application, "desamparo") if asked(application, law) else ()
    decisions = [d for d in application.decisions if _desamparo(d)] if asked(application, law) else []
    if not mentions and not decisions:
        return
    adult, births = of_age(application, law)
    shown = [d for d in decisions if _of_applicant(d, application) and sure(law, d.subject)]
    told: list[Fact[bool]] = [fact_of(mention) for mention in mentions]
    if adult == "no" and shown:
        yield from _covered(application, law, shown[0], births)
    elif adult == "no" and not decisions and all(m.whose == "applicant" for m in mentions):
        yield DESAMPARO.finds(Outcome.CURE, law, *told, *births)
    else:
        facts = (*(d.subject for d in decisions), *told, *births)
        yield DESAMPARO.finds(Outcome.REVIEW, law, *facts, reason=_DOUBTFUL)


def _covered(
    application: Application, law: Law, decision: Decision, births: tuple[Fact[dt.date], ...]
) -> Iterator[Finding]:
    """Yield the findings for a minor whose resolution came."""
    inss = application.procedure == "asistencia_sanitaria"
    yield DESAMPARO.finds(Outcome.MET, law, decision.subject, *births, reason=_SHOWN)
    outcome = Outcome.MET if inss else Outcome.REFER
    yield sends(IN_CARE, outcome, law, authorities()["inss"], decision.subject, *births)


def _desamparo(decision: Decision) -> bool:
    """Whether a decision may be one of desamparo."""
    return decision.subject is not None and "desamparo" in (decision.subject.value, *decision.subject.others)


def _of_applicant(decision: Decision, application: Application) -> bool:
    """Whether a decision names the applicant."""
    name = full_name(application.applicant)
    return any(names_match(name, person.name) == "same" for person in decision.people)


@judge("asistencia_sanitaria")
def minor(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-18: a minor may be a holder by residing; who acts for them a person sees, unless a parent."""
    adult, births = of_age(application, law)
    if adult == "no" and not any(
        _of_applicant(d, application) and _desamparo(d) for d in application.decisions
    ):
        own, service = title(application, law), health_service(application)
        if law.on >= RDL_7_2018 and own.own and parent_acts(application, law):
            yield MINOR.finds(Outcome.NOTICE, law, *births, *own.facts, reason=_PARENT)
        else:
            yield sends(MINOR, _without_parent(application, own), law, service, *births, *own.facts)


def _without_parent(application: Application, own: Title) -> Outcome:
    """Return `refer` for a minor who is said to be without legal residence, else `review`."""
    stated = any(m.whose == "applicant" for m in said(application, "no_legal_residence"))
    return Outcome.REFER if stated and own.kind == "unshown" else Outcome.REVIEW
