"""The consultation of one case: who is asked about, each source once, a line for the audit of every question.

Only the applicant and the beneficiaries of the form are asked about, only where the law lets it
(`validators.consultation`), and only sources that speak for a municipality that the case names. A source
that fails is "not checked", never "not found".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from pipeline.case import Read
from pipeline.facts import put_together
from pipeline.facts.filing import SPAIN
from pipeline.register.answers import Answering
from pipeline.register.chosen import Source
from pipeline.register.source import Question, SilentSource
from pipeline.register.sources import Sources
from validators.consultation import asked, people, refused, sure_name, sure_number
from validators.facts import Application, Person, RegisterAnswer
from validators.identity import full_name
from validators.policy import Policy
from validators.towns import same_town


class Asked(NamedTuple):
    """A question that was put, as the audit keeps it: no name, no number, no address."""

    case: str
    source: str
    ground: str
    about: str
    answer: str
    why: str | None


Audit = Callable[[Asked], None]


def consulted(case: Read, sources: Sources, policy: Policy, audit: Audit) -> Read:
    """Return *case* with what the sources say of its people; as it is where none is set up.

    *audit* is told of each question right after it was put.
    """
    if not sources.all:
        return case
    application = put_together(case)
    return replace(case, register=tuple(_answers(case.id, application, sources, policy, audit)))


def _answers(
    case: str, application: Application, sources: Sources, policy: Policy, audit: Audit
) -> Iterator[RegisterAnswer]:
    """Yield an answer for each person and each source that could tell of them."""
    if not asked(application):
        return
    against, number = refused(application, policy), count(1)
    for about, person in people(application):
        question = _question(person, policy)
        for source in (one for one in sources.all if _speaks(one, application)):
            answering = Answering(f"register-{next(number)}", source, about)
            if against or question is None:
                yield answering.unasked(against or "identity_unclear")
                continue
            answer = _put(answering, question, sources)
            audit(Asked(case, source.name, source.ground, about, answer.answer, answer.why))
            yield answer


def _put(answering: Answering, question: Question, sources: Sources) -> RegisterAnswer:
    """Ask one source about one person."""
    try:
        reply = sources.ask(answering.source, question)
    except SilentSource as silent:
        return answering.unasked(silent.why)
    if reply.as_of is not None and reply.as_of > dt.datetime.now(SPAIN).date():
        # a slip in the settings would make old data pass for new ones
        return answering.unasked("wrong")
    return answering.of_reply(reply)


def _question(person: Person, policy: Policy) -> Question | None:
    """Return what to ask by; None where neither the number nor name and birth are surely read."""
    number, named = sure_number(person, policy), sure_name(person, policy)
    if number is None and not named:
        return None
    born = person.birth_date.value if person.birth_date and named else None
    return Question(number=number, name=full_name(person), birth_date=born)


def _speaks(source: Source, application: Application) -> bool:
    """Whether a source speaks for a municipality that the case names; for all cases that name none."""
    named = list(_towns(application))
    return not named or any(same_town(own, town) for own in source.towns().values() for town in named)


def _towns(application: Application) -> Iterator[str]:
    """Yield the municipalities of the forms' homes and of the register's papers."""
    homes = [f.address for f in application.convenio] + [f.address for f in application.asistencia]
    for home in homes:
        city = home.parts.get("city")
        if city and city.value:
            yield city.value
    for paper in application.registrations:
        if paper.municipality and paper.municipality.value:
            yield paper.municipality.value
        yield from (p.municipality.value for p in paper.periods if p.municipality.value)
        yield from (p.origin for p in paper.periods if p.origin)
