"""The hour on the wall, which gives papers their legal dates, watched by a clock that cannot jump."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pipeline.journal.records import Jump

MOST = 60.0
"""Seconds by which the two may part between two looks."""


class Clocks:
    """`now` tells the hour, `clock` seconds that only go on."""

    def __init__(self, now: Callable[[], dt.datetime], clock: Callable[[], float]) -> None:
        self._now, self._clock = now, clock
        self.begin()

    def begin(self) -> None:
        """Believe the hour as it is now."""
        self._hour, self._seconds = self._now(), self._clock()

    def jump(self) -> Jump | None:
        """Return by what the hour jumped since it was last believed, forward or back; None if it did not."""
        passed = dt.timedelta(seconds=self._clock() - self._seconds)
        expected = self._hour.astimezone(dt.UTC) + passed
        hour = self._now()
        if abs((hour - expected).total_seconds()) > MOST:
            return Jump(expected.astimezone(hour.tzinfo), hour)
        self.begin()
        return None
