"""The processes that a process has started, asked to end and waited for.

Prefect's worker kills its runs when it is asked to stop; so its runs are asked first, and it last.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_DEAD = b"ZX"
"""States of a process that runs no more, though its parent has not been told (proc(5))."""


def children(parent: int) -> Iterator[int]:
    """Yield the processes of *parent* that run."""
    for place in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            state, above, *_ = place.read_bytes().rpartition(b")")[2].split()
            if int(above) == parent and state not in _DEAD:
                yield int(place.parent.name)


def end_children(parent: int, seconds: float) -> bool:
    """Ask the processes of *parent* to end and wait for them; False if some still run after *seconds*."""
    asked: set[int] = set()
    until = time.monotonic() + seconds
    while running := set(children(parent)):
        for process in running - asked:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        asked |= running
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
