"""What a consulted register confirms or contradicts before INGESA: CE-DOC-06, CE-RES-14 and CE-RES-15.

The register shows who lives where now; the year before needs certificates all the same (CE-DOC-06). Where
register and certificate say different things both are shown and a person looks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from validators.consultation import OPPOSITION
from validators.crosscheck import columns
from validators.crosscheck.corroboration import same_stay
from validators.facts import Application, Fact, Period, RegisterAnswer
from validators.finding import Finding, Outcome, Text
from validators.rules import Law, judge
from validators.rules._answered import UNASKED, answers, of_the_person, speaks_for
from validators.rules._asked import alta
from validators.rules.documents import QUERY
from validators.rules.identity_match import with_differences
from validators.rules.residence_doubts import UNCERTAIN
from validators.rules.residence_papers import OTHER_PERSON
from validators.stays import certificates
from validators.towns import same_town

_CONFIRMED = Text(
    "El padrón consultado ({source}) da las mismas fechas que el certificado.",
    "O padrón consultado ({source}) dá as mesmas datas que o certificado.",
    "The register that was asked ({source}) gives the same dates as the certificate.",
)
_UNASKED = Text(
    "No se ha comprobado en el padrón ({source}): {why_es}.",
    "Non se comprobou no padrón ({source}): {why_gl}.",
    "Not checked in the register ({source}): {why_en}.",
)
_IN_WRITING = Text(
    "Un escrito se opone a la consulta de datos: no consulte.",
    "Un escrito oponse á consulta de datos: non consulte.",
    "A letter objects to the query of data: do not make it.",
)
_NOT_UNIQUE = Text(
    "La consulta al padrón ({source}) no identifica a una sola persona.",
    "A consulta ao padrón ({source}) non identifica unha soa persoa.",
    "The query of the register ({source}) does not identify a single person.",
)
_OF_ANOTHER = Text(
    "En el padrón consultado ({source}) el número consta a nombre de otra persona.",
    "No padrón consultado ({source}) o número consta a nome doutra persoa.",
    "In the register that was asked ({source}) the number goes with another name.",
)
_NOT_THERE = Text(
    "El certificado inscribe a la persona y el padrón consultado ({source}) no la encuentra.",
    "O certificado inscribe a persoa e o padrón consultado ({source}) non a atopa.",
    "The certificate registers the person and the register that was asked ({source}) does not find them.",
)
_NOBODY = Text(
    "El padrón consultado ({source}) no encuentra a la persona.",
    "O padrón consultado ({source}) non atopa a persoa.",
    "The register that was asked ({source}) does not find the person.",
)
_OTHER_DATES = Text(
    "El certificado dice {paper_es} y el padrón consultado ({source}), {told_es}.",
    "O certificado di {paper_gl} e o padrón consultado ({source}), {told_gl}.",
    "The certificate says {paper_en} and the register that was asked ({source}), {told_en}.",
)


@judge("convenio_especial")
def person(application: Application, law: Law) -> Iterator[Finding]:
    """CE-RES-15: the register's person is not surely the applicant, or the number is somebody else's."""
    if not alta(application, law):
        return
    applicant = application.applicant
    for column in columns(application):
        if column.kind == "register" and column.about == "applicant" and column.match != "same":
            told = column.person
            facts = (told.id_number, told.first_surname, told.given_name, told.birth_date)
            reason = with_differences(OTHER_PERSON, applicant, told)
            yield OTHER_PERSON.finds(Outcome.REVIEW, law, *facts, reason=reason)
    for answer in answers(application):
        if answer.why == "number_of_another":
            number = applicant.id_number
            yield OTHER_PERSON.finds(Outcome.REVIEW, law, number, reason=_OF_ANOTHER, source=answer.source)


@judge("convenio_especial")
def dates(application: Application, law: Law) -> Iterator[Finding]:
    """CE-RES-14 and 15: the register contradicts a certificate; CE-DOC-06 `met`: it says the same."""
    if not alta(application, law):
        return
    stays = [period for paper in certificates(application) for period in paper.periods]
    for answer in of_the_person(application):
        told = [stay for stay in stays if speaks_for(answer, stay.municipality.value or "")]
        against = [s for s in told if _contradicts(answer, s) and not _moved_on(answer, s, stays, law)]
        for stay in against:
            yield _other_dates(answer, stay, law)
        if told and not against and all(_given(answer, stay) for stay in told):
            facts = [fact for stay in told for fact in (stay.municipality, stay.since, stay.until)]
            yield QUERY.finds(Outcome.MET, law, *facts, reason=_CONFIRMED, source=answer.source)
        yield from _elsewhere(answer, stays, law)
    for answer in answers(application):
        missed = [s for s in stays if answer.answer == "not_found" and _would_know(answer, s)]
        if missed:
            facts = [fact for stay in missed for fact in (stay.municipality, stay.since)]
            yield OTHER_PERSON.finds(Outcome.REVIEW, law, *facts, reason=_NOT_THERE, source=answer.source)


def _given(answer: RegisterAnswer, stay: Period) -> bool:
    """Whether the register gives the very same stay."""
    return any(same_stay(stay, told) for told in answer.periods)


def _contradicts(answer: RegisterAnswer, stay: Period) -> bool:
    """Whether the register, which knows of the day, gives another alta or another end of a stay."""
    since = stay.since.value
    if since is None or answer.as_of is None or answer.as_of < since or _given(answer, stay):
        return False
    own = _told_of(answer, stay)
    if own is None or own.since.value != since:
        return True
    return own.until.value is not None or (stay.until.value is not None and answer.as_of >= stay.until.value)


def _moved_on(answer: RegisterAnswer, stay: Period, stays: list[Period], law: Law) -> bool:
    """Whether the register only knows the end of a stay that was still open in an older certificate.

    The certificate of the next municipality begins when the register says that the last one ended.
    """
    own = _told_of(answer, stay)
    if own is None or own.since.value != stay.since.value or stay.until.value is not None:
        return False
    end, days = own.until.value, law.policy.adjacency_days
    begun = [other.since.value for other in stays if other is not stay and other.since.value]
    return end is not None and any(abs((since - end).days) <= days for since in begun)


def _told_of(answer: RegisterAnswer, stay: Period) -> Period | None:
    """Return the register's stay that is nearest to one of a certificate."""
    town = stay.municipality.value or ""
    same = [told for told in answer.periods if same_town(told.municipality.value or "", town)]
    since = stay.since.value or dt.date.min
    return min(same, key=lambda told: abs(((told.since.value or dt.date.min) - since).days), default=None)


