"""Whether there is room: a drop is taken only where it leaves the reserve of every disk free."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.intake.chosen import Storage
from pipeline.journal.connect import sqlite_file


def room(storage: Storage, size: int) -> bool:
    """Tell whether *size* bytes more leave the reserve free where papers are kept, and journal, if on a disk.

    Raise OSError if a disk cannot be asked.
    """
    database = sqlite_file(storage.database)
    disks = [storage.blobs.absolute(), *([database.parent] if database else [])]
    return all(_free(disk) - size >= storage.reserve for disk in disks)


def _free(folder: Path) -> int:
    """Return the bytes that the program may still write on the disk of *folder*, made or not."""
    while not folder.exists():
        folder = folder.parent
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize
