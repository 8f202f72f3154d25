"""What is compared: each fact's place in a paper, how it is shown, and how two papers are compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from validators.crosscheck.addresses import compare_addresses, line
from validators.crosscheck.columns import Column
from validators.crosscheck.difference import Compared, differ
from validators.crosscheck.names import compare_names
from validators.crosscheck.values import compare_births, compare_nationalities, compare_numbers, value_of
from validators.facts import Fact
from validators.identity import full_name
from validators.numbers import plain


class Way(NamedTuple):
    """One fact: its text in a paper (empty: not there), the facts it stands on, the comparison.

    The comparison takes the first paper that says it, the paper at hand, and the applicant's own numbers.
    """

    fact: str
    shown: Callable[[Column], str]
    stands_on: Callable[[Column], list[Fact[Any] | None]]
    compare: Callable[[Column, Column, frozenset[str]], Compared]


def _numbers(one: Column, other: Column, own: frozenset[str]) -> Compared:
    """Compare two numbers; one that stands in the person's own card is theirs too."""
    compared = compare_numbers(one.person, other.person)
    number = value_of(other.person.id_number)
    odd = any(difference.kind != "notation" for difference in compared.differences)
    return differ("own_numbers") if odd and number and plain(number) in own else compared


def _birth(column: Column) -> str:
    """Return the date of birth, ISO."""
    born = column.person.birth_date
    return born.value.isoformat() if born and born.value else ""


def _name(column: Column) -> list[Fact[Any] | None]:
    """Return the parts of the name."""
    person = column.person
    return [person.given_name, person.first_surname, person.second_surname]


WAYS = (
    Way("name", lambda c: full_name(c.person), _name, lambda a, b, _: compare_names(a.person, b.person)),
    Way("id_number", lambda c: value_of(c.person.id_number) or "", lambda c: [c.person.id_number], _numbers),
    Way(
        "birth_date",
        _birth,
        lambda c: [c.person.birth_date],
        lambda a, b, _: compare_births(a.person, b.person),
    ),
    Way(
        "nationality",
        lambda c: value_of(c.person.nationality) or "",
        lambda c: [c.person.nationality],
        lambda a, b, _: compare_nationalities(a.person, b.person),
    ),
    Way(
        "address",
        lambda c: line(c.address),
        lambda c: list(c.address.parts.values()),
        lambda a, b, _: compare_addresses(a.address, b.address),
    ),
)
