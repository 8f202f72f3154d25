"""CAT-14 and CAT-17: short stays of the Union's citizens, and foreigners without legal residence.

Until 30-7-2018 the second had urgent care only; then Ley 16/2003 art. 3 ter gave them a right without a
procedure; RD 180/2026 gives the procedure, and ends RD 1192/2012 DA 2.2 on the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from validators.authorities import Authority, health_service
from validators.dates import add_months
from validators.facts import Application, Fact
from validators.finding import Finding, Outcome, Text
from validators.law import moves_freely, whole
from validators.law.regimes import RD_180_2026, RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._catalogue import BOTH, Title, asked, said, sends, title
from validators.rules._certainty import fact_of
from validators.stays import certificates, stays
from validators.towns import is_country

_DAY = dt.timedelta(days=1)
ROUTES: Mapping[str, Outcome] = MappingProxyType(
    {"review": Outcome.REVIEW, "admitted": Outcome.NOTICE, "refer": Outcome.REFER}
)
"""What each value of setting 13 makes of a convenio asked for without legal residence."""
FREE = Rule(
    id="CAT-17",
    basis="Ley 16/2003, art. 3 ter; Real Decreto 180/2026, arts. 2 y 3",
    es="Sin residencia legal hay una vía gratuita (art. 3 ter): declaración del anexo, identidad y "
    "residencia habitual, sin plazo mínimo; documento provisional en el acto; {months} meses y silencio "
    "positivo. Organismo: {authority_es}.",
    gl="Sen residencia legal hai unha vía gratuíta (art. 3 ter): declaración do anexo, identidade e "
    "residencia habitual, sen prazo mínimo; documento provisional no acto; {months} meses e silencio "
    "positivo. Organismo: {authority_gl}.",
    en="Without legal residence there is a free route (art. 3 ter): the annex declaration, identity and "
    "habitual residence, no minimum time; a provisional document at once; {months} months, positive silence. "
    "Body: {authority_en}.",
    since=RD_180_2026,
)
FREE_WITHOUT_PROCEDURE = Rule(
    id="CAT-17",
    basis="Ley 16/2003, art. 3 ter, según el RDL 7/2018",
    es="Sin residencia legal hay derecho a la asistencia con cargo a fondos públicos (art. 3 ter), sin "
    "cuota. Organismo: {authority_es}.",
    gl="Sen residencia legal hai dereito á asistencia con cargo a fondos públicos (art. 3 ter), sen cota. "
    "Organismo: {authority_gl}.",
    en="Without legal residence there is a publicly funded right to care (art. 3 ter), without a fee. "
    "Body: {authority_en}.",
    since=RDL_7_2018,
    until=RD_180_2026 - _DAY,
)
URGENT = Rule(
    id="CAT-17",
    basis="Ley 16/2003, art. 3 ter, según el RDL 16/2012",
    es="Sin residencia legal solo había asistencia de urgencia, y plena para menores y embarazo. "
    "Organismo: {authority_es}.",
    gl="Sen residencia legal só había asistencia de urxencia, e plena para menores e embarazo. "
    "Organismo: {authority_gl}.",
    en="Without legal residence there was urgent care only, and full care for minors and pregnancy. "
    "Body: {authority_en}.",
    since=RD_1192_2012,
    until=RDL_7_2018 - _DAY,
)
SHORT_STAY = Rule(
    id="CAT-14",
    basis="RD 240/2007, art. 6; Ley 16/2003, art. 3.2.c",
    es="Nacional de la UE, el EEE o Suiza en estancia de menos de tres meses: la norma que la regulaba se "
    "derogó el 13/03/2026. Debe decidir una persona.",
    gl="Nacional da UE, o EEE ou Suíza en estadía de menos de tres meses: a norma que a regulaba derrogouse "
    "o 13/03/2026. Debe decidir unha persoa.",
    en="EU, EEA or Swiss national on a stay under three months: the provision on it was repealed on "
    "13/03/2026. A person must decide.",
    since=RD_180_2026,
)
SHORT_STAY_BEFORE = Rule(
    id="CAT-14",
    basis="RD 1192/2012, DA 2.2; RD 240/2007, art. 6",
    es="Nacional de la UE, el EEE o Suiza en estancia de menos de tres meses: no se aplica el art. 3 ter; le "
    "cubre "
    "su propio sistema hasta que se inscriba.",
    gl="Nacional da UE, o EEE ou Suíza en estadía de menos de tres meses: non se aplica o art. 3 ter; cóbrea "
    "o seu "
    "propio sistema ata que se inscriba.",
    en="EU, EEA or Swiss national on a stay under three months: art. 3 ter does not apply; their own system "
    "covers them "
    "until registered.",
    since=RD_1192_2012,
    until=RD_180_2026 - _DAY,
)
_SOCIAL_REPORT = Text(
    "Estancia temporal de una persona de fuera de la Unión: la vía del art. 3 ter exige informe favorable de "
    "los servicios sociales. Organismo: {authority_es}.",
    "Estadía temporal dunha persoa de fóra da Unión: a vía do art. 3 ter esixe informe favorable dos "
    "servizos sociais. Organismo: {authority_gl}.",
    "Temporary stay of somebody from outside the Union: the route of art. 3 ter needs a favourable report of "
    "the social services. Body: {authority_en}.",
)


@judge(*BOTH, until=RDL_7_2018 - _DAY)
def urgent_only(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-17 before RDL 7/2018: said to be without legal residence, a person looks; no other route exists."""
    if asked(application, law):
        for mention in said(application, "no_legal_residence"):
            yield sends(URGENT, Outcome.REVIEW, law, health_service(application), fact_of(mention))


