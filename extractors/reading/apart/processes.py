"""The processes below one: which they are, what memory they hold, and their end; see proc(5).

Processes that were started below a subreaper stay below it, whatever group or session they move to.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_SWEEPS = 200


def below(pid: int) -> list[int]:
    """Return the processes that *pid* started, and theirs, and so on; ended ones not yet reaped included."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found[1:]


def memory(pids: list[int]) -> int:
    """Return the bytes of memory that *pids* hold; what they share is counted for each."""
    pages = 0
    for pid in pids:
        with suppress(OSError, ValueError, IndexError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * _PAGE


def threads() -> int:
    """Return how many threads run on this machine, of whomever."""
    return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])


def kill(pids: list[int]) -> None:
    """Kill *pids*, those that are gone already left aside."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kill_below(pid: int) -> None:
    """Kill all processes below *pid*, also those that are started meanwhile."""
    for _ in range(_SWEEPS):
        found = living(below(pid))
        if not found:
            return
        kill(found)


def living(pids: list[int]) -> list[int]:
    """Return those of *pids* that run."""
    return [pid for pid in pids if not _ended(pid)]


def _ended(pid: int) -> bool:
    """Whether *pid* has ended and only waits to be reaped."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state in "ZX"