def _other_dates(answer: RegisterAnswer, stay: Period, law: Law) -> Finding:
    """Return the finding that shows what the certificate and the register say."""
    told = _told_of(answer, stay)
    facts: list[Fact[dt.date]] = [stay.since, stay.until]
    facts += [told.since, told.until] if told else []
    paper, register = _said(stay), _said(told) if told else _NO_STAY
    words: dict[str, Any] = {f"paper_{language}": getattr(paper, language) for language in Text._fields}
    words |= {f"told_{language}": getattr(register, language) for language in Text._fields}
    return UNCERTAIN.finds(Outcome.REVIEW, law, *facts, reason=_OTHER_DATES, source=answer.source, **words)


_NO_STAY = Text("ninguna inscripción allí", "ningunha inscrición alí", "no entry there")


def _said(stay: Period) -> Text:
    """Return a stay in words."""
    since = f"{stay.since.value:%d/%m/%Y}" if stay.since.value else "?"
    if stay.until.value is None:
        return Text(f"alta el {since}, sin baja", f"alta o {since}, sen baixa", f"alta on {since}, no baja")
    until = f"{stay.until.value:%d/%m/%Y}"
    return Text(
        f"alta el {since} y baja el {until}",
        f"alta o {since} e baixa o {until}",
        f"alta on {since} and baja on {until}",
    )


def _elsewhere(answer: RegisterAnswer, stays: list[Period], law: Law) -> Iterator[Finding]:
    """Yield a review for an open entry elsewhere than where the certificates show one."""
    known = [stay.municipality.value or "" for stay in stays]
    still = [stay.municipality.value or "" for stay in stays if stay.until.value is None]
    for told in answer.periods:
        town = told.municipality.value or ""
        if not still or told.until.value is not None or any(same_town(town, one) for one in known):
            continue
        words: dict[str, Any] = {f"told_{language}": town for language in Text._fields}
        words |= {f"paper_{language}": ", ".join(dict.fromkeys(still)) for language in Text._fields}
        facts = (told.municipality, told.since)
        yield UNCERTAIN.finds(Outcome.REVIEW, law, *facts, reason=_OTHER_DATES, source=answer.source, **words)


def _would_know(answer: RegisterAnswer, stay: Period) -> bool:
    """Whether the source, which found nobody, should know a stay that is open or ended inside the year."""
    since, until = stay.since.value, stay.until.value
    if since is None or answer.as_of is None or answer.as_of < since:
        return False
    return speaks_for(answer, stay.municipality.value or "") and (until is None or until > answer.as_of)


@judge("convenio_especial")
def told(application: Application, law: Law) -> Iterator[Finding]:
    """CE-DOC-06: what was not checked and why, and answers that say nothing of the person."""
    if not alta(application, law):
        return
    letters = [mention.evidence for mention in application.mentions if mention.subject == OPPOSITION]
    if letters:
        yield QUERY.finds(Outcome.NOTICE, law, evidence=letters, reason=_IN_WRITING)
    for answer in answers(application):
        source = answer.source
        if answer.answer == "not_checked":
            why = UNASKED[answer.why or "down"]
            words: dict[str, Any] = {"why_es": why.es, "why_gl": why.gl, "why_en": why.en}
            yield QUERY.finds(Outcome.NOTICE, law, reason=_UNASKED, source=source, **words)
        elif answer.answer == "ambiguous" and answer.why is None:
            yield QUERY.finds(Outcome.NOTICE, law, reason=_NOT_UNIQUE, source=source)
        elif answer.answer == "not_found" and not certificates(application):
            yield QUERY.finds(Outcome.NOTICE, law, reason=_NOBODY, source=source)
