"""A value, the chance that it is right, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Evidence(NamedTuple):
    """A field of a document: the document's id in the case, and the field's dotted name."""

    document: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[T]):
    """A value, the chance that it is right, and where it was read.

    `hand` says that somebody wrote there by hand what no program reads: the value is None, and not missing.
    """

    value: T | None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    others: tuple[T, ...] = ()
    hand: bool = False
