"""The papers in a store that speaks S3, each under its digest, with local copies of what is being read.

A paper counts as kept when its upload is finished and the store gave the same bytes back. A mark is written
before it, as beside a folder's. What is read is copied here, compared with its digest, and held while it is
read; copies that nobody holds go, the longest unread first, when they grow over their room.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import math
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from operator import methodcaller
from pathlib import Path
from typing import Any, TypeVar

import fsspec  # type: ignore[import-untyped]  # it ships no types

from pipeline.errors import EnvironmentFault
from pipeline.store.blobs import Blobs, Pending
from pipeline.store.bucket import AwayError, Bucket

_PIECE = 8 << 20
"""Bytes asked for at once: a paper of the usual size comes in one answer."""
_PAPERS, _PENDING = "papers", "pending"
_PATIENCE = {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 1}}
"""Seconds; a store that does not answer must not hold a watcher, or the record's one writer, for long."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Away(Blobs):
    """A bucket; `root` is the folder of the copies."""

    bucket: Bucket
    _reached: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)
    """What reaches the store, by process: a connection does not outlive a fork."""

    def __str__(self) -> str:
        return str(self.bucket)

    def there(self, sha256: str) -> bool:
        """Tell whether the store has bytes under that digest."""
        return self.size(sha256) is not None

    @contextlib.contextmanager
    def held(self, digests: Iterable[str]) -> Iterator[None]:
        """Have copies of *digests* at their paths while the block lasts; EnvironmentFault if it cannot."""
        with contextlib.ExitStack() as holding:
            try:
                for sha256 in dict.fromkeys(digests):
                    holding.enter_context(self._copy_held(sha256))
            except OSError as error:
                what = f"Los papeles de {self} no están a mano ({type(error).__name__})"
                raise EnvironmentFault(what, "Se vuelve a intentar solo. Compruebe la red.") from None
            yield

    @contextlib.contextmanager
    def opened(self, sha256: str) -> Iterator[BufferedReader]:
        """Give the bytes of that digest from a copy."""
        with self.held([sha256]), self.path(sha256).open("rb") as file:
            yield file

    def where(self, sha256: str) -> str:
        """Return where a person would look for the bytes of that digest."""
        return f"s3://{self._key(sha256)}"

    def size(self, sha256: str) -> int | None:
        """Return how many bytes the store has under that digest, None where it has none."""
        try:
            return int(self._ask(lambda store: store.info(self._key(sha256), refresh=True))["size"])
        except FileNotFoundError:
            return None

    def verify(self, sha256: str) -> bool:
        """Tell whether the store itself has those bytes whole, by reading them."""
        try:
            self._whole(sha256)
        except OSError:
            return False
        return True

    def all(self) -> Iterator[str]:
        """Yield every digest there is, in order, as the store lists its names."""
        after = ""
        while page := self._listed(StartAfter=after):
            after = page[-1]
            yield from (Path(name).parent.name + Path(name).stem for name in page)

    def any(self) -> bool:
        """Tell whether the store has any paper."""
        return bool(self._listed(MaxKeys=1))

    def _listed(self, **asked: str | int) -> list[str]:
        """Return the next names of papers in the store, in order."""
        bucket, _, lead = f"{self.bucket.place}/{_PAPERS}/".partition("/")
        ask = methodcaller("call_s3", "list_objects_v2", Bucket=bucket, Prefix=lead, **asked)
        return [one["Key"] for one in self._ask(ask).get("Contents", ())]

    def remove(self, sha256: str) -> None:
        """Remove the bytes of that digest, and their copy."""
        self._ask(lambda store: store.rm_file(self._key(sha256)))
        with contextlib.suppress(OSError):
            self.files.remove(self.path(sha256))

    def marked(self, sha256: str) -> bool:
        """Tell whether a mark says that a row is about to have those bytes."""
        return any(one is not None and one.sha256 == sha256 for one in self.pending(math.inf))

    def unmark(self, mark: Path) -> None:
        """Remove a mark."""
        self._ask(lambda store: store.rm_file(self._mark(mark)))

    def pending(self, older_than: float) -> Iterator[Pending | None]:
        """Yield the marks left before *older_than*, by the store's own clock."""
        place = f"{self.bucket.place}/{_PENDING}"
        found = self._ask(lambda store: store.find(place, detail=True))
        for name, told in sorted(found.items()):
            if told["LastModified"].timestamp() < older_than:
                mark = Path(Path(name).name)
                yield Pending(mark.stem, mark)
                yield None

    def sweep(self, older_than: float) -> int:
        """Remove copies cut short, and those over their room."""
        self._trim()
        return Blobs.sweep(self, older_than)

    def _land(self, temporary: Path, sha256: str, token: str) -> Path:
        """Send the copy under its mark, and believe it kept when the store gives the same bytes back."""
        mark = Path(f"{sha256}.{token}")
        self._ask(lambda store: store.pipe_file(self._mark(mark), b""))
        self._ask(lambda store: store.put_file(str(temporary), self._key(sha256)))
        self._whole(sha256)
        self._settle_down(temporary, sha256)
        return mark

    def _landed(self, sha256: str) -> None:
        """Leave it: what the store has given back is on its disks, and the copy here may go."""

    def _settle_down(self, temporary: Path, sha256: str) -> None:
        """Give a copy its name, for whoever reads it next."""
        self.files.make_folder(self.path(sha256).parent, 0o700)
        self.files.rename(temporary, self.path(sha256))

    @contextlib.contextmanager
    def _copy_held(self, sha256: str) -> Iterator[None]:
        """Have one copy while the block lasts: a lock that a dead process lets go tells that it is read."""
        while (file := self._locked(sha256)) is None:
            self._fetch(sha256)
        with file:
            yield

    def _locked(self, sha256: str) -> BufferedReader | None:
        """Return the copy, locked, None if there is none with those bytes (any more)."""
        path = self.path(sha256)
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return None
        fcntl.flock(file, fcntl.LOCK_SH)
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            path.unlink(missing_ok=True)
        # another may have removed it between the opening and the lock
        if os.fstat(file.fileno()).st_nlink:
            os.utime(file.fileno())
            return file
        file.close()
        return None

    def _fetch(self, sha256: str) -> None:
        """Bring a copy here; AwayError where the store's bytes are not those."""
        self._trim()
        temporary = self.root / "tmp" / os.urandom(16).hex()
        self.files.make_folder(temporary.parent, 0o700)
        try:
            with self.files.create(temporary) as copy:
                self._whole(sha256, copy.write)
            self._settle_down(temporary, sha256)
        except BaseException:
            with contextlib.suppress(OSError):
                self.files.remove(temporary)
            raise

    def _whole(self, sha256: str, write: Callable[[bytes], object] = len) -> None:
        """Read a paper from the store, each piece told to *write*; AwayError unless it has its digest."""
        if self._given(sha256, write) != sha256:
            raise AwayError("the store gave other bytes")

    def _given(self, sha256: str, write: Callable[[bytes], object]) -> str:
        """Return the digest of what the store gives for *sha256*, each piece told to *write* on the way."""

        def take(store: Any) -> str:
            """Read it piece by piece."""
            made = hashlib.sha256()
            with store.open(self._key(sha256), "rb", block_size=_PIECE, cache_type="none") as file:
                while piece := file.read(_PIECE):
                    made.update(piece)
                    write(piece)
            return made.hexdigest()

        return self._ask(take)

    def _trim(self) -> None:
        """Remove the copies longest unread while they are over their room, but those that are being read."""
        kept = [(path, path.stat()) for path in self.root.glob("??/*.sha256")]
        over = sum(status.st_size for _, status in kept) - self.bucket.copies_bytes
        for path, status in sorted(kept, key=lambda one: one[1].st_mtime):
            if over <= 0:
                return
            with contextlib.suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.files.remove(path)
                over -= status.st_size

    def _key(self, sha256: str) -> str:
        """Return the name of a paper in the store."""
        return f"{self.bucket.place}/{_PAPERS}/{sha256[:2]}/{sha256[2:]}.sha256"

    def _mark(self, mark: Path) -> str:
        """Return the name of a mark in the store."""
        return f"{self.bucket.place}/{_PENDING}/{mark}"

    def _ask(self, what: Callable[[Any], T]) -> T:
        """Do *what* with the store; AwayError if it does not answer, FileNotFoundError if it lacks a name."""
        try:
            return what(self._store())
        except FileNotFoundError:
            raise FileNotFoundError("not in the store") from None
        except Exception as error:  # noqa: BLE001 - its driver raises kinds of many libraries, whose texts may tell a key
            raise AwayError(f"the store of papers: {type(error).__name__}") from None

    def _store(self) -> Any:
        """Return what reaches the store from this process."""
        found = self._reached.get(os.getpid())
        if found is None:
            told = self.bucket
            found = self._reached[os.getpid()] = fsspec.filesystem(
                "s3",
                key=told.key or None,
                secret=told.secret or None,
                endpoint_url=told.endpoint or None,
                config_kwargs=_PATIENCE,
                use_listings_cache=False,
                skip_instance_cache=True,
            )
            found.retries = 1
        return found
