"""System calls of a run, as strace tells them; and runs in which one of them kills, fails or is slow.

A call is known by its name and its number among a thread's calls of that name: strace counts so too.
Where strace cannot attach nothing is proved, and `Untraceable` is raised.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.rig.office import PATIENCE, ROOT, environment
from tests.faults.rig.warm import GO, warm

OPENS = ("openat", "open", "creat")
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range", "fallocate")
FORCES = ("fsync", "fdatasync", "sync_file_range", "syncfs")
NAMES = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat")
FOLDERS = ("mkdir", "mkdirat", "rmdir")
MARKS = ("ftruncate", "truncate", "chmod", "fchmod", "fchmodat", "utimensat", "chown", "fchown", "fchownat")
READS = ("read", "pread64", "readv", "getdents64")
SENDS = ("sendto", "sendmsg")
CHANGES = (*OPENS, *WRITES, *FORCES, *NAMES, *FOLDERS, *MARKS, *SENDS)
"""Every call that can change a disk, or ask a server to; of those that open, only what makes or empties."""
_PATH = re.compile(r'^\d+<([^>]*)>|"([^"]*)"')
_LINE = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)$", re.DOTALL)
_END = re.compile(r"\) += (?P<result>-?\d+|\?)(?:<(?P<of>[^>]*)>)?(?: (?P<error>E\w+))?[^\n]*$")


class UntraceableError(Exception):
    """strace is missing, or may not attach here: install it, or allow ptrace."""


class Call(NamedTuple):
    """One system call. `number` counts from 1 among those of its name in its thread; `error` may be ""."""

    name: str
    number: int
    arguments: str
    result: int | None
    of: str
    """The file that a descriptor given back stands for."""
    error: str

    @property
    def path(self) -> str:
        """The first path it names, "" if none."""
        found = _PATH.search(self.arguments)
        return found[1] or found[2] if found else ""

    @property
    def changes(self) -> bool:
        """Tell whether it changes a disk, or brings a change to it."""
        makes = any(flag in self.arguments for flag in ("O_CREAT", "O_TRUNC"))
        return self.name in CHANGES and (makes or self.name not in OPENS)

    def concerns(self, home: Path) -> bool:
        """Tell whether it is about the disk at *home*, or goes to a server."""
        return str(home) in self.arguments or self.name in SENDS


def traced(
    command: list[str], log: Path, *options: str, calls: tuple[str, ...] = CHANGES
) -> tuple[subprocess.CompletedProcess[str], list[Call]]:
    """Run *command* under strace with *options*; return how it ended and its calls in order.

    It stops only at the calls that are traced; signals cannot be injected then.
    """
    try:
        done = subprocess.run(
            [*_strace(log, calls, options), "--seccomp-bpf", *command],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError as error:
        raise UntraceableError(UntraceableError.__doc__) from error
    if "ptrace" in done.stderr or not log.exists():
        raise UntraceableError(done.stderr[:500])
    return done, read(log)


def counted(
    command: list[str], log: Path, *options: str, calls: tuple[str, ...] = CHANGES
) -> tuple[subprocess.CompletedProcess[str], list[Call]]:
    """As `traced`, for the counter alone and from its first step on: the interpreter stands ready."""
    counter = warm().begin(command, held=True)
    try:
        tracer = subprocess.Popen(
            [*_strace(log, calls, options), "-q", f"--attach={counter}"], stderr=subprocess.PIPE, text=True
        )
    except FileNotFoundError as error:
        os.kill(counter, signal.SIGKILL)
        raise UntraceableError(UntraceableError.__doc__) from error
    with tracer:
        there = _attached(tracer, counter)
        os.kill(counter, GO if there else signal.SIGKILL)
        done = warm().end(command)
        _, said = tracer.communicate(timeout=PATIENCE)
    if not there:
        raise UntraceableError(said[:500])
    return done, read(log)


def _strace(log: Path, calls: Sequence[str], options: Sequence[str]) -> list[str]:
    """Return the command line of strace, but for what it traces."""
    names = ",".join(f"?{name}" for name in calls)
    return ["strace", "-f", "-y", "-o", str(log), "-e", f"trace={names}", "-e", "signal=none", *options]


def _attached(tracer: subprocess.Popen[str], process: int) -> bool:
    """Wait until *process* is traced; False where the tracer ends instead."""
    while f"TracerPid:\t{tracer.pid}\n" not in Path(f"/proc/{process}/status").read_text():
        if tracer.poll() is not None:
            return False
        time.sleep(0.001)
    return True


def read(log: Path) -> list[Call]:
    """Return the calls that a log of strace tells, in order."""
    seen: Counter[tuple[str, str]] = Counter()
    calls = []
    for line in log.read_text(encoding="latin-1").split("\n"):
        found = _LINE.match(line)
        if found:
            of_thread = found["pid"], found["name"]
            seen[of_thread] += 1
            calls.append(_call(found["name"], seen[of_thread], found["rest"]))
    return calls


def _call(name: str, number: int, rest: str) -> Call:
    """Return one call from its line; one that never came back has no result."""
    end = _END.search(rest)
    if end is None or end["result"] == "?":
        return Call(name, number, rest, None, "", "")
    arguments = rest[: end.start()]
    return Call(name, number, arguments, int(end["result"]), end["of"] or "", end["error"] or "")


def killed(command: list[str], log: Path, call: Call) -> tuple[int, Call]:
    """Run *command* and kill it as it enters *call*; return its exit code and its last call."""
    inject = f"inject={call.name}:signal=KILL:when={call.number}"
    done, calls = counted(command, log, "-e", inject, calls=(*CHANGES, call.name))
    return done.returncode, calls[-1]


def failed(
    command: list[str], log: Path, call: Call, error: str, *options: str
) -> tuple[subprocess.CompletedProcess[str], list[Call]]:
    """Run *command* and let *call* fail with *error*; return how it ended and its calls."""
    inject = f"inject={call.name}:error={error}:when={call.number}"
    return counted(command, log, "-e", inject, *options, calls=tuple({*CHANGES, "close", call.name}))
