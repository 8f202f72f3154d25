"""What cuts left about, removed a little at each look: copies, papers that no row has, half-written files.

Papers are removed only where a mark says that they were kept for a row, and only while the journal's lock
is held; an acceptance looks again, under the same lock, that its papers are there. So neither a watcher at
work nor a record that was restored from an older copy loses any.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.files import Files, remove_tree
from pipeline.folders.places import FIVE, offices
from pipeline.journal.port import Journal
from pipeline.journal.rows import used
from pipeline.store.blobs import Blobs, Pending

OLD = 3600.0
"""Seconds after which what was begun counts as cut."""
_PART = re.compile(r"\.(?:[0-9a-f]{16}|[0-9A-HJKMNP-TV-Z]{26})\.part")
"""The names that `write_whole` gives files, and publishing gives folders, while it makes them."""


def sweep(journal: Journal, blobs: Blobs, root: Path) -> Iterator[None]:
    """Remove what was left, with a pause after each folder; raise OSError and EnvironmentFault."""
    before = time.time() - OLD
    blobs.sweep(before)
    for pending in blobs.pending(before):
        if pending is None:
            yield
        else:
            _end(journal, blobs, pending)
    for folder in _folders(root):
        _parts(blobs.files, folder, before)
        yield


def _end(journal: Journal, blobs: Blobs, pending: Pending) -> None:
    """Remove papers that were kept for a row that never came; then, or if it came, their mark."""
    with journal.writing() as transaction:
        if not used(transaction, pending.sha256):
            with contextlib.suppress(FileNotFoundError):
                blobs.remove(pending.sha256)
        with contextlib.suppress(FileNotFoundError):
            blobs.unmark(pending.mark)


def _folders(root: Path) -> Iterator[Path]:
    """Yield the folders that the program writes in: of each office its own, the five, and those of cases."""
    for office in offices(root):
        yield office.path
        for name in FIVE[2:]:
            yield office.path / name
            with contextlib.suppress(FileNotFoundError), os.scandir(office.path / name) as found:
                cases = sorted(entry.path for entry in found if entry.is_dir(follow_symlinks=False))
                yield from (Path(case) for case in cases)


def _parts(files: Files, folder: Path, before: float) -> None:
    """Remove what was being made in *folder* long ago."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as found:
        for entry in found:
            if _PART.fullmatch(entry.name) and entry.stat(follow_symlinks=False).st_mtime < before:
                remove_tree(files, Path(entry.path))
