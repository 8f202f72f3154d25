"""People, their homes and their signatures, as papers give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from validators.facts.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as one paper, or all papers together, name them. `id_type` as in the contract's fields."""

    first_surname: Fact[str] | None = None
    second_surname: Fact[str] | None = None
    given_name: Fact[str] | None = None
    id_type: Fact[str | list[str]] | None = None
    id_number: Fact[str] | None = None
    birth_date: Fact[dt.date] | None = None
    nationality: Fact[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A home or a place for notices; parts by the contract's names (`street_name`, `postal_code` ...).

    `blank` are the places for parts in which nothing was read, each as sure as it is empty.
    """

    parts: Mapping[str, Fact[str]] = field(default_factory=dict)
    blank: Mapping[str, Fact[str]] = field(default_factory=dict)

    def unread(self) -> list[Fact[str]]:
        """Return the places, seen and without a value, of what an envelope needs."""
        illegible = [part for part in self.parts.values() if part is not None and part.value is None]
        needed = ("street_name", "postal_code", "city")
        return [*illegible, *(self.blank[name] for name in needed if name in self.blank)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Whether a place for a signature holds one, and the date written beside it."""

    present: Fact[bool] | None = None
    on: Fact[dt.date] | None = None
