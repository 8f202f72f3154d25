"""How each part of the program does, in the words of who asks: the facts are those that `doctor` asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlalchemy.engine import Connection

from desk.web.room import Room
from desk.web.words import Speaker
from flows.standing import standing
from pipeline.antivirus import OLDEST_SIGNATURES_DAYS, Clamd, SilentError
from pipeline.calendars import of_two_years
from pipeline.intake.room import free
from pipeline.measures.counted import owed_effects, unsent_mails
from pipeline.parts.pulse import KINDS, Seen, seen
from pipeline.parts.state import backed_up_at, drops_lying, sealed_on

Mark = Literal["well", "look", "bad"]
_FRESH = dt.timedelta(days=1)
"""Older than this the last copy and the last seal are to be looked at: both are made every day."""
_GIB = 2**30


class Row(NamedTuple):
    """One part: its name, how it does, and what was seen of it."""

    name: str
    mark: Mark
    said: str


class State:
    """The parts of the program at one moment."""

    def __init__(self, room: Room, say: Speaker, at: dt.datetime) -> None:
        self._room, self._say, self._at = room, say, at
        self._chosen, self._store = room.settings, room.store

    def processes(self) -> Iterator[Row]:
        """Yield watchers, workers and desks by machine, then the engine."""
        found = seen(self._store, self._at)
        for kind in KINDS:
            mine = [one for one in found if one.part == kind]
            if not any(one.lives for one in mine):
                yield self._row(kind, "bad", "nobody")
            for machine in sorted({one.machine for one in mine}):
                yield self._machine(kind, machine, [one for one in mine if one.machine == machine])
        yield self._engine()

    def _machine(self, kind: str, machine: str, found: list[Seen]) -> Row:
        """Tell the processes of one kind on one machine."""
        lives = [one for one in found if one.lives]
        silent = len(found) - len(lives)
        since = max(one.seen_at for one in found).astimezone(self._room.zone)
        told = {"lives": len(lives), "holds": sum(one.holds for one in lives), "silent": silent}
        said = self._say("state.processes", machine=machine, seen=f"{since:%d/%m/%Y %H:%M}", **told)
        return Row(self._say(f"state.part_{kind}"), "look" if silent else "well", said)

    def _engine(self) -> Row:
        """Tell the engine, and what it is still to be told."""
        found = standing(self._chosen, self._store)
        said = self._say(f"state.engine_{found.state.replace('-', '_')}")
        if found.owed:
            since = found.since.astimezone(self._room.zone) if found.since else self._at
            said += " " + self._say("state.engine_owed", runs=found.owed, since=f"{since:%d/%m/%Y %H:%M}")
        return Row(self._say("state.part_engine"), "well" if found.well else "look", said)

    def needs(self) -> Iterator[Row]:
        """Yield what this machine needs: record, papers, room, folders, antivirus."""
        for one in self._room.ready():
            said = "well" if one.well else "wrong"
            told = self._say(f"state.{said}", why=one.why) if one.why else self._say("state.well")
            if one.name == "room" and one.well:
                told = self._say("state.free", gib=round(free(self._chosen.storage) / _GIB))
            yield Row(self._say(f"state.need_{one.name}"), "well" if one.well else "bad", told)
        yield self._antivirus()

    def _antivirus(self) -> Row:
        """Tell whether the antivirus answers, and how old its signatures are."""
        chosen = self._chosen.antivirus
        if chosen.mode == "off":
            return self._row("antivirus", "look", "antivirus_off")
        try:
            version = Clamd(chosen).version()
        except SilentError:
            needed = chosen.mode == "required"
            return self._row("antivirus", "bad" if needed else "look", f"antivirus_{chosen.mode}")
        days = (self._at - version.made).days if version.made else 0
        mark: Mark = "well" if days <= OLDEST_SIGNATURES_DAYS else "look"
        return self._row("antivirus", mark, "antivirus_there", days=days)

    def kept(self) -> Iterator[Row]:
        """Yield the last copy, the last seal, and the calendars of this year and the next."""
        with self._store.read() as connection:
            copied, sealed = backed_up_at(connection), sealed_on(connection)
        if copied is None:
            yield self._row("copy", "look", "copy_none")
        else:
            at = copied.astimezone(self._room.zone)
            yield self._row(
                "copy", "well" if self._at - copied <= _FRESH else "look", "since", at=f"{at:%d/%m/%Y %H:%M}"
            )
        if sealed is None:
            yield self._row("seal", "look", "seal_none")
        else:
            fresh = self._at.date() - sealed <= _FRESH
            yield self._row("seal", "well" if fresh else "look", "since", at=f"{sealed:%d/%m/%Y}")
        yield from self._calendars()

    def _calendars(self) -> Iterator[Row]:
        """Yield the calendars that are missing or provisional, or that all are there."""
        today = self._at.date()
        listed = of_two_years(self._room.calendars, today)
        poor = [(place, year) for place, year, found in listed if found is None or not found.verified]
        if not poor:
            yield self._row("calendars", "well", "well")
        else:
            told = ", ".join(f"{place} {year}" for place, year in poor)
            this_year = any(year == today.year for _, year in poor)
            yield self._row("calendars", "bad" if this_year else "look", "calendars_poor", which=told)

    def waits(self) -> Iterator[Row]:
        """Yield what waits: drops that are not taken, what is owed to the folders, mails."""
        with self._store.read() as connection:
            yield from self._drops(connection)
            owed, unsent = owed_effects(connection), unsent_mails(connection, self._at.date())
        yield self._row("effects", "well", "number", number=owed)
        if self._chosen.digest.wanted:
            yield self._row("mails", "look" if unsent else "well", "number", number=unsent)

    def _drops(self, connection: Connection) -> Iterator[Row]:
        """Yield what lies in drop folders by how it stands."""
        found: Counter[str] = Counter()
        for one in drops_lying(connection):
            found[one.state] += one.drops
        for state in ("waiting", "deferred", "hold"):
            mark: Mark = "well" if state == "waiting" or not found[state] else "look"
            yield self._row(f"drops_{state}", mark, "number", number=found[state])

    def _row(self, name: str, mark: Mark, said: str, **values: object) -> Row:
        """Return a row of sentences."""
        return Row(self._say(f"state.part_{name}"), mark, self._say(f"state.{said}", **values))
