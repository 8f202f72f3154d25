"""Who a worker is, and whether it lives: a name that no other process bears, now or later.

    <machine>:<boot and process space>:<process>:<when it started>

A process number alone comes back, a machine's name alone is borne by two containers; together with the
boot, the space that the number counts in and the moment of its start they are one process for ever.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_DEAD = frozenset("ZX")
"""States of a process that runs no more, though its parent has not been told (proc(5))."""


def me() -> str:
    """Return the name of this process as a worker."""
    return f"{socket.gethostname()[:60]}:{_space()}:{os.getpid()}:{_started(os.getpid()) or 0}"


def alive(worker: str) -> bool | None:
    """Tell whether the process of that name lives, None when it is not one of this machine's."""
    parts = worker.rsplit(":", 3)
    if len(parts) != 4 or parts[1] != _space() or not parts[2].isdecimal():
        return None
    return _started(int(parts[2])) == int(parts[3]) if parts[3].isdecimal() else None


@cache
def _space() -> str:
    """Return what tells this boot and this space of process numbers; empty where the system has no such."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot.replace('-', '')[:12]}-{(_PROC / 'self/ns/pid').stat().st_ino:x}"
    except OSError:
        return ""


def _started(pid: int) -> int | None:
    """Return when a process started, in ticks since the boot; None if there is none that runs."""
    try:
        state, *rest = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
    except (OSError, ValueError):
        return None
    return None if state.decode() in _DEAD else int(rest[18])
