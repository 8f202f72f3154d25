"""A part of the machine lives as long as the machine: it holds a pipe to it, and the pipe ends with it.

`kill -9` of `ventanilla up` would else leave watcher, workers, list and server behind, each on its own,
and the next start would find its ports taken.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping

MARK = "VENTANILLA_PART_OF"
"""Set in the environment of a part whose standard input is the pipe."""


def marked(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment of a part: *environment* and the mark."""
    return {**environment, MARK: str(os.getpid())}


def close(part: subprocess.Popen[bytes]) -> None:
    """Let go of the pipe to a part that has ended."""
    if part.stdin is not None:
        part.stdin.close()


def terminate() -> None:
    """Ask this process to stop, as its machine would have done."""
    os.kill(os.getpid(), signal.SIGTERM)


def outlived(act: Callable[[], object] = terminate) -> None:
    """Call *act* once the machine that this process is a part of is gone; nothing if it is part of none."""
    if os.environ.pop(MARK, None):
        threading.Thread(target=_wait, args=(act,), name="parent", daemon=True).start()


def _wait(act: Callable[[], object]) -> None:
    """Wait for the end of the pipe."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    act()
