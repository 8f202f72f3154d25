"""How often a program may ask: so many times a minute, counted in this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MINUTE = 60.0


class Pace:
    """Buckets that fill evenly: a key may ask `per_minute` times at once, and then as they come back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, key: str, per_minute: int) -> float:
        """Count one question of *key*; return the seconds until it may be asked, 0 if it may now."""
        now = self._clock()
        with self._lock:
            left, since = self._left.get(key, (float(per_minute), now))
            left = min(float(per_minute), left + (now - since) * per_minute / MINUTE)
            if left < 1:
                self._left[key] = (left, now)
                return (1 - left) * MINUTE / per_minute
            self._left[key] = (left - 1, now)
        return 0.0
