"""The tie between the holder and each beneficiary, and the paper that proves it.

Source: RD 1192/2012 arts. 3.1 and 6.3.a to f (BOE-A-2012-10477); from 2018-07-31 RDL 7/2018, DA única.2
(BOE-A-2018-10752), whose DT 2ª keeps the procedure and so the papers; docs/law.md AS-BEN-01 to 07.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from validators.facts import Application, Person
from validators.finding import Finding, Outcome, Text
from validators.kinship import Shown
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import Claim, claims
from validators.rules._certainty import cure_if
from validators.ties import descends, in_care, married, partners, siblings

SPOUSE = Rule(
    id="AS-BEN-01",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.a (RDL 7/2018, DT 2ª)",
    es="Falta el libro de familia o certificado de matrimonio.",
    gl="Falta o libro de familia ou certificado de matrimonio.",
    en="The family book or marriage certificate is missing.",
    since=RDL_7_2018,
)
PARTNER_2012 = Rule(
    id="AS-BEN-02",
    basis="RD 1192/2012, art. 3.1.a y 6.3.b",
    es="Falta el certificado de inscripción de la pareja de hecho o, en su defecto, documento público.",
    gl="Falta o certificado de inscrición da parella de feito ou, na súa falta, documento público.",
    en="The certificate of the partners' registration or, failing that, a notarised deed is missing.",
    until=RDL_7_2018 - dt.timedelta(days=1),
)
PARTNER = Rule(
    id="AS-BEN-02",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.b (RDL 7/2018, DT 2ª)",
    es="Falta la inscripción oficial de la pareja de hecho; una escritura pública no basta.",
    gl="Falta a inscrición oficial da parella de feito; unha escritura pública non abonda.",
    en="The partners' official registration is missing; a notarised deed is not enough.",
    since=RDL_7_2018,
)
CHILD = Rule(
    id="AS-BEN-04",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.d (RDL 7/2018, DT 2ª)",
    es="Falta el libro de familia o certificado de nacimiento que una a la persona beneficiaria con la "
    "titular.",
    gl="Falta o libro de familia ou certificado de nacemento que una a persoa beneficiaria coa titular.",
    en="The family book or birth certificate linking the beneficiary to the holder is missing.",
    since=RDL_7_2018,
)
WARD = Rule(
    id="AS-BEN-06",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.e (RDL 7/2018, DT 2ª)",
    es="Falta el documento de tutela o acogimiento de la autoridad competente.",
    gl="Falta o documento de tutela ou acollemento da autoridade competente.",
    en="The competent authority's guardianship or fostering document is missing.",
    since=RDL_7_2018,
)
SIBLING = Rule(
    id="AS-BEN-07",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 6.3.f (RDL 7/2018, DT 2ª)",
    es="Falta acreditar el parentesco de hermano o hermana con libro de familia o documento equivalente.",
    gl="Falta acreditar o parentesco de irmán ou irmá con libro de familia ou documento equivalente.",
    en="Proof that they are siblings (family book or equivalent document) is missing.",
    since=RDL_7_2018,
)
RULES = (
    *SPOUSE.formerly((RD_1192_2012, "RD 1192/2012, art. 3.1.a y 6.3.a")),
    *CHILD.formerly((RD_1192_2012, "RD 1192/2012, art. 3.1.c y 6.3.d")),
    *WARD.formerly((RD_1192_2012, "RD 1192/2012, art. 3.1.c.1º y 6.3.e")),
    *SIBLING.formerly((RD_1192_2012, "RD 1192/2012, art. 3.1.c.2º y 6.3.f")),
)
_PROVED = Text(
    "Consta el vínculo con la persona titular.",
    "Consta o vínculo coa persoa titular.",
    "The relationship with the holder is shown.",
)
_DOUBTFUL = Text(
    "El documento del vínculo no nombra con certeza a las dos personas, o no se lee bien.",
    "O documento do vínculo non nomea con certeza as dúas persoas, ou non se le ben.",
    "The paper on the relationship does not name both people with certainty, or is not legible.",
)
_OTHER_TIE = Text(
    "El documento nombra a la persona beneficiaria con otras personas o con otro parentesco: valórelo.",
    "O documento nomea a persoa beneficiaria con outras persoas ou con outro parentesco: valóreo.",
    "The paper names the beneficiary with other people or in another relationship: assess it.",
)


@judge("asistencia_sanitaria", until=RDL_7_2018 - dt.timedelta(days=1))
def kinship_2012(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-01, 02, 04, 06 and 07 under RD 1192/2012: partners may show a public deed."""
    yield from _ties(application, law, frozenset({"register", "deed"}))


@judge("asistencia_sanitaria", since=RDL_7_2018)
def kinship(application: Application, law: Law) -> Iterator[Finding]:
    """The same under RDL 7/2018: partners must be registered."""
    yield from _ties(application, law, frozenset({"register"}))


def _ties(application: Application, law: Law, proofs: frozenset[str]) -> Iterator[Finding]:
    """Yield what the papers show of every beneficiary's tie; the former spouse's has its own module."""
    for claim in claims(application):
        kind = claim.relation or ""
        if kind == "partner":
            yield _answer(claim, law, PARTNER, partners(application, claim.holder, claim.person, proofs))
        elif kind == "ward":
            yield _answer(claim, law, WARD, in_care(application.decisions, claim.holder, claim.person))
        elif kind in _PAPERS:
            rule, papers = _PAPERS[kind]
            yield _answer(claim, law, rule, papers(application, claim.holder, claim.person))


def _answer(claim: Claim, law: Law, rule: Rule, shown: Shown) -> Finding:
    """Return the finding for what the papers show; without a paper, it is asked for."""
    match shown.tie:
        case "yes":
            return claim.finds(rule, Outcome.MET, law, *shown.facts, claim.name, reason=_PROVED)
        case "unsure":
            return claim.finds(rule, Outcome.REVIEW, law, *shown.facts, reason=_DOUBTFUL)
        case "others":
            return claim.finds(rule, Outcome.REVIEW, law, *shown.facts, reason=_OTHER_TIE)
        case _:
            return claim.finds(rule, cure_if(law, claim.beneficiary.relationship), law)


_PAPERS: Mapping[str, tuple[Rule, Callable[[Application, Person, Person], Shown]]] = MappingProxyType(
    {
        "spouse": (SPOUSE, married),
        "child": (CHILD, descends),
        "sibling": (SIBLING, siblings),
    }
)
"""The rule of each tie that records prove; partners have registers, and earlier deeds, wards a decision."""
