"""The papers as they came, each under its own SHA-256, written once and never changed.

    papers = papers_in(storage.blobs, files)     # a folder, or a store that speaks S3 (`away`)

They are given back by their digest: `read` for the bytes, `opened` for a long one, `held` while something
else reads them at their `path`. OSError where they cannot be taken in, EnvironmentFault where a store
elsewhere does not give them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from pipeline.files import Files
from pipeline.store.bucket import Bucket

PIECE = 1 << 20
_PENDING = ".pending"


class Kept(NamedTuple):
    """A file whose bytes are safe. `mark` stands beside them until a row of the journal has them."""

    sha256: str
    bytes: int
    mark: Path


class Pending(NamedTuple):
    """Bytes that were kept for a row that was not written, or not seen to be written."""

    sha256: str
    mark: Path


class ChangedError(Exception):
    """The file was written to, or replaced, while it was copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """A folder of bytes by digest: `ab/cdef....sha256`."""

    root: Path
    files: Files
    _sure: set[Path] = field(default_factory=set, repr=False, compare=False)
    """Folders whose names this process has forced: another that made them may have been cut before."""

    def __str__(self) -> str:
        return str(self.root)

    def path(self, sha256: str) -> Path:
        """Return where the bytes of that digest are, or would be."""
        return self.root / sha256[:2] / f"{sha256[2:]}.sha256"

    def there(self, sha256: str) -> bool:
        """Tell whether there are bytes under that digest, without reading them; OSError if it cannot."""
        return self.path(sha256).is_file()

    def where(self, sha256: str) -> str:
        """Return where a person would look for the bytes of that digest."""
        return str(self.path(sha256))

    def size(self, sha256: str) -> int | None:
        """Return how many bytes lie under that digest, None where there are none; OSError if it cannot."""
        path = self.path(sha256)
        return path.stat().st_size if path.is_file() else None

    @contextlib.contextmanager
    def held(self, digests: Iterable[str]) -> Iterator[None]:
        """Have the bytes of *digests* at their paths while the block lasts."""
        del digests
        yield

    @contextlib.contextmanager
    def opened(self, sha256: str) -> Iterator[BufferedReader]:
        """Give the bytes of that digest to be read piece by piece; OSError if they are not there."""
        with self.path(sha256).open("rb") as file:
            yield file

    def read(self, sha256: str) -> bytes:
        """Return the bytes of that digest."""
        with self.opened(sha256) as file:
            return file.read()

    def remove(self, sha256: str) -> None:
        """Remove the bytes of that digest; FileNotFoundError if there are none."""
        self.files.remove(self.path(sha256))

    def keep(self, original: Path, *, twice: bool = False) -> Kept:
        """Copy *original* in, and return when its bytes are on the disk itself under their digest.

        *twice*: read it a second time, from the share and not from memory, and compare. The mark tells a
        later sweep that these bytes may be nobody's. Raise ChangedError if the file changed meanwhile,
        OSError if the disk or the share fails; the copy is given up then, never forced a second time.
        """

        def copy(temporary: Path) -> tuple[str, int]:
            """Copy the file, and compare if that is asked for."""
            sha256, size = self._copy(original, temporary)
            if twice:
                _compare(original, sha256)
            return sha256, size

        return self._kept(copy)

    def pour(self, pieces: Iterable[bytes]) -> Kept:
        """Take in bytes that come as they are sent, and return as `keep` does; OSError if the disk fails."""
        return self._kept(lambda temporary: self._pour(pieces, temporary))

    def _kept(self, copy: Callable[[Path], tuple[str, int]]) -> Kept:
        """Let *copy* write a file, and give it the name of its digest."""
        token = os.urandom(16).hex()
        temporary = self.root / "tmp" / token
        self._folder(temporary.parent)
        try:
            sha256, size = copy(temporary)
            mark = self._land(temporary, sha256, token)
        except BaseException:
            with contextlib.suppress(OSError):
                self.files.remove(temporary)
            raise
        self._landed(sha256)
        return Kept(sha256, size, mark)

    def _land(self, temporary: Path, sha256: str, token: str) -> Path:
        """Give the copy the name of its digest, beside a mark of that *token*; return the mark."""
        target = self.path(sha256)
        mark = target.with_name(f"{target.stem}.{token}{_PENDING}")
        self._folder(target.parent)
        self.files.create(mark).close()
        self.files.rename(temporary, target)
        return mark

    def _landed(self, sha256: str) -> None:
        """Bring both names to the disk; the copy has its own by now and stays whatever comes."""
        self.files.force_folder(self.path(sha256).parent)

    def marked(self, sha256: str) -> bool:
        """Tell whether a mark says that a row is about to have those bytes."""
        path = self.path(sha256)
        return next(path.parent.glob(f"{path.stem}.*{_PENDING}"), None) is not None

    def unmark(self, mark: Path) -> None:
        """Remove a mark; FileNotFoundError if there is none, OSError if it cannot be."""
        self.files.remove(mark)

    def settle(self, kept: Kept) -> None:
        """Take the mark away: a row has the bytes. One that stays does no harm."""
        with contextlib.suppress(OSError):
            self.unmark(kept.mark)

    def _folder(self, path: Path) -> None:
        """Make sure that the folder is there, and its name and its parent's on the disk."""
        if path in self._sure and path.is_dir():
            return
        self.files.make_folder(path, 0o700)
        self.files.force_folder(path.parent)
        with contextlib.suppress(PermissionError):  # the folder above is not ours to read, nor was it to make
            self.files.force_folder(path.parent.parent)
        self._sure.add(path)

    def _copy(self, original: Path, temporary: Path) -> tuple[str, int]:
        """Copy, and return digest and size; the file must be the same before and after."""
        digest, size = hashlib.sha256(), 0
        # a link put in place of the file must not lead out of the folder
        descriptor = os.open(original, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as source, self.files.create(temporary) as copy:
            before = _state(os.fstat(source.fileno()))
            while piece := source.read(PIECE):
                digest.update(piece)
                size += len(piece)
                self.files.write(copy, piece)
            self.files.force(copy)
            if not before == _state(os.fstat(source.fileno())) == _state(original.lstat()):
                raise ChangedError
        return digest.hexdigest(), size

    def _pour(self, pieces: Iterable[bytes], temporary: Path) -> tuple[str, int]:
        """Write the *pieces*, and return digest and size."""
        digest, size = hashlib.sha256(), 0
        with self.files.create(temporary) as copy:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                self.files.write(copy, piece)
            self.files.force(copy)
        return digest.hexdigest(), size

    def verify(self, sha256: str) -> bool:
        """Tell whether the bytes of that digest are there and whole, by reading them."""
        try:
            with self.opened(sha256) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def all(self) -> Iterator[str]:
        """Yield every digest there is, in order."""
        for path in sorted(self.root.glob("??/*.sha256")):
            yield path.parent.name + path.stem

    def any(self) -> bool:
        """Tell whether there are any; OSError if it cannot be told."""
        return next(self.root.glob("??/*.sha256"), None) is not None

    def sweep(self, older_than: float) -> int:
        """Remove what copies cut short left before *older_than* (seconds since 1970); return how many."""
        swept = 0
        for path in (self.root / "tmp").glob("*"):
            with contextlib.suppress(FileNotFoundError):  # another process sweeps too, or its copy is done
                if path.stat().st_mtime < older_than:
                    self.files.remove(path)
                    swept += 1
        return swept

    def pending(self, older_than: float) -> Iterator[Pending | None]:
        """Yield the marks left before *older_than*, and None after each folder that was looked through."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for mark in sorted(folder.glob(f"*{_PENDING}")):
                with contextlib.suppress(FileNotFoundError):
                    if mark.stat().st_mtime < older_than:
                        yield Pending(folder.name + mark.name.partition(".")[0], mark)
            yield None


def papers_in(where: Path | Bucket, files: Files) -> Blobs:
    """Return the papers in a folder, or in a store that speaks S3; nothing is asked of it yet."""
    if isinstance(where, Path):
        return Blobs(root=where.absolute(), files=files)
    # half a second of imports that only such a store needs
    from pipeline.store.away import Away  # noqa: PLC0415

    return Away(root=where.copies.absolute(), files=files, bucket=where)


def stamp(status: os.stat_result) -> str:
    """Return what tells this very file, in this very state, from any other."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def _state(status: os.stat_result) -> tuple[str, int]:
    """Return the same with the time of the last change of any kind, which no program can set back."""
    return stamp(status), status.st_ctime_ns


def digest(path: Path) -> str:
    """Return the digest of the file at *path*, by reading it past what memory still holds; links refuse."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compare(path: Path, sha256: str) -> None:
    """Raise ChangedError unless the share has those bytes now."""
    if digest(path) != sha256:
        raise ChangedError
