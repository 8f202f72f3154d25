"""CAT-09, AS-BEN-09 and AS-BEN-10: what a beneficiary is asked for as, a right of their own, one holder only.

Source: RD 1192/2012 arts. 3.3 and 3.5; from 2018-07-31 RDL 7/2018, DA única.2, for the international rules
and the share in the cost of medicines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from validators.facts import Application, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import person_of, same_person
from validators.kinship import fact_of as line_fact
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import Claim, claims
from validators.rules._certainty import cure_if, fact_of, ticked
from validators.rules._registered import standing
from validators.ties import other_parent

CATEGORY = Rule(
    id="CAT-09",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 3 (RDL 7/2018, DT 2ª)",
    es="Persona beneficiaria: marque el único parentesco o vínculo con la persona titular.",
    gl="Persoa beneficiaria: marque o único parentesco ou vínculo coa persoa titular.",
    en="Beneficiary: tick the one relationship with the holder.",
    since=RDL_7_2018,
)
OWN_RIGHT = Rule(
    id="AS-BEN-09",
    basis="RDL 7/2018, DA única.2.a y b",
    es="Puede tener derecho propio como titular: compruebe en qué condición se le reconoce.",
    gl="Pode ter dereito propio como titular: comprobe en que condición se lle recoñece.",
    en="May have a right of their own: check on what basis it is recognised.",
    since=RDL_7_2018,
)
ONE_HOLDER = Rule(
    id="AS-BEN-10",
    basis="RD 1192/2012, art. 3.5 (RDL 7/2018, DT 2ª)",
    es="Solo cabe figurar como beneficiaria de una persona titular; prevalece la del art. 2.1.a.",
    gl="Só cabe figurar como beneficiaria dunha persoa titular; prevalece a do art. 2.1.a.",
    en="A beneficiary can have only one holder; the one under art. 2.1.a prevails.",
    since=RDL_7_2018,
)
RULES = (
    *CATEGORY.formerly((RD_1192_2012, "RD 1192/2012, art. 3")),
    *OWN_RIGHT.formerly((RD_1192_2012, "RD 1192/2012, art. 3.3")),
    *ONE_HOLDER.formerly((RD_1192_2012, "RD 1192/2012, art. 3.5")),
)
_ASKED = Text(
    "Se solicita como persona beneficiaria: {kind_es}.",
    "Solicítase como persoa beneficiaria: {kind_gl}.",
    "Applied for as a beneficiary: {kind_en}.",
)
_ASKED_2018 = Text(
    "Se solicita como persona beneficiaria: {kind_es} (normas internacionales y aportación farmacéutica).",
    "Solicítase como persoa beneficiaria: {kind_gl} (normas internacionais e achega farmacéutica).",
    "Applied for as a beneficiary: {kind_en} (international rules and share in the cost of medicines).",
)
_KINDS = {
    "spouse": Text("cónyuge", "cónxuxe", "spouse"),
    "partner": Text("pareja de hecho", "parella de feito", "registered partner"),
    "ex_spouse": Text("excónyuge", "excónxuxe", "former spouse"),
    "child": Text("descendiente", "descendente", "descendant"),
    "ward": Text("menor en tutela o acogimiento", "menor en tutela ou acollemento", "ward or foster child"),
    "sibling": Text("hermano o hermana", "irmán ou irmá", "brother or sister"),
}
_LIVES_HERE = Text(
    "Reside en España, y no consta derecho propio.",
    "Reside en España, e non consta dereito propio.",
    "Lives in Spain, and no right of their own is on record.",
)
_WHERE = Text(
    "No consta la residencia efectiva en España de la persona beneficiaria.",
    "Non consta a residencia efectiva en España da persoa beneficiaria.",
    "The beneficiary is not shown to live in Spain.",
)
_THE_HOLDER = Text(
    "La persona beneficiaria puede ser la propia titular.",
    "A persoa beneficiaria pode ser a propia titular.",
    "The beneficiary may be the holder.",
)
_TWICE = Text(
    "Puede que la misma persona figure dos veces como beneficiaria.",
    "Pode que a mesma persoa figure dúas veces como beneficiaria.",
    "The same person may stand twice among the beneficiaries.",
)
_OTHER_PARENT = Text(
    "Hay otra persona progenitora: compruebe que no figure también como su beneficiaria.",
    "Hai outra persoa proxenitora: comprobe que non figure tamén como a súa beneficiaria.",
    "There is another parent: check that the person is not their beneficiary too.",
)
_TITLES = frozenset({"social_security_worker", "pensioner", "unemployment_benefit", "mutual_insurance"})
"""Subjects of papers that tell of a right of one's own (art. 2.1.a; DA única.2.b)."""


