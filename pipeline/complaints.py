"""What goes wrong look after look, said in the log at once and then once a minute for as long as it lasts.

A share that is away for a night would else fill the disk with the same words. Only the standard library is
used.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
SECONDS = 60.0
MOST = 100
"""Different warnings within a minute; what else there is to warn of waits for the next."""


class Complaints:
    """Says each text at most once a minute; `clock` gives seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, float] = {}

    def warn(self, text: str) -> None:
        """Say what will be tried again by itself. *text* holds ids and kinds of errors, nobody's data."""
        self._say(logging.WARNING, text)

    def error(self, text: str) -> None:
        """Say what somebody must mend, as `warn`."""
        self._say(logging.ERROR, text)

    def _say(self, level: int, text: str) -> None:
        """Say *text* unless it was said within the last minute."""
        now = self._clock()
        self._said = {one: until for one, until in self._said.items() if now < until}
        room = level > logging.WARNING or len(self._said) < MOST
        if room and text not in self._said:
            log.log(level, "%s", text)
            self._said[text] = now + SECONDS
