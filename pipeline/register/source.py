"""What a source of register data is: it is asked about one person and answers in one of four ways.

    source.ask(Question(number="X1234567L", name="Nadia Benali Haddad", birth_date=dt.date(1985, 4, 3)))

A web service would be joined here: a class with `ask` and `look` as `RegisterSource` says, and a line in
`pipeline.register.sources.open_source`. None is built: no public description of one can be had.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from pipeline.register.entry import Entry
from validators.identity import names_match, numbers_match
from validators.numbers import plain, shape

Why = Literal["down", "slow", "wrong"]
MOST_ENTRIES = 200
"""Stays of one person above which an answer is not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who is asked about: a number, or a full name with the date of birth, or both."""

    number: str | None = None
    name: str = ""
    birth_date: dt.date | None = None


class Reply(NamedTuple):
    """What a source said: `entries` only where it was `found`, oldest first."""

    answer: Literal["found", "not_found", "ambiguous"]
    entries: tuple[Entry, ...] = ()
    as_of: dt.date | None = None
    why: Literal["number_of_another"] | None = None


class Look(NamedTuple):
    """The state of a source for `doctor`: lines that are good, lines that are bad, the day of its data."""

    entries: int | None
    bad: int
    as_of: dt.date | None


class SilentSource(Exception):  # noqa: N818 - named for what happened, as the antivirus's is
    """A source gave no answer; `why` is `down`, `slow` or `wrong`. It never says what stands in a row.

    `alone`: only this question has none, the source can go on being asked about others.
    """

    def __init__(self, why: Why, what: str, *, alone: bool = False) -> None:
        super().__init__(what)
        self.why = why
        self.alone = alone


class RegisterSource(Protocol):
    """One source. Both raise SilentSource where it cannot be asked."""

    def ask(self, question: Question) -> Reply:
        """Return what the source says of one person."""
        ...

    def look(self) -> Look:
        """Return the state of the source, having asked about nobody."""
        ...


def reply(
    question: Question, by_number: Sequence[Entry], by_birth: Sequence[Entry], as_of: dt.date | None
) -> Reply:
    """Settle which of the lines found are the person's.

    A number that the register has under another name is ambiguous, and nothing of that person is told.
    Without the number, name and birth must both be those of one person alone.
    """
    if by_number:
        return _by_number(question, by_number, as_of)
    named = [e for e in by_birth if e.birth_date == question.birth_date and _named(e, question) == "same"]
    if not named:
        return Reply("not_found", as_of=as_of)
    if _several(named) or any(_of_another(question.number, number) for e in named for number in e.numbers):
        return Reply("ambiguous", as_of=as_of)
    return _found(named, as_of)


def _by_number(question: Question, found: Sequence[Entry], as_of: dt.date | None) -> Reply:
    """Return the answer for lines with the very number."""
    if question.name and any(_named(entry, question) == "different" for entry in found):
        return Reply("ambiguous", as_of=as_of, why="number_of_another")
    if len({entry.birth_date for entry in found}) > 1:
        return Reply("ambiguous", as_of=as_of)
    return _found(found, as_of)


def _named(entry: Entry, question: Question) -> str:
    """Compare the name of a line with the one asked for."""
    return names_match(entry.name, question.name)


def _several(found: Sequence[Entry]) -> bool:
    """Whether lines of one name and birth are of more than one person, or may be.

    Numbers of one kind that differ, three numbers, or two entries open in one municipality.
    """
    held = {number for entry in found for number in entry.numbers}
    apart = any(shape(a) == shape(b) != "other" for a in held for b in held if a < b)
    still = [(entry.province, entry.municipality) for entry in found if entry.until is None]
    return apart or len(held) > 2 or len(still) > len(set(still))


def _of_another(asked: str | None, held: str) -> bool:
    """Whether a DNI or NIE of a line is another than the one asked for: that is another person."""
    return bool(asked) and shape(held) != "other" and numbers_match(asked, held) == "different"


def _found(entries: Sequence[Entry], as_of: dt.date | None) -> Reply:
    """Return the person's lines in the order of their beginning."""
    if len(entries) > MOST_ENTRIES:
        raise SilentSource("wrong", "demasiadas líneas de una sola persona", alone=True)
    ordered = sorted(entries, key=lambda e: (e.since, e.until or dt.date.max, e.town))
    return Reply("found", tuple(ordered), as_of)


def searched(number: str) -> tuple[str, ...]:
    """Return the writings of a number that a table may hold."""
    whole = plain(number)
    bare = whole.lstrip("0")
    apart = (
        f"{whole[:-1]}-{whole[-1:]}",
        f"{bare[:-1]}-{bare[-1:]}",
        f"{whole[:1]}-{whole[1:-1]}-{whole[-1:]}",
    )
    found = (whole, bare, *apart)
    return tuple(dict.fromkeys([*found, *(one.lower() for one in found)]))
