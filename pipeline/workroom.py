"""The folder in which one case is taken apart; it holds papers, so none outlives its worker."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.workers import alive, me

_PREFIX = "ventanilla-work"


@contextlib.contextmanager
def workroom(parent: Path | None) -> Iterator[Path]:
    """Give an empty folder below *parent* (the system's temporary folder by default), gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=_prefix(me()), dir=parent) as folder:
        yield Path(folder)


def sweep(parent: Path | None) -> int:
    """Remove the folders that workers of this machine left when they were killed; return how many."""
    swept = 0
    for folder in Path(parent or tempfile.gettempdir()).glob(f"{_PREFIX}~*"):
        if alive(folder.name.removeprefix(f"{_PREFIX}~").rpartition("~")[0].replace("~", ":")) is False:
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _prefix(worker: str) -> str:
    """Return how the names of the folders of *worker* begin."""
    return f"{_PREFIX}~{worker.replace(':', '~')}~"
