"""Whether there is room: a drop is taken only where it leaves the reserve of every disk free."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.intake.chosen import Storage
from pipeline.journal.connect import sqlite_file


def room(storage: Storage, size: int) -> bool:
    """Tell whether *size* bytes more leave the reserve free; raise OSError if a disk cannot be asked."""
    return free(storage) - size >= storage.reserve


def free(storage: Storage) -> int:
    """Return the bytes left on the fuller of the disks of papers and journal; raise OSError."""
    database = sqlite_file(storage.database)
    disks = [storage.local.absolute(), *([database.parent] if database else [])]
    return min(_free(disk) for disk in disks)


def _free(folder: Path) -> int:
    """Return the bytes that the program may still write on the disk of *folder*, made or not."""
    while not folder.exists():
        folder = folder.parent
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize
