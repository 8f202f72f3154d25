"""What a register's answer adds to a certificate that says the same: two readings that agree.

Two independent readings of chances a and b that say the same are right with ab / (ab + (1-a)(1-b)), never
above 0.99. Only where the register names the same person by name and number and gives the very same stay
(municipality, alta and baja) is anything raised: else a scanned value stays as sure as it was read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, TypeVar

from validators.facts import Application, Fact, Period, Person, RegisterAnswer, Registration
from validators.identity import full_name, names_match
from validators.numbers import plain
from validators.towns import same_town

T = TypeVar("T")
MOST = 0.99
"""No reading is ever surer, however many agree."""


def corroborated(application: Application) -> Application:
    """Return *application* with the stays of its certificates as sure as the register's answer makes them."""
    answers = [a for a in application.register if a.answer == "found" and a.about == "applicant"]
    if not answers:
        return application
    papers = tuple(_raised(paper, answers) for paper in application.registrations)
    return replace(application, registrations=papers)


def combined(a: float, b: float) -> float:
    """Return the chance that a value is right that two independent readings give; never above MOST."""
    both, neither = a * b, (1 - a) * (1 - b)
    return max(a, min(MOST, both / (both + neither))) if both + neither else a


def _raised(paper: Registration, answers: list[RegisterAnswer]) -> Registration:
    """Return a paper with each stay that an answer gives too."""
    own = [answer for answer in answers if _one_person(paper.person, answer.person)]
    if not own:
        return paper
    periods = tuple(_confirmed(period, own, paper.issued_on) for period in paper.periods)
    return replace(paper, periods=periods)


def _one_person(one: Person, other: Person) -> bool:
    """Whether two sources give the same name and the same number."""
    numbers = [p.id_number.value for p in (one, other) if p.id_number and p.id_number.value]
    named = names_match(full_name(one), full_name(other)) == "same"
    return named and len(numbers) == 2 and plain(numbers[0]) == plain(numbers[1])


def _confirmed(period: Period, answers: list[RegisterAnswer], issued_on: Fact[dt.date] | None) -> Period:
    """Return the stay, surer where an answer gives the very same one.

    That it is still open is confirmed only by an answer as new as the certificate.
    """
    for answer in answers:
        for told in answer.periods:
            if not same_stay(period, told):
                continue
            issued = issued_on.value if issued_on else None
            new = answer.as_of is not None and issued is not None and answer.as_of >= issued
            until = _surer(period.until, told.until) if told.until.value or new else period.until
            return replace(
                period,
                municipality=_surer(period.municipality, told.municipality),
                since=_surer(period.since, told.since),
                until=until,
            )
    return period


def same_stay(one: Period, other: Period) -> bool:
    """Whether two sources give the same municipality and the very same days."""
    town = same_town(one.municipality.value or "", other.municipality.value or "")
    days = (one.since.value, one.until.value) == (other.since.value, other.until.value)
    return town and days and one.since.value is not None and not _lost(one.until)


def _lost(until: Fact[Any]) -> bool:
    """Whether an end without a date is one that could not be read, not one that is open."""
    return until.value is None and until.confidence == 0.0


def _surer(fact: Fact[T], told: Fact[T]) -> Fact[T]:
    """Return the fact as sure as both readings make it; a second reading of the same place is settled."""
    return Fact(
        value=fact.value,
        confidence=combined(fact.confidence, told.confidence),
        evidence=(*fact.evidence, *told.evidence),
    )
