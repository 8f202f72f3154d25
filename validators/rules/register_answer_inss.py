"""What a consulted register says of who applies to the INSS: it stands for the certificate (AS-PAD-01).

Source: RD 1192/2012 art. 6.2, last paragraph (no certificate where the data are fetched); Ley 39/2015
art. 28.2. A beneficiary is asked about too (RD 1192/2012 art. 3.3): what is found is told, no paper is owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.consultation import OPPOSITION
from validators.crosscheck.addresses import compare_addresses
from validators.facts import Address, Application, Fact, RegisterAnswer
from validators.finding import Finding, Outcome, Text
from validators.rules import Law, judge
from validators.rules._answered import UNASKED, answers, current, in_force, of_the_person, speaks_for
from validators.rules.asistencia_residence import REGISTERED

_FOUND = Text(
    "La consulta al padrón ({source}, datos del {day}) muestra el empadronamiento en vigor.",
    "A consulta ao padrón ({source}, datos do {day}) mostra o empadroamento en vigor.",
    "The query of the register ({source}, data of {day}) shows the registration in force.",
)
_OTHER_HOME = Text(
    "En el padrón consultado ({source}) consta un domicilio distinto del de la solicitud: {why_es}.",
    "No padrón consultado ({source}) consta outro domicilio ca na solicitude: {why_gl}.",
    "The register that was asked ({source}) has another address than the application: {why_en}.",
)
_NOT_SURE = Text(
    "La consulta al padrón ({source}) no muestra con certeza a la persona inscrita al presentar.",
    "A consulta ao padrón ({source}) non mostra con certeza a persoa inscrita ao presentar.",
    "The query of the register ({source}) does not show with certainty the person registered when filing.",
)
_NOT_THERE = Text(
    "El padrón consultado ({source}) no encuentra a la persona: aporte el certificado de empadronamiento.",
    "O padrón consultado ({source}) non atopa a persoa: achegue o certificado de empadroamento.",
    "The register that was asked ({source}) does not find the person: provide a certificate of registration.",
)
_SEVERAL = Text(
    "La consulta al padrón ({source}) no identifica a una sola persona: hace falta el certificado.",
    "A consulta ao padrón ({source}) non identifica unha soa persoa: fai falta o certificado.",
    "The query of the register ({source}) does not identify a single person: the certificate is needed.",
)
_AGAINST_PAPER = Text(
    "El documento aportado inscribe a la persona y el padrón consultado ({source}) no la encuentra.",
    "O documento achegado inscribe a persoa e o padrón consultado ({source}) non a atopa.",
    "The paper brought registers the person and the register that was asked ({source}) does not find them.",
)
_UNASKED = Text(
    "No se ha comprobado en el padrón ({source}): {why_es}.",
    "Non se comprobou no padrón ({source}): {why_gl}.",
    "Not checked in the register ({source}): {why_en}.",
)
_IN_WRITING = Text(
    "Un escrito se opone a la consulta del padrón: si es así, hace falta el certificado.",
    "Un escrito oponse á consulta do padrón: se é así, fai falta o certificado.",
    "A letter objects to the query of the register: if so, the certificate is needed.",
)
_NO_HOME = Address()


@judge("asistencia_sanitaria")
def applicant(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01: found at the stated home, no paper is owed; not found, the certificate is; else a person."""
    sure = {answer.document for answer in of_the_person(application)}
    for answer in answers(application):
        words: dict[str, Any] = {"source": answer.source}
        if answer.answer == "found":
            yield _found(application, answer, law, same=answer.document in sure)
        elif answer.why == "number_of_another":
            yield REGISTERED.finds(Outcome.REVIEW, law, reason=_NOT_SURE, **words)
        elif answer.answer == "not_checked":
            if not application.registrations:
                yield _unasked(answer, law)
        elif _of_the_home(application, answer):
            yield _not_there(application, answer, law)


@judge("asistencia_sanitaria")
def opposed_in_writing(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01: a letter opposes the query, whatever the box says: a person looks, and nobody is asked."""
    letters = [mention.evidence for mention in application.mentions if mention.subject == OPPOSITION]
    if letters and not application.registrations:
        yield REGISTERED.finds(Outcome.REVIEW, law, evidence=letters, reason=_IN_WRITING)


@judge("asistencia_sanitaria")
def beneficiaries(application: Application, law: Law) -> Iterator[Finding]:
    """AS-PAD-01, person by person: what the register shows of each beneficiary (see AS-BEN-09)."""
    for answer in application.register:
        if answer.about == "applicant" or answer.answer == "not_checked":
            continue
        there = list(in_force(answer, law.on)) if answer in of_the_person(application, answer.about) else []
        words: dict[str, Any] = {"source": answer.source, "day": answer.as_of}
        if there and current(answer, law):
            facts = [fact for stay in there for fact in (stay.municipality, stay.until)]
            yield REGISTERED.finds(Outcome.MET, law, *facts, reason=_FOUND, about=answer.about, **words)
        else:
            yield REGISTERED.finds(Outcome.NOTICE, law, reason=_NOT_SURE, about=answer.about, **words)


def _not_there(application: Application, answer: RegisterAnswer, law: Law) -> Finding:
    """Return that the register of the home does not know the person, or not which of several."""
    papers = bool(application.registrations)
    if answer.answer == "ambiguous":
        outcome = Outcome.NOTICE if papers else Outcome.CURE
        return REGISTERED.finds(outcome, law, reason=_SEVERAL, source=answer.source)
    outcome, reason = (Outcome.REVIEW, _AGAINST_PAPER) if papers else (Outcome.CURE, _NOT_THERE)
    return REGISTERED.finds(outcome, law, reason=reason, source=answer.source)


def _found(application: Application, answer: RegisterAnswer, law: Law, *, same: bool) -> Finding:
    """Return the finding on somebody whom the register found."""
    there = list(in_force(answer, law.on))
    facts: list[Fact[Any]] = [fact for stay in there for fact in (stay.municipality, stay.since, stay.until)]
    words: dict[str, Any] = {"source": answer.source, "day": answer.as_of}
    if not same or not there:
        return REGISTERED.finds(Outcome.REVIEW, law, *facts, reason=_NOT_SURE, **words)
    home = next((form.address for form in application.asistencia), _NO_HOME)
    compared = compare_addresses(home, answer.address)
    if compared.verdict == "contradiction":
        why = compared.differences[0].text
        words |= {"why_es": why.es, "why_gl": why.gl, "why_en": why.en}
        facts += [*home.parts.values(), *answer.address.parts.values()]
        return REGISTERED.finds(Outcome.REVIEW, law, *facts, reason=_OTHER_HOME, **words)
    if compared.verdict == "not_comparable" or not current(answer, law):
        return REGISTERED.finds(Outcome.NOTICE, law, *facts, reason=_NOT_SURE, **words)
    return REGISTERED.finds(Outcome.MET, law, *facts, reason=_FOUND, **words)


def _of_the_home(application: Application, answer: RegisterAnswer) -> bool:
    """Whether a source speaks for the municipality where the person says to live."""
    cities = (form.address.parts.get("city") for form in application.asistencia)
    return any(city and city.value and speaks_for(answer, city.value) for city in cities)


def _unasked(answer: RegisterAnswer, law: Law) -> Finding:
    """Return that the register was not asked, or gave no answer, and why."""
    why = UNASKED[answer.why or "down"]
    words: dict[str, Any] = {"why_es": why.es, "why_gl": why.gl, "why_en": why.en}
    return REGISTERED.finds(Outcome.NOTICE, law, reason=_UNASKED, source=answer.source, **words)
