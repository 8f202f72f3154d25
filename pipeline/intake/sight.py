"""What a drop looks like at one moment: enough to tell that it has stopped changing and has its end."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.junk import is_junk, is_unfinished
from pipeline.intake.presentation import word_on
from pipeline.intake.zip_records import END
from pipeline.store.blobs import stamp

_ENDS = {
    ".zip": (END, 22 + 0xFFFF),
    ".pdf": (b"%%EOF", 4096),
    ".jpg": (b"\xff\xd9", 4096),
    ".jpeg": (b"\xff\xd9", 4096),
    ".png": (b"IEND", 4096),
}
"""What the end of a file holds, and within how many bytes: a file sized in advance ends in zeros."""
_MOST_FILES = 10_000


class Sight(NamedTuple):
    """One drop: `stamp` tells it in this very state from any other, `word` the same of the file beside it.

    `stir` changes with every write that the disk tells of, also where the size is set before the bytes
    come (Windows) or the time of change is set only once (Samba).
    """

    path: Path
    folder: bool
    stamp: str
    stir: str
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
        return _file(path, status)
    return _folder(path, status) if stat.S_ISDIR(status.st_mode) else None


def _file(path: Path, status: os.stat_result) -> Sight:
    """Return what a single file looks like."""
    return Sight(
        path=path,
        folder=False,
        stamp=stamp(status),
        stir=_stir(status),
        word=_word(path),
        files=((path.name, path),),
        ended=_ended(path),
    )


def _folder(path: Path, status: os.stat_result) -> Sight:
    """Return what a folder and all in it looks like."""
    inner = tuple(_inner(path, status.st_dev))
    states = [(name, file.lstat()) for name, file in inner]
    own = f"{status.st_dev}:{status.st_ino}"
    return Sight(
        path=path,
        folder=True,
        stamp=_digest([own, *(f"{name} {stamp(state)}" for name, state in states)]),
        stir=_digest([_stir(status), *(_stir(state) for _, state in states)]),
        word=_word(path),
        files=inner,
        ended=all(_ended(file) and not is_unfinished(file.name) for _, file in inner),
    )


def _digest(lines: list[str]) -> str:
    """Return one word for many lines."""
    return hashlib.sha256("\n".join(lines).encode(errors="replace")).hexdigest()


def _stir(status: os.stat_result) -> str:
    """Return what a write changes even when size and time of change stay."""
    return f"{status.st_blocks}:{status.st_ctime_ns}"


def _word(path: Path) -> str | None:
    """Return the stamp of the office's file beside the drop."""
    with contextlib.suppress(FileNotFoundError):
        word = word_on(path)
        return stamp(word.lstat()) if word else None
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
    size = path.stat().st_size
    mark, reach = _ENDS.get(path.suffix.casefold(), (b"", 0))
    with path.open("rb") as file:
        file.seek(-min(size, reach), os.SEEK_END)
        return size > 0 and mark in file.read(reach)
