"""The boxes of form 6-071 and what is filled in beside them: AS-BEN-11, AS-BEN-12 and AS-FORM-01.

Source: INSS, form 6-071; RD 1192/2012 arts. 3.5 and 6.1; docs/law.md AS-BEN-11 and AS-BEN-12.
"""

from __future__ import annotations

from collections.abc import Iterator

from validators.facts import Application, AsistenciaRequest, Fact, Person
from validators.finding import Finding, Outcome, Text
from validators.identity import same_person
from validators.law import whole
from validators.rules import Law, Rule, judge
from validators.rules._age import reached
from validators.rules._beneficiary import Claim, claims
from validators.rules._certainty import cure_if, empty, known, ticked
from validators.rules.asistencia_request import FORM

CHANGE = Rule(
    id="AS-BEN-11",
    basis="INSS, modelo 6-071",
    es="Falta el consentimiento firmado de la persona titular actual, o la prueba de convivencia y "
    "dependencia.",
    gl="Falta o consentimento asinado da persoa titular actual, ou a proba de convivencia e dependencia.",
    en="The current holder's signed consent, or proof of cohabitation and dependency, is missing.",
)
_CONSENTS = Text(
    "Consta el consentimiento firmado de la persona titular actual.",
    "Consta o consentimento asinado da persoa titular actual.",
    "The current holder's signed consent is there.",
)
_WHOSE = Text(
    "Falta el nombre de la persona titular actual, o puede ser la misma persona que la nueva titular.",
    "Falta o nome da persoa titular actual, ou pode ser a mesma persoa que a nova titular.",
    "The current holder's name is missing, or may be that of the new holder.",
)
_TICK_CHANGE = Text(
    "Consta una persona titular anterior: marque «cambio de beneficiarios» o retire sus datos.",
    "Consta unha persoa titular anterior: marque «cambio de beneficiarios» ou retire os seus datos.",
    "An earlier holder is named: tick the change of beneficiaries, or take the data out.",
)
_BY_DECISION = Text(
    "Sin firma de la persona titular actual; se aporta una resolución: valore si prueba convivencia y "
    "dependencia.",
    "Sen sinatura da persoa titular actual; achégase unha resolución: valore se proba convivencia e "
    "dependencia.",
    "No signature of the current holder; a decision is brought: assess whether it proves the dependency.",
)
BY_BENEFICIARY = Rule(
    id="AS-BEN-12",
    basis="INSS, modelo 6-071",
    es="Solicitud de la propia persona beneficiaria: faltan los datos de la persona titular o de la "
    "beneficiaria.",
    gl="Solicitude da propia persoa beneficiaria: faltan os datos da persoa titular ou da beneficiaria.",
    en="Filed by the beneficiary: the holder's or the beneficiary's data are missing.",
)
_COMPLETE = Text(
    "Presentada por la propia persona beneficiaria, con los datos de ambas.",
    "Presentada pola propia persoa beneficiaria, cos datos de ambas.",
    "Filed by the beneficiary, with the data of both.",
)
_BY_WHOM = Text(
    "No consta con certeza qué persona beneficiaria presenta la solicitud, o es menor de edad.",
    "Non consta con certeza que persoa beneficiaria presenta a solicitude, ou é menor de idade.",
    "Which beneficiary files is not certain, or the person is a minor.",
)
_NOBODY = Text(
    "Se solicita para personas beneficiarias y no consta ninguna.",
    "Solicítase para persoas beneficiarias e non consta ningunha.",
    "The application is for beneficiaries, and none is named.",
)
_TICK_BENEFICIARY = Text(
    "Constan personas beneficiarias y no está marcada la casilla de persona beneficiaria.",
    "Constan persoas beneficiarias e non está marcado o recadro de persoa beneficiaria.",
    "Beneficiaries are named, and their box is not ticked.",
)


