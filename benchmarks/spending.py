"""CPU seconds spent by this process and the programs that it ran."""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any


def cpu() -> float:
    """Return the CPU seconds, user and system, of this process and of its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of *work* and what it gives."""
    before = cpu()
    found = work()
    return cpu() - before, found
