"""What an office handed in today and how it stands, as ESTADO.html shows it, live."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from desk.web.office.standing import Standing, standing
from desk.web.visit import Visit
from pipeline.folders.places import offices
from pipeline.journal.drops import lying
from pipeline.store.cases import WAITING, Line, Repeated, lines, repeated, returned_for
from pipeline.store.outbox import ever_receipted

MOST_LOOKS = 100
"""How often a page that nobody touches asks for its part anew: a session that is idle has to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case of the list; `receipt` whether its first receipt was given."""

    line: Line
    standing: Standing
    receipt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lies:
    """A drop that was not taken in yet: why, in words, and since when."""

    name: str
    since: dt.datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The list of one office at a moment; `looks` counts how often a page asked for it by itself."""

    office: str
    at: dt.datetime
    rows: tuple[Row, ...]
    lying: tuple[Lies, ...]
    repeated: tuple[Repeated, ...]
    looks: int = 0

    @property
    def moving(self) -> bool:
        """Whether the list will be another in a moment, and the page has not asked for it too often."""
        return self.looks < MOST_LOOKS and any(row.standing.moving for row in self.rows)


def looks(visit: Visit) -> int:
    """Return how often a page has asked for its part by itself."""
    told = visit.asked("vez", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else MOST_LOOKS


def own_offices(visit: Visit) -> tuple[str, ...]:
    """Return the offices for which somebody hands in, by code."""
    settings = visit.room.settings.folders
    try:
        every = [place.office for place in offices(settings.root)]
    except OSError:
        every = sorted(settings.offices)
    return tuple(office for office in every if visit.account.reaches(office))


def today(visit: Visit, office: str) -> Today:
    """Return what *office* handed in today, what waits of before, and what lies in its folders."""
    store, midnight = visit.room.store, visit.at.replace(hour=0, minute=0, second=0, microsecond=0)
    shown = {line.id: line for line in lines(store, office=office, since=midnight)}
    for stage in WAITING:
        shown |= {line.id: line for line in lines(store, office=office, stage=stage)}
    return Today(
        office=office,
        at=visit.at,
        rows=_rows(visit, shown.values()),
        lying=tuple(
            Lies(name=one.name, since=one.first_seen, why=visit.say(f"office.lies_{one.why}"))
            for one in lying(store, office)
        ),
        repeated=repeated(store, office, midnight),
        looks=looks(visit),
    )


def _rows(visit: Visit, shown: Iterable[Line]) -> tuple[Row, ...]:
    """Return the cases as the list shows them, the newest first."""
    came = sorted(shown, key=lambda line: (line.received_at, line.id), reverse=True)
    identifiers, store = [line.id for line in came], visit.room.store
    receipts, codes = ever_receipted(store, identifiers), returned_for(store, identifiers)
    return tuple(
        Row(
            line=line,
            standing=standing(visit, line, codes.get(line.id)),
            receipt=line.id in receipts,
        )
        for line in came
    )
