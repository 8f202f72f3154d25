"""What figures are named as: trays, sides, reasons to wait, rules, fields, in the language of who asks."""

from __future__ import annotations

import datetime as dt

from desk.web.case.values import label
from desk.web.trays.shown import named
from desk.web.visit import Visit
from pipeline.figures.stuck import Named
from pipeline.trays import kinds
from validators.book import book

_WAITS = frozenset({"antivirus-down", "antivirus-unsure", "executable-inside", "quota", "answer-too-much"})
_BY_STAGE = {"hold": "failed", "accepted": "unread"}


class Names:
    """The words of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._say = visit, visit.say

    def tray(self, name: str) -> str:
        """Return the name of a tray."""
        return named(self._say, name) if name in kinds.every_tray() else name

    def stands(self, one: Named) -> str:
        """Return how a case of a list stands."""
        if one.tray == kinds.IN_HAND:
            return self._say("gestion.in_hand")
        return self.tray({"hold": kinds.HELD}.get(one.tray, one.tray))

    def side(self, name: str) -> str:
        """Return who has to do the next thing."""
        return self._say(f"gestion.side_{name}")

    def wait(self, stage: str, why: str | None) -> str:
        """Return what a case waits for."""
        if why in _WAITS:
            return self._say(f"gestion.wait_{why.replace('-', '_')}")
        return self._say(f"gestion.wait_{_BY_STAGE.get(stage, 'other')}")

    def bucket(self, name: str, form: str = "") -> str:
        """Return the name of some working days left; `_short` is the form for a chart."""
        return self._say(f"gestion.due_{name.replace('-', '_').replace('+', '_more')}{form}")

    def how(self, name: str) -> str:
        """Return how cases were resolved."""
        return self._say(f"gestion.how_{name}")

    def flag(self, name: str) -> str:
        """Return what was noted of a paper, or why something was returned."""
        said = self._say(f"flags.{name}") if self._say.has(f"flags.{name}") else name
        return said[:1].upper() + said[1:]

    def rule(self, name: str) -> str:
        """Return what a rule asks, in Spanish, as the book of rules is written."""
        entry = book().get(name)
        return entry.title if entry else ""

    def code(self, name: str) -> str:
        """Return a rule by its number, as findings name it."""
        return name

    def reader(self, name: str) -> str:
        """Return how pages were read."""
        return self._say(f"gestion.reader_{name}")

    def kind(self, name: str) -> str:
        """Return the name of a kind of paper."""
        return self._say(f"kinds.{name}") if self._say.has(f"kinds.{name}") else name

    def field(self, name: str) -> str:
        """Return the name of a field."""
        return label(self._say, name)

    def decision(self, name: str) -> str:
        """Return what was proposed and what was decided: `refer|grant`."""
        queue, _, kind = name.partition("|")
        return self._say(
            "gestion.instead",
            proposed=self._say(f"trays.queue_{queue}"),
            decided=self._say(f"decide.kind_{kind}"),
        )

    def cases(self, number: int) -> str:
        """Return a number of cases."""
        return self._say("gestion.case_one") if number == 1 else self._say("gestion.cases", number=number)

    def ago(self, day: dt.date | dt.datetime) -> str:
        """Return how many days ago something was."""
        on = day.astimezone(self._visit.room.zone).date() if isinstance(day, dt.datetime) else day
        days = (self._visit.at.date() - on).days
        if days < 1:
            return self._say("trays.today")
        return self._say("gestion.day_ago") if days == 1 else self._say("trays.days_ago", days=days)


def day(value: dt.date | dt.datetime) -> str:
    """Return a day as people write it."""
    return f"{value:%d/%m/%Y}"
