"""AS-BEN-08: descendants, and who is treated as one, live with the holder and depend on them.

Source: RD 1192/2012 arts. 2.3, 3.2 and 6.3.g; RDL 7/2018, DA única.2 ("a cargo"). Spouses and partners
need not depend on the holder. The yearly IPREM is doubled in twelve or in fourteen payments: between the
two a person looks, unless `Policy.iprem_payments` says which (docs/law.md section 11, 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validators.facts import Application, Fact, Income
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.law import amount, whole
from validators.law.regimes import RD_1192_2012, RDL_7_2018
from validators.rules import Law, Rule, judge
from validators.rules._age import reached
from validators.rules._beneficiary import DESCENDANTS, Claim, claims
from validators.rules._certainty import cure_if, empty, known, ticked
from validators.ties import coupled_otherwise, noted

DEPENDENT = Rule(
    id="AS-BEN-08",
    basis="RDL 7/2018, DA única.2; RD 1192/2012, art. 3.2 y 6.3.g (RDL 7/2018, DT 2ª)",
    es="Falta la declaración de ingresos de la persona beneficiaria.",
    gl="Falta a declaración de ingresos da persoa beneficiaria.",
    en="The beneficiary's declaration of income is missing.",
    since=RDL_7_2018,
)
RULES = (*DEPENDENT.formerly((RD_1192_2012, "RD 1192/2012, art. 3.2 y 6.3.g")),)
_MINOR = Text(
    "Menor de edad sin emancipar: se considera siempre a cargo.",
    "Menor de idade sen emancipar: considérase sempre a cargo.",
    "Minor, not emancipated: always considered dependent.",
)
_EMANCIPATED = Text(
    "Consta una emancipación o un matrimonio: léalo; quien se emancipa debe convivir y declarar ingresos.",
    "Consta unha emancipación ou un matrimonio: léao; quen se emancipa debe convivir e declarar ingresos.",
    "An emancipation or a marriage is on record: read it; an emancipated person must live with the holder "
    "and declare income.",
)
_WITHIN = Text(
    "Convive con la persona titular y sus ingresos no superan el doble del IPREM ({limit} €).",
    "Convive coa persoa titular e os seus ingresos non superan o dobre do IPREM ({limit} €).",
    "Lives with the holder, and the income is not above twice the IPREM ({limit} €).",
)
_ABOVE = Text(
    "Ingresos superiores al doble del IPREM ({limit} €).",
    "Ingresos superiores ao dobre do IPREM ({limit} €).",
    "Income above twice the IPREM ({limit} €).",
)
_BETWEEN = Text(
    "Los ingresos superan el doble del IPREM en doce pagas ({low} €), no en catorce ({high} €): decida cuál.",
    "Os ingresos superan o dobre do IPREM en doce pagas ({low} €), non en catorce ({high} €): decida cal.",
    "The income is above twice the IPREM in twelve payments ({low} €), not in fourteen ({high} €): decide.",
)
_APART = Text(
    "No consta que conviva con la persona titular: valore si se separan por trabajo, estudios o similar.",
    "Non consta que conviva coa persoa titular: valore se se separan por traballo, estudos ou similar.",
    "Not shown to live with the holder: assess whether they are apart for work, studies or the like.",
)
_UNCLEAR = Text(
    "Los ingresos no constan con certeza, difieren entre documentos o son de otro año.",
    "Os ingresos non constan con certeza, difiren entre documentos ou son doutro ano.",
    "The income is not certain, differs between papers or is of another year.",
)


@judge("asistencia_sanitaria")
def dependency(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-08: minors always depend; who is of age lives with the holder and declares the income."""
    for claim in claims(application):
        if claim.relation in DESCENDANTS:
            yield _depends(application, claim, law)


def _depends(application: Application, claim: Claim, law: Law) -> Finding:
    """Return the finding on one beneficiary; without a date of birth, as if of age."""
    born = claim.person.birth_date
    years = whole("rd-1192-2012", "majority_years", on=law.on)
    if born and born.value and born.value <= law.on and reached(born.value, years, law) is False:
        notes = noted(application, claim.person, frozenset({"emancipation"}))
        married = coupled_otherwise(application, claim.person, claim.holder)
        if notes or married:
            return claim.finds(DEPENDENT, Outcome.REVIEW, law, born, *notes, *married, reason=_EMANCIPATED)
        return claim.finds(DEPENDENT, Outcome.MET, law, born, claim.name, reason=_MINOR)
    home = claim.beneficiary.cohabits
    if ticked(law, home) != "yes":
        return claim.finds(DEPENDENT, Outcome.REVIEW, law, home, born, reason=_APART)
    return _income(application, claim, law)


def _income(application: Application, claim: Claim, law: Law) -> Finding:
    """Return the finding on the income of who is of age: of the form, of a declaration, or of both."""
    written = claim.beneficiary.annual_income
    own = [p for p in application.incomes if same_person(claim.person, p.person) == "same"]
    perhaps = [p for p in application.incomes if same_person(claim.person, p.person) == "unsure"]
    stated = [fact for fact in (written, *(p.annual for p in own)) if fact is not None and known(fact)]
    if not stated and not own and not perhaps:
        return claim.finds(DEPENDENT, cure_if(law, written), law, written)
    others = [p.annual for p in perhaps]
    facts = [*stated, *others, *(p.year for p in own)]
    amounts = {fact.value for fact in (*stated, *others) if fact is not None and fact.value is not None}
    unread = any(not known(p.annual) for p in (*own, *perhaps)) or any(fact.others for fact in stated)
    if written is not None and empty(law, written) == "unsure":
        unread, facts = True, [written, *facts]
    of_the_year = all(_of_the_year(paper, law) for paper in (*own, *perhaps))
    if not stated or unread or len(amounts) != 1 or not of_the_year:
        return claim.finds(DEPENDENT, Outcome.REVIEW, law, *facts, reason=_UNCLEAR)
    return _measured(claim, law, amounts.pop(), stated)


def _of_the_year(paper: Income, law: Law) -> bool:
    """Whether a declaration is of the year looked at (art. 2.3), of the last one, or says no year."""
    if paper.year is None:
        return True
    if paper.year.value is None or paper.year.others:
        return False
    turns = whole("rd-1192-2012", "income_year_turns_month", on=law.on)
    looked_at = law.on.year - (1 if law.on.month >= turns else 2)
    return paper.year.value in {looked_at, law.on.year - 1}


def _measured(claim: Claim, law: Law, income: Decimal, stated: list[Fact[Decimal]]) -> Finding:
    """Return the finding for an income, against twice the yearly IPREM in both readings."""
    home = claim.beneficiary.cohabits
    times = whole("rd-1192-2012", "iprem_multiple", on=law.on)
    twelve = times * amount("iprem", "yearly_12", on=law.on)
    fourteen = times * amount("iprem", "yearly_14", on=law.on)
    chosen = {"review": (twelve, fourteen), "twelve": (twelve, twelve), "fourteen": (fourteen, fourteen)}
    low, high = chosen[law.policy.iprem_payments]
    facts = (home, *stated, claim.name)
    if income < 0:
        return claim.finds(DEPENDENT, Outcome.REVIEW, law, *facts, reason=_UNCLEAR)
    if income <= low:
        return claim.finds(DEPENDENT, Outcome.MET, law, *facts, reason=_WITHIN, limit=low)
    if income > high:
        return claim.finds(DEPENDENT, Outcome.NOT_MET, law, *facts, reason=_ABOVE, limit=high)
    return claim.finds(DEPENDENT, Outcome.REVIEW, law, *facts, reason=_BETWEEN, low=low, high=high)
