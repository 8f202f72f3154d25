"""What a source said, as the law's facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.register.chosen import Source
from pipeline.register.entry import Entry
from pipeline.register.source import Reply
from validators.facts import Address, Evidence, Fact, Period, Person, RegisterAnswer
from validators.facts.register import Unasked
from validators.numbers import shape

SURE = 0.99
"""Certainty of what a register holds: it errs less often than a reader, and no answer is ever certain."""


class Answering(NamedTuple):
    """An answer in the making: its name in the case, the source that is asked, and about whom."""

    document: str
    source: Source
    about: str

    def unasked(self, why: Unasked) -> RegisterAnswer:
        """Return that the source was not asked, or gave no answer."""
        return self._answer("not_checked", why=why)

    def of_reply(self, reply: Reply) -> RegisterAnswer:
        """Return the reply as facts: the person and the home of the newest entry, every stay."""
        if not reply.entries:
            return self._answer(reply.answer, why=reply.why, as_of=reply.as_of)
        newest = max(reply.entries, key=lambda e: (e.until is None, e.until or e.since, e.since))
        return self._answer(
            reply.answer,
            as_of=reply.as_of,
            person=self._person(newest),
            address=self._address(newest),
            periods=tuple(self._period(entry) for entry in _each_once(reply.entries)),
        )

    def _answer(self, answer: Any, **said: Any) -> RegisterAnswer:
        """Return an answer of this source."""
        towns = tuple(self.source.towns().values())
        return RegisterAnswer(
            document=self.document,
            source=self.source.name,
            ground=self.source.ground,
            about=self.about,
            municipalities=towns,
            answer=answer,
            **said,
        )

    def _fact(self, value: Any, field: str) -> Fact[Any]:
        """Return a value of the register."""
        return Fact(value=value, confidence=SURE, evidence=(Evidence(self.document, field),))

    def _person(self, entry: Entry) -> Person:
        """Return whom an entry names; a DNI or NIE before a passport."""
        number = next(iter(sorted(entry.numbers, key=lambda n: shape(n) == "other")), None)
        said = {
            "first_surname": entry.first_surname,
            "second_surname": entry.second_surname,
            "given_name": entry.given_name,
            "id_number": number,
            "birth_date": entry.birth_date,
            "nationality": entry.nationality,
        }
        return Person(**{name: self._fact(value, f"person.{name}") for name, value in said.items() if value})

    def _address(self, entry: Entry) -> Address:
        """Return the home of an entry, in its municipality."""
        parts = {**entry.address, "city": entry.town}
        return Address(parts={n: self._fact(value, f"person.address.{n}") for n, value in parts.items()})

    def _period(self, entry: Entry) -> Period:
        """Return the stay of an entry."""
        return Period(
            municipality=self._fact(entry.town, "periods"),
            since=self._fact(entry.since, "periods"),
            until=self._fact(entry.until, "periods"),
            cause_in=entry.cause_in,
            cause_out=entry.cause_out,
            origin=entry.origin,
        )


def _each_once(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return the stays: what is told twice once, a move inside a municipality as none (INE20 5.3)."""
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.town, e.since, e.until or dt.date.max)):
        last = found[-1] if found else None
        if last is None or not _goes_on(last, entry):
            found.append(entry)
        elif last.until != entry.until:
            found[-1] = replace(last, until=entry.until, cause_out=entry.cause_out, address=entry.address)
    return sorted(found, key=lambda e: (e.since, e.until or dt.date.max, e.town))


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Whether a line says the same stay again, or only another home in the same municipality."""
    if last.town != entry.town:
        return False
    again = (last.since, last.until) == (entry.since, entry.until)
    moved = last.until == entry.since and last.cause_out is None and entry.cause_in is None
    return again or moved
