"""What registers answered in a case, as the rules ask for it; in three answers as everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from validators.crosscheck import columns
from validators.dates import add_months
from validators.facts import Application, Period, RegisterAnswer
from validators.finding import Text
from validators.rules import Law
from validators.towns import same_town

UNASKED: dict[str, Text] = {
    "opposed": Text(
        "la persona se opone a la consulta", "a persoa oponse á consulta", "the person objects to the query"
    ),
    "opposition_unclear": Text(
        "no se lee con seguridad si la persona se opone a la consulta",
        "non se le con seguridade se a persoa se opón á consulta",
        "whether the person objects cannot be read with certainty",
    ),
    "before_the_law": Text(
        "la ley de la fecha de presentación exigía el consentimiento",
        "a lei da data de presentación esixía o consentimento",
        "the law of the filing date wanted the person's consent",
    ),
    "identity_unclear": Text(
        "el número o el nombre no se leen con seguridad",
        "o número ou o nome non se len con seguridade",
        "number or name cannot be read with certainty",
    ),
    "down": Text("la fuente no responde", "a fonte non responde", "the source does not answer"),
    "slow": Text(
        "la fuente no contestó a tiempo", "a fonte non contestou a tempo", "the source was too slow"
    ),
    "wrong": Text(
        "no se puede leer la fuente, o una línea que puede ser de la persona",
        "non se pode ler a fonte, ou unha liña que pode ser da persoa",
        "the source cannot be read, or a line that may be the person's",
    ),
}


def answers(application: Application, about: str = "applicant") -> list[RegisterAnswer]:
    """Return what was answered about one person, or why nothing was."""
    return [answer for answer in application.register if answer.about == about]


def of_the_person(application: Application, about: str = "applicant") -> list[RegisterAnswer]:
    """Return the answers that found somebody who surely is the person asked about."""
    same = {c.document for c in columns(application) if c.kind == "register" and c.match == "same"}
    return [one for one in answers(application, about) if one.answer == "found" and one.document in same]


def speaks_for(answer: RegisterAnswer, town: str) -> bool:
    """Whether a source speaks for a municipality."""
    return any(same_town(own, town) for own in answer.municipalities)


def in_force(answer: RegisterAnswer, on: dt.date) -> Iterator[Period]:
    """Yield the stays that the register shows on a day."""
    for stay in answer.periods:
        begun = stay.since.value is not None and stay.since.value <= on
        if begun and (stay.until.value is None or stay.until.value > on):
            yield stay


def current(answer: RegisterAnswer, law: Law) -> bool:
    """Whether an answer is new enough to speak of the filing day, as a certificate would be (CE-RES-16)."""
    oldest = add_months(law.on, -law.policy.certificate_age_months)
    return answer.as_of is not None and answer.as_of >= oldest


def lives_in(application: Application, law: Law, town: str) -> RegisterAnswer | None:
    """Return the answer that surely shows the applicant registered in *town* on the filing day, if any."""
    for answer in of_the_person(application):
        stays = in_force(answer, law.on)
        if current(answer, law) and any(same_town(s.municipality.value or "", town) for s in stays):
            return answer
    return None
