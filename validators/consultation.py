"""Whether a register may be asked about the people of a case without a paper of theirs, and about whom.

Source: Ley 39/2015 art. 28.2 (data that an administration holds, unless the person opposes it); docs/law.md
CE-DOC-06, AS-PAD-01. In doubt nobody is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validators.facts import Application, Fact, Person
from validators.facts.register import Unasked
from validators.identity import full_name, name_parts
from validators.law import figure
from validators.policy import Policy

OPPOSITION = "opposes_queries"
"""The subject of a mention, in a letter or in the remarks, in which the person opposes the query."""


def refused(application: Application, policy: Policy) -> Unasked | None:
    """Return why no register may be asked in this case, None if it may."""
    if not figure("ley-39-2015", "query_without_paper", on=application.filing.filed_on):
        return "before_the_law"
    if any(mention.subject == OPPOSITION for mention in application.mentions):
        return "opposed"
    boxes = [form.opposes_queries for form in application.asistencia]
    if any(box is not None and box.value is True for box in boxes):
        return "opposed"
    if any(box is None or not _sure(box, policy) for box in boxes):
        return "opposition_unclear"
    return None


def people(application: Application) -> Iterator[tuple[str, Person]]:
    """Yield the applicant and the beneficiaries of the form, each by the name that findings use."""
    yield "applicant", application.applicant
    listed = (one for form in application.asistencia for one in form.beneficiaries)
    for number, beneficiary in enumerate(listed, 1):
        yield f"beneficiary-{number}", beneficiary.person


def asked(application: Application) -> bool:
    """Whether the procedure needs the register at all: a *baja* and a change of data do not (CE-ACT-01)."""
    if application.procedure != "convenio_especial":
        return application.procedure == "asistencia_sanitaria"
    facts = [form.request_type for form in application.convenio if form.request_type]
    return not facts or any("alta" in _values(fact) for fact in facts)


def sure_number(person: Person, policy: Policy) -> str | None:
    """Return the number, where it is surely read: a misread one is somebody else's."""
    number = person.id_number
    return number.value if number is not None and number.value and _sure(number, policy) else None


def sure_name(person: Person, policy: Policy) -> bool:
    """Whether the name and the date of birth are both surely read."""
    parts = [f for f in (person.given_name, person.first_surname, person.second_surname) if f and f.value]
    born = person.birth_date
    if born is None or born.value is None or not full_name(person) or not name_parts(full_name(person)):
        return False
    return _sure(born, policy) and all(_sure(part, policy) for part in parts)


def _sure(fact: Fact[Any], policy: Policy) -> bool:
    """Whether a fact was read at the acceptance threshold, and in one way."""
    return fact.confidence >= policy.acceptance and not fact.others


def _values(fact: Fact[str | list[str]]) -> set[str]:
    """Return every box that some reading shows ticked."""
    found: set[str] = set()
    for value in (fact.value, *fact.others):
        found.update([value] if isinstance(value, str) else value or ())
    return found
