"""How long a drain works: for ever on one office machine, for a turn where a pool of machines runs it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_SECONDS = 4 * 3600.0
"""The end of any turn of a pool, whatever holds it up: a case of 1 000 scanned pages takes about an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What ends a drain after the case in hand: its time, or idleness. `urgent`: only cases near silence."""

    seconds: float = math.inf
    idle_seconds: float = math.inf
    urgent: bool = False

    def begun(self, clock: Callable[[], float] = time.monotonic) -> TurnClock:
        """Return the clock of a turn that begins now; *clock* gives seconds that never jump."""
        return TurnClock(self, clock)


ENDLESS = Turn()


class TurnClock:
    """The time of one turn."""

    def __init__(self, turn: Turn, clock: Callable[[], float]) -> None:
        self._turn, self._clock = turn, clock
        self._began = clock()
        self._idle_since: float | None = None

    def found(self, *, something: bool) -> None:
        """Note whether a look at the journal found a case: idleness counts from the first that found none."""
        if something:
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = self._clock()

    def over(self, *, engine_there: Callable[[], bool]) -> bool:
        """Tell whether the turn is over.

        While the engine is away nobody would start the next drain, so this one goes on, up to the longest
        that any may work.
        """
        now = self._clock()
        spent, idle = now - self._began, 0.0 if self._idle_since is None else now - self._idle_since
        if spent < self._turn.seconds and idle < self._turn.idle_seconds:
            return False
        return spent >= LONGEST_SECONDS or engine_there()
