"""One paper's fields as the law's types: text, dates, yes and no, each with its certainty and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from extractors.document import Field, Item, Json
from validators.facts import (
    Address,
    Evidence,
    Fact,
    Person,
    Signature,
)

T = TypeVar("T")
_BY_HAND = 0.5
"""Certainty at most that a place is empty in which somebody wrote by hand: none at all."""
_ADDRESS = ("street_type", "street_name", "number", "block", "stair", "floor", "door", "postal_code", "city")


def day(value: Json) -> dt.date | None:
    """Return an ISO day, or None."""
    try:
        return dt.date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        return None


def text(value: Json) -> str | None:
    """Return a text that is not empty, or None."""
    return value.strip() or None if isinstance(value, str) else None


def yes(value: Json) -> bool | None:
    """Return a yes or no, or None."""
    return value if isinstance(value, bool) else None


def choice(value: Json) -> str | list[str] | None:
    """Return the one box ticked, or the list of those, or None."""
    if isinstance(value, list) and value:
        return [str(part) for part in value]
    return text(value)


def amount(value: Json) -> Decimal | None:
    """Return an amount of money, or None."""
    try:
        return Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None


class Paper(NamedTuple):
    """A document with its id in the case; `owners` names another document where a field stands there.

    `seen` says that it was read from a picture: what was not found in it may stand there all the same.
    """

    id: str
    fields: Mapping[str, Field]
    flags: tuple[str, ...] = ()
    owners: Mapping[str, str] = MappingProxyType({})
    seen: bool = False

    def fact(self, name: str, parse: Callable[[Json], T | None]) -> Fact[T] | None:
        """Return the field as a fact: None where the paper has no such field.

        A text that is there but cannot be taken for what it should be is a value of None with no
        certainty, one by hand that nobody read a value of None that is no empty place; other readings of
        the same place stay in `others`.
        """
        field = self.fields.get(name)
        if field is None:
            return None
        value = parse(field.value)
        lost = value is None and field.value is not None and field.value != ""
        hand = value is None and _by_hand(field)
        readings = [parse(reading.value) for reading in field.readings]
        return Fact(
            value=value,
            confidence=0.0 if lost else min(field.confidence, _BY_HAND if hand else 1.0),
            evidence=(Evidence(self.owners.get(name, self.id), name),),
            others=_different(value, readings),
            hand=hand,
        )

    def looked_for(self, name: str, parse: Callable[[Json], T | None]) -> Fact[T] | None:
        """Return the field as a fact: where a picture does not show it, a value of None without certainty."""
        if name in self.fields or not self.seen:
            return self.fact(name, parse)
        return Fact(value=None, confidence=0.0, evidence=(Evidence(self.id, name),))

    def by_hand(self) -> Iterator[Evidence]:
        """Yield the places that somebody filled in by hand and nobody has read."""
        for name, field in self.fields.items():
            if field.value is None and _by_hand(field):
                yield Evidence(self.owners.get(name, self.id), name)

    def rows(self, name: str) -> Iterator[tuple[Mapping[str, Any], float]]:
        """Yield the objects of a list field, each with its own certainty."""
        for row, sure, _ in self._listed(name):
            yield row, sure

    def blocks(self, name: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, float]]]:
        """Yield the objects of a list field with the certainty of each part: its own, where that is told.

        A part is never surer than that its object is in the list, so one that is doubtful leaves others be.
        """
        for row, sure, item in self._listed(name):
            parts = item.parts if item is not None else {}
            yield row, {part: parts[part].confidence if part in parts else sure for part in row}

    def _listed(self, name: str) -> Iterator[tuple[Mapping[str, Any], float, Item | None]]:
        """Yield the objects of a list field, each with its own certainty and its place."""
        field = self.fields.get(name)
        if field is None or not isinstance(field.value, list):
            return
        for index, row in enumerate(field.value):
            if isinstance(row, dict):
                item = field.items[index] if index < len(field.items) else None
                yield row, min(field.confidence, item.confidence if item is not None else 1.0), item


def _by_hand(field: Field) -> bool:
    """Whether somebody wrote there by hand, and no person has said since what it is."""
    return field.hand and field.state in {"read", "illegible"}


def _different(value: T | None, readings: Iterable[T | None]) -> tuple[T, ...]:
    """Return the readings that differ from *value*, each once."""
    found: list[T] = []
    for reading in readings:
        if reading is not None and reading != value and reading not in found:
            found.append(reading)
    return tuple(found)


def person(paper: Paper, prefix: str) -> Person:
    """Return the person whose fields start with *prefix* (`applicant.` ...)."""
    return Person(
        first_surname=paper.fact(f"{prefix}first_surname", text),
        second_surname=paper.fact(f"{prefix}second_surname", text),
        given_name=paper.fact(f"{prefix}given_name", text),
        id_type=paper.fact(f"{prefix}id_type", choice),
        id_number=paper.fact(f"{prefix}id_number", text),
        birth_date=paper.fact(f"{prefix}birth_date", day),
        nationality=paper.fact(f"{prefix}nationality", text),
    )


def address(paper: Paper, prefix: str) -> Address:
    """Return the address whose fields start with *prefix*: the parts filled in, and those left blank.

    Its parts stand in one order, whatever order the fields were read or set right in.
    """
    names = sorted((name for name in paper.fields if name.startswith(prefix)), key=_part)
    found = {name.removeprefix(prefix): paper.fact(name, text) for name in names}
    return Address(
        parts={name: fact for name, fact in found.items() if fact and fact.value},
        blank={name: fact for name, fact in found.items() if fact and not fact.value},
    )


def _part(name: str) -> tuple[int, str]:
    """Return the place of a part in an address as people write it."""
    part = name.rpartition(".")[2]
    return (_ADDRESS.index(part) if part in _ADDRESS else len(_ADDRESS), part)


def signature(paper: Paper, present: str, on: str) -> Signature:
    """Return a place for a signature with the date beside it."""
    return Signature(present=paper.fact(present, yes), on=paper.fact(on, day))
