"""What is known of the drops of one office that are not taken: since when, why, and for how long still.

Seconds come from a clock that cannot jump; those that earlier runs counted are carried over in the journal,
as long as the drop looks as it did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.journal.records import Lying, State

STATES: dict[str, State] = {
    "writing": "waiting",
    "empty-folder": "waiting",
    "no-room": "deferred",
    "no-store": "deferred",
    "deferred": "deferred",
    "bad-name": "hold",
    "no-paper": "hold",
    "unfinished-name": "hold",
    "no-number": "hold",
}
"""What waits by itself, what is tried again, and what a clerk must mend."""
_SOON, _OFTEN = 5.0, 30.0
"""Seconds before a drop that waits is written down, and between two notes of how long it was still."""


class Where(NamedTuple):
    """A drop's place in its office; a name that is no text is spelt out."""

    found_in: str
    name: str


@dataclass(slots=True)
class Seen:
    """A drop that has not been taken: how it looks, since when, and until when it is left alone."""

    looks: str
    since: float
    first_seen: dt.datetime
    carried: float = 0.0
    """Seconds for which earlier runs saw it so."""
    alone_until: float = 0.0
    why: str = "writing"
    tries: int = 0
    noted_at: float | None = None

    def changed(self, looks: str, now: float) -> None:
        """Begin the waiting again: the drop looks otherwise."""
        self.looks, self.since, self.carried = looks, now, 0.0
        self.why, self.tries, self.alone_until = "writing", 0, 0.0

    def put_off(self, now: float, first: float, longest: float, why: str) -> None:
        """Leave it alone for *first* seconds, twice as long after each further try, at most *longest*."""
        self.alone_until = now + min(first * 2 ** min(self.tries, 30), longest)
        self.why, self.tries = why, self.tries + 1


class Memory:
    """The drops of *office*; *known* is what the journal has of them."""

    def __init__(
        self, office: str, known: Sequence[Lying], now: Callable[[], dt.datetime], clock: Callable[[], float]
    ) -> None:
        self._office, self._now, self._clock = office, now, clock
        self._kept = {Where(one.found_in, one.name): one for one in known}
        self._seen: dict[Where, Seen] = {}

    def seen(self, where: Where, looks: str) -> Seen:
        """Return what is known of a drop that now has those *looks*."""
        found = self._seen.get(where)
        if found is None:
            found = self._seen[where] = self._begun(where, looks)
        if found.looks != looks:
            found.changed(looks, self._clock())
        return found

    def failed(self, where: Where) -> Seen:
        """Return what is known of a drop that could not even be looked at."""
        return self._seen.get(where) or self.seen(where, "")

    def _begun(self, where: Where, looks: str) -> Seen:
        """Return a drop as this run first sees it, with what an earlier one knew."""
        before = self._kept.get(where)
        if before is None:
            return Seen(looks, self._clock(), self._now())
        seen = Seen(looks, self._clock(), before.first_seen, why=before.why, noted_at=self._clock())
        if before.looks == looks:
            seen.carried, seen.tries = before.still_seconds, before.tries
        return seen

    def taken(self, where: Where) -> None:
        """Forget a drop that was accepted: the journal has forgotten it in the same breath."""
        self._seen.pop(where, None)
        self._kept.pop(where, None)

    def only(self, there: Collection[Where]) -> None:
        """Forget the drops that are not among those *there*."""
        for gone in self._seen.keys() - there:
            del self._seen[gone]

    def changes(self) -> tuple[list[Lying], list[Lying]]:
        """Return what the journal should be told: of drops that lie there, and of those that went away."""
        there = [self._lying(where, seen) for where, seen in self._seen.items() if self._news(where, seen)]
        gone = [one for where, one in self._kept.items() if where not in self._seen]
        return there, gone

    def told(self, there: Sequence[Lying], gone: Sequence[Lying]) -> None:
        """Note that the journal was told."""
        for one in gone:
            del self._kept[Where(one.found_in, one.name)]
        for one in there:
            where = Where(one.found_in, one.name)
            self._kept[where] = one
            self._seen[where].noted_at = self._clock()

    def _news(self, where: Where, seen: Seen) -> bool:
        """Tell whether the journal should hear of a drop now."""
        kept = self._kept.get(where)
        if kept is None:
            return STATES[seen.why] != "waiting" or self._clock() - seen.since + seen.carried >= _SOON
        if (kept.why, kept.tries) != (seen.why, seen.tries):
            return True
        late = seen.noted_at is None or self._clock() - seen.noted_at >= _OFTEN
        return late and seen.why == "writing"

    def _lying(self, where: Where, seen: Seen) -> Lying:
        """Return a drop as the journal has it."""
        return Lying(
            office=self._office,
            found_in=where.found_in,
            name=where.name,
            state=STATES[seen.why],
            why=seen.why,
            looks=seen.looks,
            first_seen=seen.first_seen,
            still_seconds=self._clock() - seen.since + seen.carried,
            tries=seen.tries,
        )
