"""A private folder for temporary files, for the child that is not inside a sandbox with its own.

It goes with the child. What a machine that stopped has left behind goes when the next one starts: a folder
is in use as long as somebody holds the lock on it, and a lock ends with the processes that hold it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "ventanilla-reading-"


class Private:
    """One such folder. `lock` is to be inherited by whoever outlives this process and still needs it."""

    def __init__(self) -> None:
        sweep()
        self.path, self.lock = _made()

    def written(self) -> int:
        """Return the bytes of the files directly inside: nobody has a reason to write deeper."""
        total = 0
        with suppress(OSError), os.scandir(self.path) as entries:
            for entry in entries:
                with suppress(OSError):
                    total += entry.stat(follow_symlinks=False).st_size
        return total

    def remove(self) -> None:
        """Remove the folder with what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.lock)


def sweep() -> None:
    """Remove the folders that nobody holds any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            lock = _locked(path)
            shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def _made() -> tuple[Path, int]:
    """Make a folder and hold it; one that another process swept away before it was held is made again."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _locked(path)
            if path.exists():
                return path, lock
            os.close(lock)


def _locked(path: Path) -> int:
    """Return a descriptor that holds the lock on the folder *path*.

    Raises:
        BlockingIOError: Somebody else holds it.
        OSError: It is no folder, or is not ours.
    """
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
