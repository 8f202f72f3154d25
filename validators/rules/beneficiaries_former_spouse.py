"""AS-BEN-03: who was married to the holder, or is judicially separated, and has a compensatory pension.

Source: RD 1192/2012 arts. 3.1.b and 6.3.c. RDL 7/2018, DA única.2, does not list them: since then a
person looks at which rule holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.facts import Application
from validators.finding import Finding, Outcome, Text
from validators.law.regimes import RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import Claim, claims
from validators.rules._certainty import cure_if, ticked
from validators.rules._stale import after
from validators.ties import parted, parting

FORMER_2012 = Rule(
    id="AS-BEN-03",
    basis="RD 1192/2012, art. 3.1.b y 6.3.c",
    es="Falta la resolución de divorcio o separación que acredite la pensión compensatoria.",
    gl="Falta a resolución de divorcio ou separación que acredite a pensión compensatoria.",
    en="The decision on divorce or separation that shows the compensatory pension is missing.",
    until=RDL_7_2018 - dt.timedelta(days=1),
)
FORMER = Rule(
    id="AS-BEN-03",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 3.1.b",
    es="Supuesto de excónyuge: la norma vigente no lo recoge; revise cuál se aplica.",
    gl="Suposto de excónxuxe: a norma vixente non o recolle; revise cal se aplica.",
    en="Former spouse: the rule in force does not list it; check which one applies.",
    since=RDL_7_2018,
)
_HAS_PENSION = Text(
    "Consta la pensión compensatoria a cargo de la persona titular.",
    "Consta a pensión compensatoria a cargo da persoa titular.",
    "The compensatory pension paid by the holder is shown.",
)
_NO_PENSION = Text(
    "La resolución no reconoce pensión compensatoria.",
    "A resolución non recoñece pensión compensatoria.",
    "The decision grants no compensatory pension.",
)
_READ_IT = Text(
    "Lea la resolución: no consta con certeza entre quiénes es o si hay pensión compensatoria.",
    "Lea a resolución: non consta con certeza entre quen é ou se hai pensión compensatoria.",
    "Read the decision: between whom it is, or whether there is a pension, is not certain.",
)


@judge("asistencia_sanitaria", until=RDL_7_2018 - dt.timedelta(days=1))
def former_spouse_2012(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-03 under RD 1192/2012: a decision between the two that grants the pension."""
    for claim in claims(application):
        if claim.relation == "ex_spouse":
            yield _decided(application, claim, law)


@judge("asistencia_sanitaria", since=RDL_7_2018)
def former_spouse(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-03 since RDL 7/2018: a person looks, whatever was brought."""
    for claim in claims(application):
        if claim.relation == "ex_spouse":
            facts = parted(application, claim.holder, claim.person).facts
            yield claim.finds(FORMER, Outcome.REVIEW, law, *facts)


def _decided(application: Application, claim: Claim, law: Law) -> Finding:
    """Return the finding for the decisions that came."""
    shown = parted(application, claim.holder, claim.person)
    paper = parting(application, claim.holder, claim.person)
    if shown.tie == "no":
        return claim.finds(FORMER_2012, cure_if(law, claim.beneficiary.relationship), law)
    pension = paper.compensatory_pension if paper else None
    if paper and after(paper.decided_on, law.on):
        return claim.finds(FORMER_2012, Outcome.REVIEW, law, *shown.facts, paper.decided_on, reason=_READ_IT)
    match ticked(law, pension):
        case "yes":
            facts = (*shown.facts, pension, claim.name)
            return claim.finds(FORMER_2012, Outcome.MET, law, *facts, reason=_HAS_PENSION)
        case "no":
            return claim.finds(FORMER_2012, Outcome.NOT_MET, law, *shown.facts, pension, reason=_NO_PENSION)
        case _:
            return claim.finds(FORMER_2012, Outcome.REVIEW, law, *shown.facts, pension, reason=_READ_IT)
