"""Movements that a certificate tells: who came or left, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractors.document import Field
from extractors.languages.dates import FoundDate
from extractors.padron.origin import Place
from extractors.prose import Prose

What = Literal["in", "out", "change", "last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One movement: `date` is the field of its date, value None where it cannot be read.

    `cause` is the contract's slug; `origin` a municipality or alpha-3 country come from or gone to.
    """

    what: What
    date: Field
    cause: str | None = None
    other: Place | None = None
    address: str | None = None
    municipality: str | None = None
    name: str | None = None
    clear: bool = True
    """Whether all words that may tell its cause are understood."""
    row: int | None = None
    """The table row it stands in: an alta and a baja of one row are one stay."""
    behind: tuple[Field, ...] = ()
    """Where its cause and its place of coming or going stand, behind labels of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The movements found, and what was left over: places of dates and words that nothing explains."""

    events: tuple[Event, ...] = ()
    loose_dates: tuple[Field, ...] = ()
    lapses: tuple[Field, ...] = ()
    """Dates up to which the entry holds."""
    loose_words: tuple[str, ...] = ()
    """Movement words without a date."""
    stray_words: tuple[Field, ...] = ()
    """Places of causes named away from any movement."""
    datelines: tuple[Field, ...] = ()
    """Dates behind the bare word "fecha"."""
    said_on: tuple[Field, ...] = ()
    """Dates bound to the issue of the paper."""
    denied: tuple[str, ...] = ()
    """Words that deny an inscription, or say that it was only asked for, refused or undone."""
    strange_words: tuple[str, ...] = ()
    """Words that an ordinary certificate does not need: what they say of the movements is not known."""
    born: str = ""
    made: str = "9999"
    """The days of the person's birth and of the paper: no movement was before the one or after the other."""


def joined(parts: Iterable[Told]) -> Told:
    """Put what several parts of a paper tell together."""
    all_parts = tuple(parts)
    return Told(
        events=tuple(e for part in all_parts for e in part.events),
        loose_dates=tuple(d for part in all_parts for d in part.loose_dates),
        lapses=tuple(d for part in all_parts for d in part.lapses),
        loose_words=tuple(w for part in all_parts for w in part.loose_words),
        stray_words=tuple(w for part in all_parts for w in part.stray_words),
        datelines=tuple(d for part in all_parts for d in part.datelines),
        said_on=tuple(d for part in all_parts for d in part.said_on),
        denied=tuple(w for part in all_parts for w in part.denied),
        strange_words=tuple(w for part in all_parts for w in part.strange_words),
    )


def iso(date: FoundDate) -> str | None:
    """Return the day as the contract writes it."""
    return date.value.isoformat() if date.value else None


def dated(prose: Prose, date: FoundDate, bond: float) -> Field:
    """Return the field of a date, as sure as the date and its bond to the movement are together."""
    return prose.field(date.start, date.end, iso(date), min(date.certainty, bond))
