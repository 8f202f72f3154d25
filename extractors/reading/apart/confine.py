"""What the child that reads may see and do: the command that starts it inside bubblewrap, and its variables.

Inside there is no network, no home, no office folder and no file that is handed in: read-only Python, its
packages, this package and the OCR engine, and one folder to write in, of limited size. What each option
does is told in bwrap(1). An ordinary account is confined by a user namespace of its own; root needs none,
gives every capability up but the two to become somebody else, and the child then goes on under a number that
nobody has, so that the limit on processes counts for it too.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import extractors

Level = Literal["bwrap", "limits"]
"""Inside bubblewrap, or with the limits of the system alone."""
ROOM = 256 << 20
"""Bytes that may be written to the private folder: a picture for the OCR engine is at most 100 MB."""
INSIDE = "/ventanilla-room"
"""Where that folder is inside: not `/tmp`, in which the program itself may be installed."""
PACKAGE = Path(extractors.__file__).resolve().parent
_PASSED_ON = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
_MERGED = tuple(Path("/", name) for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"))
"""Links into /usr on a merged system, folders on others."""
_NUMBERS = 1_000_000_000, 1_900_000_000
"""Account numbers that no account and no container has."""
_APART = ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
_ORDINARY = ("--unshare-user", "--disable-userns")
_ROOT = ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")


@cache
def program() -> str | None:
    """Return where bubblewrap is installed, as first seen."""
    return shutil.which("bwrap")


def stranger() -> int | None:
    """Return the number of an account that nobody has, for root to become; None for ordinary accounts."""
    first, after = _NUMBERS
    return first + secrets.randbelow(after - first) if os.geteuid() == 0 else None


def confined(command: Sequence[str], folders: Sequence[Path] = ()) -> list[str]:
    """Return *command* inside bubblewrap, where it is process 1; *folders* are seen too, read-only."""
    return [
        *(program() or "bwrap", *_APART, *(_ROOT if os.geteuid() == 0 else _ORDINARY)),
        *("--new-session", "--as-pid-1", "--perms", "1777", "--size", str(ROOM), "--tmpfs", INSIDE),
        *("--dev", "/dev"),
        *_bound([*_wanted(), *folders]),
        # not before: a folder in memory lies below it
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"),
        *("--", *command),
    ]


def environment(folder: str, folders: Sequence[Path] = ()) -> Mapping[str, str]:
    """Return the child's variables: where programs are, one thread each, nothing of the network.

    *folder* is where it may write; packages are looked for in *folders* too.
    """
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # one heap for all threads: each further one takes 128 MB of the address space that is limited
    one = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX")
    threads = dict.fromkeys(one, "1")
    path = os.pathsep.join(map(str, (PACKAGE.parent, *folders)))
    own = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONPATH": path, "TMPDIR": folder, "HOME": folder}
    return {**passed, **threads, **own}


def _bound(wanted: Sequence[Path]) -> Iterator[str]:
    """Yield the options that show the paths *wanted*, each under its own name, and the system's links."""
    for path in _MERGED:
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
    shown: list[Path] = []
    for path in sorted({path for path in wanted if path.is_absolute() and path.exists()}):
        if path == Path("/") or any(path.is_relative_to(parent) for parent in shown):
            continue
        for parent in reversed(path.parents[:-1]):
            yield from ("--perms", "0755", "--dir", str(parent))
        yield from ("--ro-bind", str(path), str(path))
        shown.append(path)


def _wanted() -> Iterator[Path]:
    """Yield what Python, its packages, this one and the OCR engine are made of."""
    yield from (path for path in _MERGED if not path.is_symlink())
    yield from map(Path, ("/usr", "/etc/ld.so.cache", "/etc/alternatives"))
    yield from _links(sys.executable)
    for prefix in (sys.prefix, sys.base_prefix):
        yield from (Path(prefix, part) for part in ("lib", "lib64", "pyvenv.cfg"))
    yield from (Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    yield PACKAGE
    yield from _engine()


def _engine() -> Iterator[Path]:
    """Yield where the OCR engine, its libraries and its models lie."""
    program = shutil.which("tesseract")
    for folder in _links(program) if program else ():
        parts = ("lib", "lib64", "share/tessdata", "share/tesseract-ocr")
        yield from (folder, *(folder.parent / part for part in parts))
    for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH"):
        yield from (Path(one) for one in os.environ.get(name, "").split(os.pathsep) if one)


def _links(program: str) -> Iterator[Path]:
    """Yield the folders of *program*, of each link on the way to the file, and of the file."""
    place = Path(program)
    while place.is_symlink():
        yield place.parent
        place = place.parent / place.readlink()
    yield from (place.parent, place.resolve().parent)
