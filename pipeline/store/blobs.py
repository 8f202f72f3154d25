"""The papers as they came, each under its own SHA-256, written once and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.files import Files

PIECE = 1 << 20


class Kept(NamedTuple):
    """A file whose bytes are safe."""

    sha256: str
    bytes: int


class ChangedError(Exception):
    """The file was written to, or replaced, while it was copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """A folder of bytes by digest: `ab/cdef....sha256`."""

    root: Path
    files: Files

    def path(self, sha256: str) -> Path:
        """Return where the bytes of that digest are, or would be."""
        return self.root / sha256[:2] / f"{sha256[2:]}.sha256"

    def keep(self, original: Path) -> Kept:
        """Copy *original* in, and return when its bytes are on the disk itself under their digest.

        Raise ChangedError if it changed meanwhile, OSError if the disk or the share fails.
        """
        temporary = self.root / "tmp" / secrets.token_hex(16)
        self.files.make_folder(temporary.parent, 0o700)
        try:
            kept = self._copy(original, temporary)
            target = self.path(kept.sha256)
            self.files.make_folder(target.parent, 0o700)
            self.files.rename(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self.files.force_folder(target.parent)
        return kept

    def _copy(self, original: Path, temporary: Path) -> Kept:
        """Copy and hash; the file must be the same before and after."""
        digest, size = hashlib.sha256(), 0
        # a link put in place of the file must not lead out of the folder
        descriptor = os.open(original, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as source, self.files.create(temporary) as copy:
            before = stamp(os.fstat(source.fileno()))
            while piece := source.read(PIECE):
                digest.update(piece)
                size += len(piece)
                self.files.write(copy, piece)
            self.files.force(copy)
            if not before == stamp(os.fstat(source.fileno())) == stamp(original.lstat()):
                raise ChangedError
        return Kept(digest.hexdigest(), size)

    def verify(self, sha256: str) -> bool:
        """Tell whether the bytes of that digest are there and whole, by reading them."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def all(self) -> Iterator[str]:
        """Yield every digest there is, in order."""
        for path in sorted(self.root.glob("??/*.sha256")):
            yield path.parent.name + path.stem

    def sweep(self, older_than: float) -> int:
        """Remove what copies cut short left before *older_than* (seconds since 1970); return how many."""
        swept = 0
        for path in (self.root / "tmp").glob("*"):
            with contextlib.suppress(FileNotFoundError):  # another process sweeps too, or its copy is done
                if path.stat().st_mtime < older_than:
                    self.files.remove(path)
                    swept += 1
        return swept


def stamp(status: os.stat_result) -> str:
    """Return what tells this very file, in this very state, from any other."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
