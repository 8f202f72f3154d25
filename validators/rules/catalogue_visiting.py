"""CAT-11 and CAT-12: Spaniards by origin on a temporary stay, and families of those who came back.

Source: RD 8/2008 art. 26; since 13-3-2026 by RD 180/2026 DF 1ª for every Spaniard by origin, three months
with one renewal and at most six months a year; before, for workers and pensioners only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from validators.authorities import authorities
from validators.facts import Application, Fact
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import RD_180_2026, RD_1192_2012
from validators.rules import Law, Rule, judge
from validators.rules._catalogue import BOTH, asked, said, sends, title
from validators.rules._certainty import fact_of
from validators.stays import match

_DAY = dt.timedelta(days=1)
VISITING = Rule(
    id="CAT-11",
    basis="RD 8/2008, art. 26.1, 26.5 y 26.7, según el Real Decreto 180/2026",
    es="Persona española de origen que reside en el exterior y viene por un tiempo: derecho por la estancia, "
    "{months} meses como máximo (renovaciones: {renewals}) y {yearly} en un año. Compruebe el origen y "
    "las fechas. Organismo: {authority_es}.",
    gl="Persoa española de orixe que reside no exterior e vén por un tempo: dereito pola estadía, {months} "
    "meses como máximo (renovacións: {renewals}) e {yearly} nun ano. Comprobe a orixe e as datas. "
    "Organismo: {authority_gl}.",
    en="Spaniard by origin who lives abroad and comes for a while: a right for the stay, {months} months at "
    "most (renewals: {renewals}) and {yearly} in a year. Check the origin and the dates. Body: "
    "{authority_en}.",
    since=RD_180_2026,
)
VISITING_BEFORE = Rule(
    id="CAT-11",
    basis="RD 8/2008, art. 26, texto anterior al Real Decreto 180/2026",
    es="Persona española de origen que reside en el exterior y viene por un tiempo: el texto de entonces "
    "solo cubre a trabajadores y pensionistas, y a su familia. Organismo: {authority_es}.",
    gl="Persoa española de orixe que reside no exterior e vén por un tempo: o texto daquela só cobre "
    "traballadores e pensionistas, e a súa familia. Organismo: {authority_gl}.",
    en="Spaniard by origin living abroad who comes for a while: the text then in force covers only workers "
    "and pensioners, and their family. Body: {authority_en}.",
    since=RD_1192_2012,
    until=RD_180_2026 - _DAY,
)
FAMILY = Rule(
    id="CAT-12",
    basis="RD 8/2008, art. 26.2 y 26.6, según el Real Decreto 180/2026",
    es="Familiar de persona española de origen retornada: derecho si se establecen juntos. Compruebe el "
    "parentesco y el domicilio. Organismo: {authority_es}.",
    gl="Familiar de persoa española de orixe retornada: dereito se se establecen xuntos. Comprobe o "
    "parentesco e o domicilio. Organismo: {authority_gl}.",
    en="Family member of a returned Spaniard by origin: a right if they settle together. Check the kinship "
    "and the address. Body: {authority_en}.",
    since=RD_180_2026,
)
RULES = FAMILY.formerly((RD_1192_2012, "RD 8/2008, art. 26, texto anterior al Real Decreto 180/2026"))
_MISSING = Text(
    "Persona española de origen en estancia temporal: falta {missing_es}.",
    "Persoa española de orixe en estadía temporal: falta {missing_gl}.",
    "Spaniard by origin on a temporary stay: missing: {missing_en}.",
)
_FAMILY_MISSING = Text(
    "Familiar de persona española retornada: falta {missing_es}.",
    "Familiar de persoa española retornada: falta {missing_gl}.",
    "Family member of a returned Spaniard: missing: {missing_en}.",
)
_PERE = Text(
    "el certificado del Padrón de Españoles Residentes en el Extranjero",
    "o certificado do Padrón de Españois Residentes no Estranxeiro",
    "the certificate of the register of Spaniards abroad",
)
_BIRTH = Text(
    "el certificado de nacimiento con la nacionalidad de origen",
    "o certificado de nacemento coa nacionalidade de orixe",
    "the birth certificate showing the nationality of origin",
)
_DECLARATION = Text(
    "la declaración de no poder exportar el derecho",
    "a declaración de non poder exportar o dereito",
    "the declaration that the right cannot be exported",
)
_KINSHIP = Text("la prueba del parentesco", "a proba do parentesco", "the proof of kinship")
_STEPS = Text(
    "la prueba de haber iniciado los trámites de residencia",
    "a proba de ter iniciado os trámites de residencia",
    "the proof of having started the residence procedure",
)
_HOME = Text("la prueba del domicilio común", "a proba do domicilio común", "the proof of the shared address")
_CONSULAR = Text(
    "el certificado consular de alta y baja de la persona retornada",
    "o certificado consular de alta e baixa da persoa retornada",
    "the consular certificate of the returned person",
)


@judge(*BOTH)
def visiting(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-11: lives abroad and comes for a while, by a paper's words; the INSS recognises it for the stay.

    Nationality of origin and the days of the stay stand in no field, so a complete file goes to a person.
    """
    own, inss = title(application, law), authorities()["inss"]
    mentions = said(application, "lives_abroad") if asked(application, law) else ()
    limits: dict[str, Any] = {
        "months": whole("rd-8-2008", "stay_months", on=law.on),
        "renewals": whole("rd-8-2008", "renewals", on=law.on),
        "yearly": whole("rd-8-2008", "months_a_year", on=law.on),
    }
    for mention in mentions:
        fact = fact_of(mention)
        certain = own.kind == "national" and mention.whose == "applicant"
        lacking = _lacking(application) if certain else []
        if application.procedure == "convenio_especial":
            outcome = Outcome.REFER if certain else Outcome.REVIEW
            yield sends(VISITING, outcome, law, inss, fact, *own.facts, **limits)
        elif lacking:
            yield _cured(VISITING, _MISSING, lacking, law, fact)
        else:
            yield sends(VISITING, Outcome.REVIEW, law, inss, fact, **limits)