@judge("asistencia_sanitaria")
def boxes(application: Application, law: Law) -> Iterator[Finding]:
    """AS-FORM-01: a box for beneficiaries and the blocks of beneficiaries go together."""
    for form in application.asistencia:
        asked = (form.for_beneficiary, form.change_of_holder, form.filed_by_beneficiary)
        answers = {ticked(law, box) for box in asked}
        if form.beneficiaries and "yes" not in answers:
            yield FORM.finds(cure_if(law, *asked), law, *asked, reason=_TICK_BENEFICIARY)
        elif not form.beneficiaries and answers != {"no"}:
            outcome = Outcome.CURE if "yes" in answers else Outcome.REVIEW
            yield FORM.finds(outcome, law, *asked, reason=_NOBODY)


@judge("asistencia_sanitaria")
def change_of_holder(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-11: who passes from one holder to another needs the current one's signature, or a proof."""
    for form in application.asistencia:
        match ticked(law, form.change_of_holder):
            case "yes":
                yield _consent(application, form, law)
            case "no":
                if named := _named(form.previous_holder):
                    yield CHANGE.finds(cure_if(law, named), law, named, reason=_TICK_CHANGE)
            case _:
                yield CHANGE.finds(Outcome.REVIEW, law, form.change_of_holder)


def _consent(application: Application, form: AsistenciaRequest, law: Law) -> Finding:
    """Return the finding on the current holder's consent, or on what stands in for it."""
    signed, named = form.previous_holder_signature.present, _named(form.previous_holder)
    answer = ticked(law, signed)
    if answer == "unsure" or (answer == "yes" and named and _the_same(form)):
        return CHANGE.finds(Outcome.REVIEW, law, signed, named, reason=_WHOSE if answer == "yes" else None)
    if answer == "yes" and named is None:
        return CHANGE.finds(_blank(form.previous_holder, law), law, signed, reason=_WHOSE)
    if answer == "yes":
        return CHANGE.finds(Outcome.MET, law, form.change_of_holder, signed, named, reason=_CONSENTS)
    if application.decisions:
        subjects = (paper.subject for paper in application.decisions)
        return CHANGE.finds(Outcome.REVIEW, law, signed, *subjects, reason=_BY_DECISION)
    return CHANGE.finds(Outcome.CURE, law, form.change_of_holder, signed)


def _blank(person: Person, law: Law) -> Outcome:
    """Return `cure` where the places for a person's data are surely blank, else `review`."""
    places = (person.first_surname, person.given_name, person.id_number)
    return Outcome.CURE if all(empty(law, place) == "yes" for place in places) else Outcome.REVIEW


def _the_same(form: AsistenciaRequest) -> bool:
    """Whether the current holder may be the new one."""
    return same_person(form.holder, form.previous_holder) != "different"


def _named(person: Person) -> Fact[str] | None:
    """Return a fact that names an earlier holder, None where the form names none."""
    facts = (person.id_number, person.first_surname, person.given_name)
    return next((fact for fact in facts if fact and known(fact)), None)


@judge("asistencia_sanitaria")
def by_the_beneficiary(application: Application, law: Law) -> Iterator[Finding]:
    """AS-BEN-12: who files for themself names the holder and is the one beneficiary, of age."""
    for form in application.asistencia:
        box = form.filed_by_beneficiary
        match ticked(law, box):
            case "unsure":
                yield BY_BENEFICIARY.finds(Outcome.REVIEW, law, box, reason=_BY_WHOM)
            case "yes":
                yield _filed(form, [c for c in claims(application) if c.form is form], law)


def _filed(form: AsistenciaRequest, named: list[Claim], law: Law) -> Finding:
    """Return the finding on a form that its beneficiary files."""
    box, holder = form.filed_by_beneficiary, form.holder
    written = (holder.first_surname, holder.given_name, holder.id_number)
    missing = [fact for fact in written if not known(fact)]
    if missing or not named:
        return BY_BENEFICIARY.finds(cure_if(law, box, *missing), law, box, *missing)
    born = named[0].person.birth_date
    years = whole("rd-1192-2012", "majority_years", on=law.on)
    grown = born is not None and born.value is not None and reached(born.value, years, law)
    if len(named) > 1 or not grown:
        return BY_BENEFICIARY.finds(Outcome.REVIEW, law, box, born, reason=_BY_WHOM)
    about = named[0].about
    return BY_BENEFICIARY.finds(Outcome.MET, law, box, born, *written, reason=_COMPLETE, about=about)
