"""When a process that died is started again: soon, and later each time it dies young.

One that cannot live, for its port is taken or the database is missing, would else fill logs and a processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_SECONDS, LONGEST_SECONDS = 2.0, 60.0
YOUNG_SECONDS = 60.0


class Restarts:
    """The starts of one process; `clock` counts seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._not_before = clock()
        self._pause = FIRST_SECONDS / 2

    def may(self) -> bool:
        """Tell whether it may be started now."""
        return self._clock() >= self._not_before

    def started(self) -> None:
        """Note that it was started."""
        self._began = self._clock()

    def died(self) -> None:
        """Note that it ended by itself; it may be started again after a pause."""
        young = self._clock() - self._began < YOUNG_SECONDS
        self._pause = min(self._pause * 2, LONGEST_SECONDS) if young else FIRST_SECONDS
        self._not_before = self._clock() + self._pause