def _lacking(application: Application) -> list[Text]:
    """Return what RD 8/2008 art. 26.5 asks for and did not come."""
    births = any(paper.record and paper.record.value == "birth" for paper in application.family_records)
    unread = any(paper.record is None or paper.record.value is None for paper in application.family_records)
    found = [] if births or unread else [_BIRTH]
    if not _register_of_abroad(application):
        found.append(_PERE)
    return found if application.declarations else [*found, _DECLARATION]


def _register_of_abroad(application: Application) -> bool:
    """Whether a paper of no known kind speaks of living abroad: it may be that certificate."""
    others = set(application.papers.get("other", ()))
    return any(m.evidence.document in others for m in said(application, "lives_abroad"))


@judge(*BOTH)
def family_of_returned(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-12: a consular paper of somebody else, or words on a returned relative."""
    told = [m for m in said(application, "returned_emigrant") if m.whose == "another"]
    theirs = [p for p in application.consular_exits if match(application, p.person) == "different"]
    if not (told or theirs) or not asked(application, law):
        return
    facts: list[Fact[bool] | Fact[dt.date] | None] = [*map(fact_of, told), *(p.left_on for p in theirs)]
    lacking = _family_lacking(application, consular=bool(theirs), own=title(application, law).own)
    if lacking and theirs and application.procedure == "asistencia_sanitaria":
        yield _cured(FAMILY, _FAMILY_MISSING, lacking, law, *facts)
    else:
        yield sends(FAMILY, Outcome.REVIEW, law, authorities()["inss"], *facts)


def _family_lacking(application: Application, *, consular: bool, own: bool) -> list[Text]:
    """Return what RD 8/2008 art. 26.6 asks for and did not come; who resides legally needs no permit."""
    needed = (
        (bool(application.family_records or application.partnerships), _KINSHIP),
        (own or bool(application.permits), _STEPS),
        (bool(application.registrations), _HOME),
        (bool(application.declarations), _DECLARATION),
        (consular, _CONSULAR),
    )
    return [name for came, name in needed if not came]


def _cured(rule: Rule, reason: Text, lacking: Sequence[Text], law: Law, *facts: Fact[Any] | None) -> Finding:
    """Return the finding that asks for all that is lacking."""
    es, gl, en = ("; ".join(name[language] for name in lacking) for language in range(3))
    return rule.finds(Outcome.CURE, law, *facts, reason=reason, missing_es=es, missing_gl=gl, missing_en=en)
