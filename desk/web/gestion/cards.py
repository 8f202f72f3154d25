"""The ten questions of a manager, each answered by a figure and a sentence or two.

What came, what is stuck, where, since when, what expires, who waits for what, what is read badly, which
office sends bad scans, what will breach, what changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desk.web.gestion.chosen import Chosen
from desk.web.gestion.numbers import Numbers
from desk.web.gestion.told import Names, day
from desk.web.words import Speaker
from pipeline.figures.board import Board
from pipeline.figures.due import LATE, TODAY, WEEK
from pipeline.figures.offices import Office
from pipeline.figures.reading import Reading, worst

_FIRST = 3
"""Trays that the answer to "where" names."""
_ENOUGH = 20
"""Values read by OCR below which an office is not said to scan badly: a few say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One question: `figure` is the answer in a word, `said` the sentences, `to` where more is told."""

    name: str
    figure: str
    unit: str
    said: tuple[str, ...] = ()
    to: str = ""
    urgent: bool = False


class Cards:
    """The answers in the words of one language."""

    def __init__(self, say: Speaker, names: Names, chosen: Chosen, board: Board, reading: Reading) -> None:
        self._say, self._names, self._chosen = say, names, chosen
        self._board, self._reading = board, reading
        self._numbers = Numbers(say.language)

    def __iter__(self) -> Iterator[Card]:
        """Yield the answers in the order of the questions."""
        yield self._came()
        yield self._stuck()
        yield self._where()
        yield self._since()
        yield self._expires()
        yield self._waits()
        yield self._badly()
        yield self._scans()
        yield self._breach()
        yield self._changed()

    def _came(self) -> Card:
        """What came."""
        say, board = self._say, self._board
        said = (
            say("gestion.than_before", change=self._numbers.pair(board.received), days=board.asked.span.days),
            say(
                "gestion.came_said",
                resolved=self._whole(board.resolved.now),
                returned=self._whole(board.returned.now),
            ),
        )
        return self._card("came", self._whole(board.received.now), "came_unit", said, "#entradas")

    def _stuck(self) -> Card:
        """What is stuck, and why."""
        stuck = self._board.stuck
        number = sum(one.cases for one in stuck.every) + stuck.failed
        said = [f"{self._names.wait(one.stage, one.why)}: {self._whole(one.cases)}." for one in stuck.every]
        said += [self._say("gestion.stuck_failed", cases=self._whole(stuck.failed))] if stuck.failed else []
        told = tuple(said) or (self._say("gestion.stuck_none"),)
        return self._card("stuck", self._whole(number), "stuck_unit", told, "#parados", urgent=number > 0)

    def _where(self) -> Card:
        """Where the open cases lie."""
        lying = self._board.lying
        said = [f"{self._names.tray(one.name)}: {self._whole(one.cases)}." for one in lying[:_FIRST]]
        rest = sum(one.cases for one in lying[_FIRST:])
        said += [self._say("gestion.where_rest", cases=self._whole(rest))] if rest else []
        return self._card("where", self._whole(self._board.open), "where_unit", tuple(said), "#bandejas")

    def _since(self) -> Card:
        """Since when the oldest waits."""
        oldest = self._board.oldest
        if oldest is None:
            return self._card("since", "-", "since_none", (), "#bandejas")
        said = [self._say("gestion.since_said", day=day(oldest))]
        if every := self._board.stuck.every:
            said.append(self._say("gestion.since_stuck", ago=self._names.ago(every[0].since)))
        if hand := self._board.stuck.in_hand:
            said.append(self._say("gestion.since_hand", ago=self._names.ago(hand[0].since)))
        days = (self._board.asked.today - oldest).days
        return self._card("since", self._whole(days), "since_unit", tuple(said), "#bandejas")

    def _expires(self) -> Card:
        """What expires within five working days, and what has expired."""
        due = self._board.due
        said = (
            self._say("gestion.expires_today", cases=self._whole(due[TODAY])),
            self._say("gestion.expires_late", cases=self._whole(due[LATE])),
        )
        soon = due[TODAY] + due[WEEK]
        return self._card(
            "expires",
            self._whole(soon),
            "expires_unit",
            said,
            self._to("/gestion/plazos"),
            urgent=due[LATE] > 0,
        )

    def _waits(self) -> Card:
        """Who has to do the next thing."""
        sides = sorted(self._board.sides, key=lambda one: -one.cases)
        if not sides:
            return self._card("waits", "-", "waits_none", (), "#esperas")
        first, *rest = sides
        said = tuple(f"{self._names.side(one.name)}: {self._whole(one.cases)}." for one in rest[: _FIRST + 1])
        return Card(
            name="waits",
            figure=self._whole(first.cases),
            unit=self._names.side(first.name),
            said=said,
            to="#esperas",
        )

    def _badly(self) -> Card:
        """What is read badly."""
        found, most = self._board.quality, worst(self._reading.fields)
        said = [self._say("gestion.badly_sure", share=self._numbers.percent(found.mended_sure))]
        if most is not None:
            what = f"{self._names.kind(most.kind)}, {self._names.field(most.field)}"
            said.append(self._say("gestion.badly_most", what=what, times=self._whole(most.mended)))
        share = self._numbers.percent(found.mended_doubtful)
        return self._card("badly", share, "badly_unit", tuple(said), self._to("/gestion/lectura"))

    def _scans(self) -> Card:
        """Which office sends bad scans."""
        scanning = [one for one in self._board.offices if one.quality.doubtful_scans.whole.now >= _ENOUGH]
        if not scanning:
            return self._card("scans", "-", "scans_none", (), self._to("/gestion/oficinas"))
        first = max(scanning, key=_badly_scanned)
        if not first.bad_papers.now and not first.quality.doubtful_scans.part.now:
            return self._card("scans", "0", "scans_no_office", (), self._to("/gestion/oficinas"))
        said = (
            self._say("gestion.scans_share", share=self._numbers.percent(first.quality.doubtful_scans)),
            self._say("gestion.scans_papers", papers=self._whole(first.bad_papers.now)),
        )
        return self._card("scans", first.code, "scans_unit", said, self._to("/gestion/oficinas"))

    def _breach(self) -> Card:
        """What will pass its day, and what would be enough."""
        ahead = self._board.forecast
        said = [self._say("gestion.breach_pace", now=self._numbers.part(ahead.now))]
        if ahead.first is not None:
            enough = self._whole(ahead.enough)
            said.append(self._say("gestion.breach_first", day=day(ahead.first), enough=enough))
        number = self._whole(ahead.breaches)
        to = self._to("/gestion/plazos")
        return self._card("breach", number, "breach_unit", tuple(said), to, urgent=ahead.breaches > 0)

    def _changed(self) -> Card:
        """What changed against the days before."""
        board, numbers = self._board, self._numbers
        net = board.received.now - board.returned.now - board.resolved.now - board.closed.now
        said = [
            self._say("gestion.changed_came", change=numbers.pair(board.received)),
            self._say("gestion.changed_resolved", change=numbers.pair(board.resolved)),
        ]
        points = numbers.points(board.quality.unaided)
        said += [self._say("gestion.changed_unaided", points=points)] if points is not None else []
        return self._card("changed", numbers.change(net), "changed_unit", tuple(said), "#cambios")

    def _card(
        self, name: str, figure: str, unit: str, said: tuple[str, ...], to: str, *, urgent: bool = False
    ) -> Card:
        """Return one answer."""
        return Card(
            name=name, figure=figure, unit=self._say(f"gestion.{unit}"), said=said, to=to, urgent=urgent
        )

    def _whole(self, number: int) -> str:
        """Return a number as it is written."""
        return self._numbers.whole(number)

    def _to(self, path: str) -> str:
        """Return the address of a page that keeps the choice."""
        return path + self._chosen.query


def _badly_scanned(office: Office) -> tuple[float, float]:
    """Return the bad scans of an office for each case that came, then how doubtfully its scans are read."""
    each = office.bad_papers.now / max(office.received.now, 1)
    return each, float(office.quality.doubtful_scans.now or 0)
