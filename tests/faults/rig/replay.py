"""Power loss: what a disk may hold when the current fails between any two writes of a recorded run.

A log of strace is replayed on a model of the disk that knows, for every file and folder, what was forced
and what was not. Each moment of the run gives up to five disks:

    A  data and names that were not forced are gone
    B  names are kept, data that was not forced is gone (the file is there, empty or as it was)
    C  data is kept, names that were not forced are gone (the folder is as it was)
    T  all is kept, but the last write arrived in part
    D  all is kept, but of a file moved to another folder the old name is there too, until both are forced

But for D, a rename is forced with either of its two folders: a journalling file system writes both or
neither. What clerks dropped is only ever renamed by the program; it is kept as it is (`Whole`), inode and
all, because the journal knows it by its inode.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from tests.faults.rig.trace import FORCES, Call

Model = Literal["A", "B", "C", "T", "D"]
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OF = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>(?!\(deleted\))")
_SECTOR = 512


class Whole(NamedTuple):
    """Something a clerk dropped, by the path it had when the run began."""

    path: str
    folder: bool


class Moved(NamedTuple):
    """A name that went to another folder, and was not forced in both."""

    source: Folder
    name: str
    target: Folder
    node: Node


@dataclass(slots=True, eq=False)
class File:
    """A file: its bytes as programs see them, and those that are on the disk itself."""

    live: bytes = b""
    forced: bytes = b""


@dataclass(slots=True, eq=False)
class Folder:
    """A folder: its names as programs see them, and those that are on the disk itself."""

    live: dict[str, Node] = field(default_factory=dict)
    forced: dict[str, Node] = field(default_factory=dict)


Node = File | Folder | Whole
State = dict[str, bytes | Whole | None]
"""A disk: by path, the bytes of a file, a thing dropped, or None for a folder."""


class Disk:
    """The model of one disk below *home*; `play` takes the calls of a run in their order."""

    def __init__(self, home: Path, wholes: Sequence[str]) -> None:
        self._home = home.as_posix()
        self._wholes = set(wholes)
        self._root = self._found(home)
        self._moved: list[Moved] = []
        self._at: dict[str, int] = {}
        self._last: tuple[File, bytes] | None = None

    def _found(self, path: Path) -> Node:
        """Return what lies on the disk before the run, all of it forced long ago."""
        name = path.relative_to(self._home).as_posix()
        if name in self._wholes:
            return Whole(name, path.is_dir())
        if path.is_file():
            data = path.read_bytes()
            return File(data, data)
        names = {entry.name: self._found(entry) for entry in path.iterdir()}
        return Folder(dict(names), dict(names))

    def play(self, call: Call) -> bool:
        """Do what *call* did; tell whether it could have changed the disk."""
        if call.result is None or call.result < 0:
            return False
        self._last = None
        words = [path for word in _HEX.findall(call.arguments) if (path := self._below(_text(word)))]
        of = _OF.match(call.arguments)
        on = self._below(_text(of[1])) if of else None
        if call.name == "openat":
            return self._open(call, words)
        if on is not None:
            return self._on(call, on)
        return self._name(call.name, words)

    def _below(self, path: str) -> str | None:
        """Return *path* below the home, None if it lies elsewhere."""
        return path[len(self._home) + 1 :] if path.startswith(f"{self._home}/") else None

    def _open(self, call: Call, words: list[str]) -> bool:
        """Make or empty a file; a file that is opened anew is written from its beginning."""
        if not words or not call.changes:
            return False
        self._at[words[0]] = 0
        folder, name = self._folder(words[0])
        if "O_CREAT" in call.arguments and name not in folder.live:
            folder.live[name] = File()
            return True
        node = folder.live.get(name)
        if "O_TRUNC" in call.arguments and isinstance(node, File):
            node.live = b""
            return True
        return False

    def _on(self, call: Call, path: str) -> bool:
        """Do a call on an open file or folder."""
        if call.name in {"fchown", "fchmod", "lseek", "close"}:
            return False
        node = self._node(path)
        if call.name in FORCES:
            self._force(node)
        elif isinstance(node, File) and call.name in {"write", "pwrite64"}:
            self._write(call, node, path)
        elif isinstance(node, File) and call.name == "ftruncate":
            size = int(call.arguments.rsplit(", ", 1)[1])
            node.live = node.live[:size].ljust(size, b"\0")
        else:
            raise NotImplementedError(call.name)
        return True

    def _write(self, call: Call, node: File, path: str) -> None:
        """Write bytes where the call says, or where the last one ended."""
        found = _HEX.search(call.arguments, call.arguments.index(">"))
        assert found is not None
        assert call.result is not None
        data = _bytes(found[1])[: call.result]
        at = self._at.get(path, 0)
        if call.name == "pwrite64":
            at = int(call.arguments.rsplit(", ", 1)[1])
        else:
            self._at[path] = at + len(data)
        before = node.live
        node.live = before[:at].ljust(at, b"\0") + data + before[at + len(data) :]
        half = max(len(data) // 2 // _SECTOR * _SECTOR, 1) if len(data) > 1 else 0
        self._last = node, before[:at].ljust(at, b"\0") + data[:half] + before[at + half :]

    def _force(self, node: Node) -> None:
        """Bring a file's bytes, or a folder's names, to the disk itself."""
        if isinstance(node, File):
            node.forced = node.live
        elif isinstance(node, Folder):
            together = {id(node): node}
            mine = [moved for moved in self._moved if node in (moved.source, moved.target)]
            for moved in mine:
                together |= {id(moved.source): moved.source, id(moved.target): moved.target}
            for folder in together.values():
                folder.forced = dict(folder.live)
            self._moved = [moved for moved in self._moved if node is not moved.source]

    def _name(self, call: str, words: list[str]) -> bool:
        """Do a call on names."""
        if not words:
            return False
        folder, name = self._folder(words[0])
        if call == "mkdir":
            folder.live[name] = Folder()
        elif call in {"unlink", "rmdir"}:
            del folder.live[name]
        elif call == "rename":
            target, new = self._folder(words[1])
            node = target.live[new] = folder.live.pop(name)
            if target is not folder:
                self._moved.append(Moved(folder, name, target, node))
        else:
            raise NotImplementedError(call)
        return True

    def _folder(self, path: str) -> tuple[Folder, str]:
        """Return the folder that *path* lies in, and its name there."""
        above, _, name = path.rpartition("/")
        node = self._node(above)
        assert isinstance(node, Folder)
        return node, name

    def _node(self, path: str) -> Node:
        """Return what a program finds at *path*."""
        node = self._root
        for name in filter(None, path.split("/")):
            assert isinstance(node, Folder)
            node = node.live[name]
        return node

    def after_loss(self, model: Model) -> State | None:
        """Return the disk after a loss of power now; None where the model has nothing to tell."""
        if model == "T" and self._last is None:
            return None
        return dict(self._walk(self._root, "", model))

    def _walk(self, folder: Node, path: str, model: Model) -> Iterator[tuple[str, bytes | Whole | None]]:
        """Yield what is at and below *path*."""
        assert isinstance(folder, Folder)
        names = folder.forced if model in "AC" else folder.live
        if model == "D":
            names = {moved.name: moved.node for moved in self._moved if _twice(moved, folder)} | names
        for name, node in sorted(names.items()):
            inner = f"{path}/{name}".lstrip("/")
            if isinstance(node, Folder):
                yield inner, None
                yield from self._walk(node, inner, model)
            else:
                yield inner, self._held(node, model)

    def _held(self, node: File | Whole, model: Model) -> bytes | Whole:
        """Return what a file holds after the loss."""
        if isinstance(node, Whole):
            return node
        if self._last is not None and self._last[0] is node and model == "T":
            return self._last[1]
        return node.forced if model in "AB" else node.live


def _twice(moved: Moved, folder: Folder) -> bool:
    """Tell whether the old name of a file that was moved may still be in *folder*."""
    return (
        moved.source is folder and not isinstance(moved.node, Folder) and not getattr(moved.node, "folder", 0)
    )


def states(disk: Disk, calls: Sequence[Call], model: Model) -> Iterator[tuple[str, State]]:
    """Yield every distinct disk that a loss of power may leave, each with the call it follows."""
    seen: set[str] = set()
    for call in (None, *calls):
        if call is not None and not disk.play(call):
            continue
        state = disk.after_loss(model)
        if state is not None and (word := _digest(state)) not in seen:
            seen.add(word)
            yield ("the start" if call is None else f"{call.name} {call.number}"), state


def _digest(state: State) -> str:
    """Return one word for a disk; what SQLite shares between processes is made anew and does not count."""
    lines = [
        f"{path} {hashlib.sha256(held).hexdigest() if isinstance(held, bytes) else held}"
        for path, held in state.items()
        if not path.endswith("-shm")
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _text(word: str) -> str:
    """Return the path that strace wrote in hexadecimal."""
    return _bytes(word).decode(errors="surrogateescape")


def _bytes(word: str) -> bytes:
    """Return the bytes that strace wrote in hexadecimal."""
    return bytes.fromhex(word.replace("\\x", ""))
