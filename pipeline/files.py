"""Every call that changes a disk, in one object, so that tests can stop the program between any two of them.

Names are made so that a reader sees the old file or the whole new one, never a part: write under a
temporary name, force to disk, rename, force the folder. A failed force is never tried again on the same
file (Linux may have dropped the pages and report success): the copy is discarded.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO


class Files:
    """The disk. Errors are OSError."""

    def create(self, path: Path, mode: int = 0o600) -> IO[bytes]:
        """Open a new file for writing; it must not exist."""
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb")

    def write(self, file: IO[bytes], piece: bytes) -> None:
        """Write *piece*."""
        file.write(piece)

    def force(self, file: IO[bytes]) -> None:
        """Bring everything written to *file* to the disk itself."""
        file.flush()
        os.fsync(file.fileno())

    def force_folder(self, folder: Path) -> None:
        """Bring the names in *folder* to the disk itself; shares without such a call are believed."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}:
                raise
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name on the same disk, in one step."""
        os.rename(old, new)  # noqa: PTH104 - Path.replace would hide which call the tests stop at

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def make_folder(self, path: Path, mode: int = 0o775) -> None:
        """Make *path* and the folders above it, if they are not there, and force their names."""
        if path.is_dir():
            return
        self.make_folder(path.parent, mode)
        path.mkdir(mode, exist_ok=True)
        self.force_folder(path.parent)


def write_whole(files: Files, path: Path, pieces: Iterable[bytes]) -> None:
    """Write the file at *path* so that it is never seen in part; an older one is replaced.

    It is for people of the office to read: the program's umask says who they are.
    """
    files.make_folder(path.parent)
    part = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with files.create(part, 0o664) as file:
            for piece in pieces:
                files.write(file, piece)
            files.force(file)
        files.rename(part, path)
    except OSError:
        with contextlib.suppress(OSError):
            files.remove(part)
        raise
    files.force_folder(path.parent)


def remove_tree(files: Files, path: Path) -> None:
    """Remove a file or a folder with all in it; links are removed, never followed."""
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(path.iterdir()):
            remove_tree(files, inner)
        files.remove_folder(path)
    else:
        files.remove(path)
