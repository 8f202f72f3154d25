"""Programs that write into a drop folder in ways that have misled watchers: eight patterns.

Each gives, for the path and a number that varies its times and sizes, what it does at which second, and
the files that lie there in the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.faults.rig.office import paper


class Writing(NamedTuple):
    """What happens when, in seconds; the last of it makes the drop whole, with the bytes `files`."""

    events: list[tuple[float, Callable[[], object]]]
    files: dict[str, bytes]

    @property
    def ended(self) -> float:
        """When the last of it happens."""
        return max(at for at, _ in self.events)


def _append(path: Path, data: bytes) -> None:
    """Open, write at the end, close."""
    with path.open("ab") as file:
        file.write(data)


def _pieces(data: bytes, count: int) -> list[bytes]:
    """Return *data* cut into *count* pieces."""
    size = -(-len(data) // count)
    return [data[at : at + size] for at in range(0, len(data), size)]


def slow(path: Path, n: int) -> Writing:
    """A scanner on a slow line: a kilobyte every fifth of a second."""
    data = paper(f"slow {n}", 20_000 + 997 * n)
    pieces = _pieces(data, len(data) // 1024)
    events = [(0.2 * i + n / 20, lambda piece=piece: _append(path, piece)) for i, piece in enumerate(pieces)]
    return Writing(events, {path.name: data})


def pausing(path: Path, n: int) -> Writing:
    """A copy that stalls for longer than a file must lie still."""
    data = paper(f"pausing {n}", 9000 + n)
    events = [
        ((7 + n / 4) * i, lambda piece=piece: _append(path, piece))
        for i, piece in enumerate(_pieces(data, 5))
    ]
    return Writing(events, {path.name: data})


def reopened(path: Path, n: int) -> Writing:
    """A scanner that closes the whole file after each page, then opens it again for the next."""
    pages = [paper(f"page {i} {n}", 500 + n) for i in range(6)]
    events = [((1.1 + n / 40) * i, lambda page=page: _append(path, page)) for i, page in enumerate(pages)]
    return Writing(events, {path.name: b"".join(pages)})


def emptied(path: Path, n: int) -> Writing:
    """A program that saves once more: empties the file it has just written, and writes it anew."""
    first, second = paper(f"first {n}", 3000), paper(f"second {n}", 2000 + n)
    events = [
        (0.0, lambda: path.write_bytes(first)),
        (1.5, lambda: path.write_bytes(b"")),
        (9.0 + n / 10, lambda: path.write_bytes(second)),
    ]
    return Writing(events, {path.name: second})


def renamed(path: Path, n: int) -> Writing:
    """A download: a name of its own while it is written, the right one at its end."""
    data = paper(f"renamed {n}", 8000 + n)
    part = path.with_name(f"{path.name}.crdownload")
    events = [(5.0 * i, lambda piece=piece: _append(part, piece)) for i, piece in enumerate(_pieces(data, 4))]
    return Writing([*events, (21.0 + n / 10, lambda: part.rename(path))], {path.name: data})


def same_size(path: Path, n: int) -> Writing:
    """A program that writes other bytes of the same number, and sets the old time of change again."""
    saved = [paper(f"version {i} {n:03}", 4000) for i in range(4)]

    def save(version: bytes) -> None:
        then = path.stat().st_mtime_ns if path.exists() else 1_773_650_000_000_000_000
        path.write_bytes(version)
        os.utime(path, ns=(then, then))

    events = [((1.2 + n / 40) * i, lambda version=version: save(version)) for i, version in enumerate(saved)]
    return Writing(events, {path.name: saved[-1]})


def sized_first(path: Path, n: int) -> Writing:
    """Windows: the file has its full size at once, zeros that are filled from the front with stops."""
    data = paper(f"sized {n}", 12_000 + n)
    pieces = _pieces(data, 4)

    def fill(i: int) -> None:
        with path.open("r+b") as file:
            file.seek(len(pieces[0]) * i)
            file.write(pieces[i])

    events: list[tuple[float, Callable[[], object]]] = [(0.0, lambda: path.write_bytes(bytes(len(data))))]
    events += [((6.0 + n / 10) * (i + 1), lambda i=i: fill(i)) for i in range(len(pieces))]
    return Writing(events, {path.name: data})


def folder(path: Path, n: int) -> Writing:
    """A folder copied file by file, the last under another name while it is written."""
    path = path.with_suffix("")
    files = {f"{i}/paper.pdf": paper(f"file {i} {n}", 900 + n) for i in range(4)}

    def put(name: str) -> None:
        (path / name).parent.mkdir(parents=True)
        (path / name).write_bytes(files[name])

    names = list(files)
    events = [((20.0 + n / 4) * i, lambda name=name: put(name)) for i, name in enumerate(names[:-1])]
    last, part = path / names[-1], path / f"{names[-1]}.part"

    def begin() -> None:
        part.parent.mkdir()
        part.write_bytes(files[names[-1]][:500])

    def end() -> None:
        part.write_bytes(files[names[-1]])
        part.rename(last)

    events += [(65.0 + n / 4, begin), (115.0 + n, end)]
    return Writing(events, files)


PATTERNS = (slow, pausing, reopened, emptied, renamed, same_size, sized_first, folder)
