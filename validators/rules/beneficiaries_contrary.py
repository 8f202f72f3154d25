"""What speaks against a tie that a paper proves: an end, a note beside it, a day out of time, the impossible.

Source: RD 1192/2012 art. 3.1; docs/law.md AS-BEN-01, 02, 04, 06 and 07.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from validators.facts import Application, Fact
from validators.finding import Finding, Outcome, Text
from validators.kinship import line_of
from validators.law import whole
from validators.rules import Law, Rule, judge
from validators.rules._age import reached
from validators.rules._beneficiary import Claim, claims
from validators.rules._stale import after
from validators.rules.beneficiaries_kinship import CHILD, PARTNER, SIBLING, SPOUSE, WARD
from validators.ties import coupled_otherwise, noted, parted

_ENDED = Text(
    "Consta una resolución de divorcio o separación: compruebe si siguen siendo cónyuges.",
    "Consta unha resolución de divorcio ou separación: comprobe se seguen a ser cónxuxes.",
    "There is a decision on divorce or separation: check whether they are still spouses.",
)
_ADULT_WARD = Text(
    "La tutela o el acogimiento son de menores, y la persona ya es mayor de edad: valórelo.",
    "A tutela ou o acollemento son de menores, e a persoa xa é maior de idade: valóreo.",
    "Guardianship and fostering are of minors, and the person is of age: assess it.",
)
_LATER = Text(
    "La inscripción de la pareja lleva fecha posterior a la solicitud o anterior al nacimiento.",
    "A inscrición da parella leva data posterior á solicitude ou anterior ao nacemento.",
    "The partners' registration is dated after the filing or before the birth.",
)
_DECIDED_LATER = Text(
    "La resolución lleva fecha posterior a la solicitud o anterior al nacimiento.",
    "A resolución leva data posterior á solicitude ou anterior ao nacemento.",
    "The decision is dated after the filing or before the birth.",
)
_NOTED = Text(
    "El documento lleva notas marginales (divorcio, adopción, filiación, fallecimiento): léalas.",
    "O documento leva notas marxinais (divorcio, adopción, filiación, falecemento): léaas.",
    "The record bears marginal notes (divorce, adoption, filiation, death): read them.",
)
_ISSUED_LATER = Text(
    "El documento del vínculo lleva una fecha posterior a su recepción.",
    "O documento do vínculo leva unha data posterior á súa recepción.",
    "The paper on the tie is dated after its reception.",
)
_OLDER = Text(
    "La persona beneficiaria figura como descendiente y no es más joven que la titular.",
    "A persoa beneficiaria figura como descendente e non é máis nova ca a titular.",
    "The beneficiary is entered as a descendant and is not younger than the holder.",
)
_TWO = Text(
    "Consta más de un cónyuge o pareja de la misma titular, en la solicitud o en los documentos.",
    "Consta máis dun cónxuxe ou parella da mesma titular, na solicitude ou nos documentos.",
    "More than one spouse or partner of the same holder appears, in the form or in the papers.",
)
_CHANGES = frozenset({"divorce", "adoption", "filiation", "death"})
_RECORDED: Mapping[object, Rule] = MappingProxyType({"spouse": SPOUSE, "child": CHILD, "sibling": SIBLING})
"""Ties that records of the civil register prove."""
_COUPLE: Mapping[object, Rule] = MappingProxyType({"spouse": SPOUSE, "partner": PARTNER})


@judge("asistencia_sanitaria")
def contrary(application: Application, law: Law) -> Iterator[Finding]:
    """Yield for each beneficiary what a person must weigh although a paper proves the tie."""
    for claim in claims(application):
        yield from _against(application, claim, law)
        yield from _issued_later(application, claim, law)
        yield from _impossible(application, claim, law)


def _against(application: Application, claim: Claim, law: Law) -> Iterator[Finding]:
    """Yield what speaks against a tie that is proved: a divorce, a registration to come, a ward of age."""
    rule = _RECORDED.get(claim.relation)
    if rule is not None and (notes := noted(application, claim.person, _CHANGES)):
        yield claim.finds(rule, Outcome.REVIEW, law, *notes, reason=_NOTED)
    match claim.relation:
        case "spouse":
            shown = parted(application, claim.holder, claim.person)
            if shown.tie in {"yes", "unsure"}:
                yield claim.finds(SPOUSE, Outcome.REVIEW, law, *shown.facts, reason=_ENDED)
        case "partner":
            for day in (paper.registered_on for paper in application.partnerships):
                if _out_of_time(day, claim, law):
                    yield claim.finds(PARTNER, Outcome.REVIEW, law, day, reason=_LATER)
        case "ward":
            yield from _against_care(application, claim, law)


def _issued_later(application: Application, claim: Claim, law: Law) -> Iterator[Finding]:
    """Yield what is wrong with a record of the person, or that may be, that was issued after it came."""
    rule = _RECORDED.get(claim.relation)
    for paper in application.family_records:
        ours = line_of(claim.person, paper.people)[0] != "different"
        if rule is not None and ours and after(paper.issued_on, application.filing.received_on):
            yield claim.finds(rule, Outcome.REVIEW, law, paper.issued_on, reason=_ISSUED_LATER)


def _out_of_time(day: Fact[dt.date] | None, claim: Claim, law: Law) -> bool:
    """Whether the day of a registration or decision lies after the filing, or before the person was born."""
    born = claim.person.birth_date
    too_early = bool(day and day.value and born and born.value and day.value < born.value)
    return too_early or after(day, law.on)


def _against_care(application: Application, claim: Claim, law: Law) -> Iterator[Finding]:
    """Yield what speaks against guardianship or fostering: a ward of age, a decision to come."""
    born = claim.person.birth_date
    years = whole("rd-1192-2012", "majority_years", on=law.on)
    if born and born.value and reached(born.value, years, law) is not False:
        yield claim.finds(WARD, Outcome.REVIEW, law, born, reason=_ADULT_WARD)
    for day in (paper.decided_on for paper in application.decisions):
        if _out_of_time(day, claim, law):
            yield claim.finds(WARD, Outcome.REVIEW, law, day, reason=_DECIDED_LATER)


def _impossible(application: Application, claim: Claim, law: Law) -> Iterator[Finding]:
    """Yield what cannot be: a child not younger than the holder, two spouses or partners of one holder."""
    if claim.relation == "child":
        born, holder = claim.person.birth_date, claim.holder.birth_date
        if born and born.value and holder and holder.value and born.value <= holder.value:
            yield claim.finds(CHILD, Outcome.REVIEW, law, born, holder, reason=_OLDER)
    elif claim.relation in _COUPLE:
        beside = [one.relationship for one in claim.form.beneficiaries if one is not claim.beneficiary]
        others = [fact for fact in beside if fact and isinstance(fact.value, str) and fact.value in _COUPLE]
        named = coupled_otherwise(application, claim.holder, claim.person)
        if others or named:
            yield claim.finds(_COUPLE[claim.relation], Outcome.REVIEW, law, *others, *named, reason=_TWO)
