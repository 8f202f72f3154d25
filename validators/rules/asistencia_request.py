"""The INSS form 6-071 itself: there, filled in, signed, with address and province.

Source: docs/law.md section 1; form 6-071; Ley 39/2015 art. 66; RD 1192/2012 art. 6.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from validators.dates import add_months, age
from validators.facts import Application, Fact, Person
from validators.finding import Finding, Outcome, Text
from validators.law import whole
from validators.law.regimes import LEY_39_2015, RD_1192_2012, RDL_7_2018
from validators.provinces import province_of, province_of_postal_code
from validators.rules import Law, Rule, judge
from validators.rules._beneficiary import claims
from validators.rules._certainty import ADDRESSED, cure_if, empty, known, ticked

FORM = Rule(
    id="AS-FORM-01",
    basis="Ley 39/2015, art. 66; INSS, modelo 6-071",
    es="Falta el impreso de solicitud cumplimentado.",
    gl="Falta o impreso de solicitude cuberto.",
    en="The completed application form is missing.",
    since=LEY_39_2015,
)
REMARKS = Rule(
    id="AS-OBS-01",
    basis="INSS, servicio de reconocimiento del derecho",
    es="Las observaciones solo se rellenan cuando no se adjunta impreso.",
    gl="As observacións só se enchen cando non se achega impreso.",
    en="Remarks are to be filled in only when no form is attached.",
)
SIZE = Rule(
    id="AS-SIZE-01",
    basis="INSS, servicio de reconocimiento del derecho",
    es="El conjunto de anexos supera los 10 MB admitidos, o lo supera según cómo se cuente.",
    gl="O conxunto de anexos supera os 10 MB admitidos, ou supérao segundo como se conte.",
    en="The attachments exceed the 10 MB allowed, or do so by one way of counting.",
)
_TOO_LARGE = Text(
    "El conjunto de anexos supera los 10 MB admitidos.",
    "O conxunto de anexos supera os 10 MB admitidos.",
    "The attachments exceed the 10 MB allowed.",
)
BABY = Rule(
    id="AS-EDAD3-01",
    basis="INSS, servicio de reconocimiento del derecho",
    es="La persona menor no ha cumplido tres meses: le corresponde otro trámite.",
    gl="A persoa menor aínda non fixo os tres meses: correspóndelle outro trámite.",
    en="The child is under three months old: another procedure applies.",
)
_THAT_DAY = Text(
    "La persona menor cumple tres meses el mismo día de la solicitud.",
    "A persoa menor fai os tres meses o mesmo día da solicitude.",
    "The child turns three months old on the filing day.",
)
_UNBORN = Text(
    "La fecha de nacimiento es posterior a la solicitud.",
    "A data de nacemento é posterior á solicitude.",
    "The date of birth is after the filing.",
)
_TOO_OLD = Text(
    "La fecha de nacimiento no puede ser cierta: sería una persona de edad imposible.",
    "A data de nacemento non pode ser certa: sería unha persoa de idade imposible.",
    "The date of birth cannot be true: nobody reaches that age.",
)
SIGNED = Rule(
    id="AS-FIR-01",
    basis="Ley 39/2015, art. 66.1.e",
    es="Falta la firma de la solicitud.",
    gl="Falta a sinatura da solicitude.",
    en="The application is not signed.",
    since=LEY_39_2015,
)
_IS_SIGNED = Text("La solicitud está firmada.", "A solicitude está asinada.", "The application is signed.")
_SIGNED_LATER = Text(
    "La firma lleva una fecha posterior a la presentación.",
    "A sinatura leva unha data posterior á presentación.",
    "The signature is dated after the filing.",
)
ADDRESS = Rule(
    id="AS-NOT-01",
    basis="Ley 39/2015, art. 66.1.b; INSS, modelo 6-071",
    es="Falta el domicilio a efectos de notificación.",
    gl="Falta o domicilio para os efectos de notificación.",
    en="The address for notifications is missing.",
    since=LEY_39_2015,
)
_UNSURE_PLACE = Text(
    "Consta el domicilio, pero parte de él se lee con duda: compruébelo antes de notificar.",
    "Consta o domicilio, pero parte del lese con dúbida: compróbeo antes de notificar.",
    "The address is stated; part of it is read with doubt: check it before notifying.",
)
PROVINCE = Rule(
    id="AS-PROV-01",
    basis="RD 1192/2012, art. 6.1 (RDL 7/2018, DT 2ª)",
    es="La provincia elegida no coincide con la del domicilio.",
    gl="A provincia elixida non coincide coa do domicilio.",
    en="The chosen province is not that of the home address.",
    since=RDL_7_2018,
)
_NO_PROVINCE = Text("Falta la provincia.", "Falta a provincia.", "The province is missing.")
RULES = (
    *FORM.formerly((RD_1192_2012, "Ley 30/1992, art. 70; INSS, modelo 6-071")),
    *SIGNED.formerly((RD_1192_2012, "Ley 30/1992, art. 70.1.d")),
    *ADDRESS.formerly((RD_1192_2012, "Ley 30/1992, art. 70.1.a; INSS, modelo 6-071")),
    *PROVINCE.formerly((RD_1192_2012, "RD 1192/2012, art. 6.1")),
)


@judge("asistencia_sanitaria")
def form_and_remarks(application: Application, law: Law) -> Iterator[Finding]:
    """AS-FORM-01 and AS-OBS-01: remarks stand in for a form, never beside one."""
    if application.asistencia:
        if application.remarks:
            yield REMARKS.finds(Outcome.NOTICE, law)
    elif application.remarks:
        yield FORM.finds(Outcome.REVIEW, law)
    else:
        yield FORM.finds(Outcome.CURE, law)
        yield REMARKS.finds(Outcome.CURE, law)


@judge("asistencia_sanitaria")
def filled_in(application: Application, law: Law) -> Iterator[Finding]:
    """AS-FORM-01: what is asked for is ticked; the holder's name, birth and nationality are written.

    A nationality that another paper of the same person tells need not be asked for.
    """
    for form in application.asistencia:
        holder = form.holder
        needed: list[Fact[Any] | None] = [holder.first_surname, holder.given_name, holder.birth_date]
        if not known(application.applicant.nationality):
            needed.append(holder.nationality)
        for written in needed:
            if not known(written):
                yield FORM.finds(cure_if(law, written), law, written)
        boxes = (form.for_holder, form.for_beneficiary, form.change_of_holder, form.filed_by_beneficiary)
        if all(ticked(law, box) != "yes" for box in boxes):
            yield FORM.finds(cure_if(law, *boxes), law, *boxes)


@judge("asistencia_sanitaria")
def size(application: Application, law: Law) -> Iterator[Finding]:
    """AS-SIZE-01: as stored or unpacked; between the two readings of ten megabytes the policy decides."""
    binary = law.policy.megabyte == "binary"
    most = whole("inss-service", "attachments_bytes" if binary else "attachments_bytes_strict", on=law.on)
    if max(application.stored_bytes, application.unpacked_bytes) > most:
        yield SIZE.finds(Outcome.REVIEW, law, reason=_TOO_LARGE if law.policy.megabyte != "review" else None)


@judge("asistencia_sanitaria")
def baby(application: Application, law: Law) -> Iterator[Finding]:
    """AS-EDAD3-01: under three months, date to date, belongs to another service; the very day is told."""
    months = whole("inss-service", "baby_months", on=law.on)
    people: list[tuple[Person, str | None]] = [(form.holder, None) for form in application.asistencia]
    people += [(claim.person, claim.about) for claim in claims(application)]
    for person, about in people:
        born = person.birth_date.value if person.birth_date else None
        if born is not None and add_months(born, months) >= law.on:
            found = _young(person.birth_date, born, add_months(born, months), law)
            yield replace(found, about=about)
        elif born is not None and age(born, law.on) > whole("product", "oldest_age_years", on=law.on):
            yield BABY.finds(Outcome.REVIEW, law, person.birth_date, reason=_TOO_OLD, about=about)


def _young(fact: Fact[dt.date] | None, born: dt.date, complete: dt.date, law: Law) -> Finding:
    """Return the finding for a child who completes the months on a day not before the filing."""
    if born > law.on:
        return BABY.finds(Outcome.REVIEW, law, fact, reason=_UNBORN)
    if complete == law.on:
        return BABY.finds(Outcome.NOTICE, law, fact, reason=_THAT_DAY)
    return BABY.finds(Outcome.REFER, law, fact)


@judge("asistencia_sanitaria")
def signature(application: Application, law: Law) -> Iterator[Finding]:
    """AS-FIR-01: a signature, not dated after the filing."""
    for form in application.asistencia:
        signed, day = form.holder_signature.present, form.holder_signature.on
        if ticked(law, signed) != "yes":
            yield SIGNED.finds(cure_if(law, signed), law, signed)
        elif day is not None and day.value is not None and day.value > law.on:
            yield SIGNED.finds(Outcome.REVIEW, law, signed, day, reason=_SIGNED_LATER)
        else:
            yield SIGNED.finds(Outcome.MET, law, signed, reason=_IS_SIGNED)


@judge("asistencia_sanitaria")
def address(application: Application, law: Law) -> Iterator[Finding]:
    """AS-NOT-01: the street and the town, or its postal code, to which the resolution goes."""
    for form in application.asistencia:
        parts = form.address.parts
        if not (
            known(parts.get("street_name")) and (known(parts.get("city")) or known(parts.get("postal_code")))
        ):
            yield ADDRESS.finds(Outcome.CURE, law, *form.address.unread())
            continue
        doubtful = {name for name, part in parts.items() if part.confidence < law.policy.acceptance}
        if doubtful:
            outcome = Outcome.REVIEW if doubtful & ADDRESSED else Outcome.NOTICE
            yield ADDRESS.finds(
                outcome, law, *(parts[name] for name in parts if name in doubtful), reason=_UNSURE_PLACE
            )


@judge("asistencia_sanitaria")
def province(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PROV-01: the province of the domicile decides which directorate is competent; never a refusal."""
    for form in application.asistencia:
        if not known(form.province):
            doubt = empty(law, form.province) == "unsure"
            outcome = Outcome.REVIEW if doubt else Outcome.CURE
            yield PROVINCE.finds(outcome, law, form.province, reason=_NO_PROVINCE)
            continue
        chosen = province_of(form.province.value or "") if form.province else None
        home = form.address.parts.get("postal_code")
        if chosen is None or not _at_home(chosen, home):
            yield PROVINCE.finds(Outcome.REVIEW, law, form.province, home)


def _at_home(chosen: str, postal_code: Fact[str] | None) -> bool:
    """Whether the postal code lies in the chosen province; without one there is nothing to compare."""
    if postal_code is None or postal_code.value is None:
        return True
    return province_of_postal_code(postal_code.value) == chosen
