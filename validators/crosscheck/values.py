"""How two numbers, dates, nationalities or accounts differ."""

from __future__ import annotations

import datetime as dt

from validators.crosscheck.difference import AGREE, NOT_COMPARABLE, Compared, differ
from validators.facts import Fact, Person
from validators.identity import births_match, full_name, names_match, numbers_match
from validators.numbers import plain


def value_of(fact: Fact[str] | None) -> str | None:
    """Return the text of a fact, if it was read."""
    return fact.value if fact else None


def compare_numbers(one: Person, other: Person) -> Compared:
    """Compare two identity numbers; the same person may go by a NIE and a passport, old or new."""
    a, b = value_of(one.id_number), value_of(other.id_number)
    if not a or not b:
        return NOT_COMPARABLE
    match numbers_match(a, b):
        case "same":
            return AGREE if a == b else differ("notation")
        case "unsure":
            return differ("two_kinds")
        case _:
            alike = names_match(full_name(one), full_name(other)) == births_match(one, other) == "same"
            return differ("old_number" if alike else "other_number")


def compare_births(one: Person, other: Person) -> Compared:
    """Compare two dates of birth."""
    a, b = (person.birth_date.value if person.birth_date else None for person in (one, other))
    if a is None or b is None:
        return NOT_COMPARABLE
    if a == b:
        return AGREE
    return differ("day_and_month" if _swapped(a) == b else "other_date")


def _swapped(day: dt.date) -> dt.date | None:
    """Return the date with day and month exchanged, where there is such a day."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def compare_nationalities(one: Person, other: Person) -> Compared:
    """Compare two nationalities, ISO 3166 alpha-3 or the paper's own word."""
    a, b = value_of(one.nationality), value_of(other.nationality)
    if not a or not b:
        return NOT_COMPARABLE
    return AGREE if a == b else differ("other_nationality")


def compare_accounts(one: str | None, other: str | None) -> Compared:
    """Compare two IBANs, however they are written."""
    if not one or not other:
        return NOT_COMPARABLE
    if plain(one) != plain(other):
        return differ("other_account")
    return AGREE if one == other else differ("notation")
