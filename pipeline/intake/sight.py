"""What a drop looks like at one moment: enough to tell that it has stopped changing and has its end."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.junk import PRESENTATION, is_junk, is_unfinished
from pipeline.intake.zip_records import END
from pipeline.store.blobs import stamp

_ZIP_TAIL = 22 + 0xFFFF
_PDF_TAIL = 4096
_MOST_FILES = 10_000


class Sight(NamedTuple):
    """One drop: `stamp` tells it in this very state from any other, `word` the same of the file beside it."""

    path: Path
    folder: bool
    stamp: str
    word: str | None
    files: tuple[tuple[str, Path], ...]
    ended: bool
    """False while something of it still carries a temporary name or lacks its end."""


def look(path: Path) -> Sight | None:
    """Return what lies at *path*, None if nothing that can be a drop; raise OSError if it cannot be read.

    Links are not followed, and a link inside a folder is not part of the drop.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(status.st_mode):
        return Sight(path, False, stamp(status), _word(path), ((path.name, path),), _ended(path))
    if not stat.S_ISDIR(status.st_mode):
        return None
    inner = tuple(_inner(path, status.st_dev))
    lines = [f"{name} {stamp(file.lstat())}" for name, file in inner]
    digest = hashlib.sha256("\n".join([f"{status.st_dev}:{status.st_ino}", *lines]).encode(errors="replace"))
    ended = all(_ended(file) and not is_unfinished(file.name) for _, file in inner)
    return Sight(path, True, digest.hexdigest(), _word(path), inner, ended)


def _word(path: Path) -> str | None:
    """Return the stamp of the office's file beside the drop."""
    try:
        return stamp(path.with_name(f"{path.name}.{PRESENTATION}").lstat())
    except FileNotFoundError:
        return None


def _inner(folder: Path, device: int) -> Iterator[tuple[str, Path]]:
    """Yield the plain files in *folder* on the same disk, by name, system files left out."""
    found = []
    for top, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(top) / name for name in names]
        if len(found) > _MOST_FILES:
            break
    for file in sorted(found):
        name = file.relative_to(folder).as_posix()
        status = file.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_dev == device and not is_junk(name):
            yield name, file


def _ended(path: Path) -> bool:
    """Tell whether a file has the end that its kind must have; kinds without one always have."""
    kind = path.suffix.casefold()
    if kind not in {".zip", ".pdf"}:
        return path.stat().st_size > 0
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(-min(size, _ZIP_TAIL if kind == ".zip" else _PDF_TAIL), os.SEEK_END)
        return (END if kind == ".zip" else b"%%EOF") in file.read()