@judge(*BOTH, since=RDL_7_2018)
def free_route(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-17: the free route, to which the INSS refers who is said to need it and tells who may.

    In the convenio CE-SUJ-03 decides (setting 13); here the person only learns of the route.
    """
    if not asked(application, law):
        return
    own, service = title(application, law), health_service(application)
    stated = said(application, "no_legal_residence")
    for mention in stated:
        outcome = _route(application, law) if own.kind == "unshown" else Outcome.REVIEW
        yield _told(outcome, law, service, fact_of(mention), *own.facts)
    for mention in said(application, "short_stay") if not _moves(own, law) else ():
        yield sends(FREE, Outcome.REVIEW, law, service, fact_of(mention), reason=_SOCIAL_REPORT)
    if own.kind == "unshown" and not stated and (application.identities or application.permits):
        yield _told(Outcome.NOTICE, law, service, *own.facts)


def _told(outcome: Outcome, law: Law, service: Authority, *facts: Fact[Any]) -> Finding:
    """Return the finding that tells the route, with the months in which it is resolved."""
    months = whole("rd-180-2026", "resolve_months", on=law.on)
    return sends(FREE, outcome, law, service, *facts, months=months)


def _route(application: Application, law: Law) -> Outcome:
    """Return where somebody without legal residence goes; in the convenio as setting 13 says."""
    if application.procedure == "asistencia_sanitaria":
        return Outcome.REFER
    return ROUTES[law.policy.without_residence]


def _moves(own: Title, law: Law) -> bool:
    """Whether the nationality, surely read, is one of free movement."""
    countries = [fact.value for fact in own.facts if isinstance(fact.value, str)]
    return own.kind != "unknown" and any(moves_freely(country, on=law.on) for country in countries)


@judge(*BOTH, until=RD_180_2026 - _DAY)
def short_stay_before(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-14 while RD 1192/2012 DA 2.2 held: told, since the papers of AS-ID-02 decide."""
    yield from _short(application, law, Outcome.NOTICE)


@judge(*BOTH, since=RD_180_2026)
def short_stay(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-14 since its repeal: a person decides."""
    yield from _short(application, law, Outcome.REVIEW)


def _short(application: Application, law: Law, outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding for a citizen of the Union, not registered, whose stay is said or seen to be short."""
    own = title(application, law)
    if asked(application, law) and own.kind == "unshown" and _moves(own, law):
        facts: list[Fact[Any]] = [
            *map(fact_of, said(application, "short_stay")),
            *_arrivals(application, law),
        ]
        if facts:
            yield SHORT_STAY.finds(outcome, law, *facts, *own.facts)


def _arrivals(application: Application, law: Law) -> Iterator[Fact[dt.date]]:
    """Yield the first registration of somebody who came from abroad within the months of a short stay."""
    months = whole("rd-240-2007", "short_stay_months", on=law.on)
    first = next(iter(stays(certificates(application))), None)
    abroad = first is not None and is_country(first.origin)
    if first is not None and abroad and first.since > add_months(law.on, -months):
        yield first.since_fact
