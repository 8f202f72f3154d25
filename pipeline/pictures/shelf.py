"""What was drawn or taken out of a package lately: a folder of bounded size, the least used goes first.

Several processes may share it. Nothing in it is a record: all of it can be made again from the papers.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LOOK_EVERY = 64
"""After so many new pieces the folder is measured: other processes put theirs in too."""
_LEFT = 0.8
"""What a clearing leaves of the size, so that not every new piece clears."""
_LARGEST = 0.5
"""Part of the size that one piece may fill."""


class _Piece(NamedTuple):
    """A file: when it was last asked for, how large it is."""

    used: int
    size: int
    path: Path


class Shelf:
    """A folder of at most *most* bytes; what it holds can be read by this account alone."""

    def __init__(self, root: Path, most: int) -> None:
        self._root, self._most = root, most
        self._new = 0
        self._size: int | None = None
        self._turn = threading.Lock()

    def get(self, sha256: str, name: str) -> bytes | None:
        """Return the piece *name* made from the bytes of that digest, None if it is not there (any more)."""
        path = self._path(sha256, name)
        try:
            found = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return found

    def path(self, sha256: str, name: str) -> Path | None:
        """Return where the piece is, None if it is not there; it may go before it is opened."""
        path = self._path(sha256, name)
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def put(self, sha256: str, name: str, data: bytes) -> None:
        """Keep a piece; a disk that refuses it only means that it is made again."""
        with contextlib.suppress(OSError), self._turn:
            self._put(self._path(sha256, name), data)

    def forget(self, sha256: str) -> None:
        """Remove all that was made from those bytes: they were found harmful."""
        for path in self._root.joinpath(sha256[:2]).glob(f"{sha256}.*"):
            path.unlink(missing_ok=True)

    def _path(self, sha256: str, name: str) -> Path:
        """Return where a piece is, or would be."""
        assert len(sha256) == 64
        assert sha256.isalnum()
        return self._root / sha256[:2] / f"{sha256}.{name}"

    def _put(self, path: Path, data: bytes) -> None:
        """Write a piece under another name and give it its own, then make room."""
        if len(data) > _LARGEST * self._most:
            return
        for folder in (self._root, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}~{secrets.token_hex(8)}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            unfinished.replace(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        self._make_room(len(data))

    def _make_room(self, added: int) -> None:
        """Remove what was not asked for longest once there is too much."""
        self._new += 1
        if self._size is not None and self._new % _LOOK_EVERY and self._size + added <= self._most:
            self._size += added
            return
        pieces = sorted(self._pieces())
        self._size = sum(piece.size for piece in pieces)
        if self._size <= self._most:
            return
        for piece in pieces:
            if self._size <= _LEFT * self._most:
                break
            piece.path.unlink(missing_ok=True)
            self._size -= piece.size

    def _pieces(self) -> Iterator[_Piece]:
        """Yield all there is, what was cut short too."""
        for path in self._root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):  # another process makes room too
                status = path.stat()
                yield _Piece(status.st_mtime_ns, status.st_size, path)