@judge("asistencia_sanitaria")
def category(application: Application, law: Law) -> Iterator[Finding]:
    """CAT-09: the kind of beneficiary that the form asks for, exactly one."""
    said = _ASKED if law.on < RDL_7_2018 else _ASKED_2018
    for claim in claims(application):
        box, kind = claim.beneficiary.relationship, claim.relation
        if kind is None or kind not in _KINDS:
            yield claim.finds(CATEGORY, cure_if(law, box), law)
            continue
        words = {f"kind_{tongue}": word for tongue, word in _KINDS[kind]._asdict().items()}
        yield claim.finds(CATEGORY, Outcome.MET, law, claim.name, reason=said, **words)


@judge("asistencia_sanitaria")
def own_right(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-09: lives in Spain and has no right of their own, as far as the papers tell."""
    for claim in claims(application):
        titles = [
            fact_of(m)
            for m in application.mentions
            if m.subject in _TITLES and m.evidence.document in _own_papers(application, claim.person)
        ]
        if titles:
            yield claim.finds(OWN_RIGHT, Outcome.REVIEW, law, *titles)
        elif same_person(claim.holder, claim.person) != "different":
            yield claim.finds(OWN_RIGHT, Outcome.REVIEW, law, claim.name, reason=_THE_HOLDER)
        else:
            yield _at_home(application, claim, law)


def _at_home(application: Application, claim: Claim, law: Law) -> Finding:
    """Return whether the person lives in Spain: with the holder, or by an entry in a register."""
    box = claim.beneficiary.cohabits
    entries = [
        fact
        for paper in application.registrations
        if same_person(claim.person, paper.person) == "same"
        for fact in standing(paper, application, law)
    ]
    if ticked(law, box) == "yes":
        return claim.finds(OWN_RIGHT, Outcome.MET, law, box, claim.name, reason=_LIVES_HERE)
    if entries:
        return claim.finds(OWN_RIGHT, Outcome.MET, law, *entries, claim.name, reason=_LIVES_HERE)
    return claim.finds(OWN_RIGHT, Outcome.REVIEW, law, box, reason=_WHERE)


def _own_papers(application: Application, person: Person) -> frozenset[str]:
    """Return the ids of the papers that are, or may be, about *person*."""
    about = [(card.document, person_of(card)) for card in application.identities]
    about += [(paper.document, paper.person) for paper in application.incomes]
    about += [(paper.document, paper.person) for paper in application.disabilities]
    about += [(paper.document, paper.person) for paper in application.permits]
    return frozenset(document for document, one in about if same_person(person, one) != "different")


@judge("asistencia_sanitaria")
def one_holder(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-10: nobody stands twice; where a record names another parent, the reviewer is told."""
    every = tuple(claims(application))
    for one, other in combinations(every, 2):
        if same_person(one.person, other.person) != "different":
            yield other.finds(ONE_HOLDER, Outcome.REVIEW, law, other.name, reason=_TWICE)
    for claim in every:
        yield from _two_parents(application, claim, law)


def _two_parents(application: Application, claim: Claim, law: Law) -> Iterator[Finding]:
    """Yield a notice where a record names another parent who is no beneficiary of the same holder."""
    found = other_parent(application, claim.holder, claim.person) if claim.relation == "child" else None
    if found is not None and not any(one.relation in {"spouse", "partner"} for one in claims(application)):
        yield claim.finds(ONE_HOLDER, Outcome.NOTICE, law, line_fact(*found), reason=_OTHER_PARENT)
