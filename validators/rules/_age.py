"""Ages on the filing day: whether the applicant is of age, by every date of birth that a paper gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from validators.dates import age, leap_birthday
from validators.facts import Application, Fact
from validators.identity import person_of
from validators.law import whole
from validators.once import once
from validators.rules import Law
from validators.rules._certainty import Answer
from validators.stays import certificates, match

_OLDEST = 130
"""An age beyond this is a misreading."""


@once
def of_age(application: Application, law: Law) -> tuple[Answer, tuple[Fact[dt.date], ...]]:
    """Return whether the applicant is of age on the filing day, and the dates of birth that tell it.

    `unsure` where none was read, one is impossible, or two do not agree on the answer.
    """
    births = tuple(fact for fact in _births(application) if fact.value is not None)
    answers = {_adult(day, law) for fact in births for day in (fact.value, *fact.others) if day is not None}
    best = max(births, key=lambda fact: fact.confidence, default=None)
    if best is not None and answers == {True}:
        return "yes", (best,)
    if best is not None and answers == {False} and not _registered_before(births, application):
        return "no", (best,)
    return "unsure", births


def _registered_before(births: Iterable[Fact[dt.date]], application: Application) -> bool:
    """Whether a certificate registers the applicant before a date of birth, which then cannot be right."""
    periods = (period for paper in certificates(application) for period in paper.periods)
    altas = [period.since.value for period in periods if period.since.value is not None]
    return any(fact.value is not None and fact.value > alta for fact in births for alta in altas)


def _births(application: Application) -> Iterator[Fact[dt.date]]:
    """Yield every date of birth of the applicant that a paper gives."""
    cards = (c for c in application.identities if match(application, person_of(c)) == "same")
    people = [application.applicant, *map(person_of, cards), *(r.person for r in certificates(application))]
    yield from (person.birth_date for person in people if person.birth_date)


def _adult(born: dt.date, law: Law) -> bool | None:
    """Whether somebody *born* then is of age; None where it cannot be told."""
    if born > law.on or age(born, law.on) > _OLDEST:
        return None
    return reached(born, whole("rd-180-2026", "majority_years", on=law.on), law)


def reached(born: dt.date, years: int, law: Law) -> bool | None:
    """Whether somebody has completed *years* on the filing day; None on the 28 February that may be early.

    Who was born on 29 February has no birthday in a common year: `Policy.leap_birthday` says which day.
    """
    if leap_birthday(born, years) and age(born, law.on) == years and (law.on.month, law.on.day) == (2, 28):
        return {"review": None, "february_28": True, "march_1": False}[law.policy.leap_birthday]
    return age(born, law.on) >= years
