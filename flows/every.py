"""Questions that are true once in a while."""

from __future__ import annotations

import time
from collections.abc import Callable


def every(seconds: float) -> Callable[[], bool]:
    """Return a question that is true at first and then once every *seconds*."""
    last = [-seconds]

    def due() -> bool:
        if time.monotonic() - last[0] < seconds:
            return False
        last[0] = time.monotonic()
        return True

    return due
