"""The parent's side: files are read in a child that may hang, crash or grow, and is then replaced.

What is promised: `read` always comes back with a reading or a code; no parser runs in this process;
the child has limits of memory, CPU and files, its own process group, no proxies, no standard error,
and a private folder for temporary files that is removed with it. What is not: the child runs under
the same user and sees the same files and network; keeping those from it is the system's part.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

import extractors
from extractors import wire
from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reading.refusal import Missing

_ANSWER = 64 << 20
"""Bytes of the longest answer; a case of 1 000 pages needs a few."""
_CHUNK = 1 << 16
_PASSED_ON = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
_NO_MEMORY = frozenset({-signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL})
"""How a child ends that the system or PDFium stops for want of memory; other crashes are the file's."""
_DYING_SECONDS = 2.0
_START_SECONDS = 120.0
_MOST = 0.7
"""Share of its memory at which a child that crashed is taken to have run out of it."""


class Sandbox:
    """One child that reads, started when it is first needed. Safe to share: one file at a time."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._child: _Child | None = None
        self._turn = threading.Lock()
        self._abandoned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, name: str) -> FileReading:
        """Read the file at *path*; *name* is what its documents call it.

        Raises:
            InterruptedError: `abandon` was called.
            OSError: The file is not there, the child cannot start, or (Missing) the OCR program is not
                installed.
        """
        path.stat()
        with self._turn:
            try:
                reading = self._asked(path, name)
            except _Lost as lost:
                reading = FileReading(code=lost.code)
                self._end()
                self._go_on()
            except OSError:
                self._end()
                raise
            if reading.code == "memory":
                self._end()  # what is left of the child may be in pieces
            return reading

    def _asked(self, path: Path, name: str) -> FileReading:
        """Ask the child; one that had ended while it was idle is replaced, once."""
        for _ in range(2):
            self._go_on()
            if self._child is None or not self._child.alive:
                self._end()
                self._child = _Child(self._bounds)
            if self._child.begins(path, name):
                return self._child.finish()
            self._end()
        raise Missing("the child that reads ends before it is asked")

    def abandon(self) -> None:
        """Kill the child now, from any thread: the read under way, and every later one, is interrupted."""
        self._abandoned = True
        child = self._child
        if child is not None:
            child.kill()

    def _go_on(self) -> None:
        """Raise InterruptedError once the sandbox was abandoned: no file is to blame for that."""
        if self._abandoned:
            raise InterruptedError(errno.EINTR, "reading was abandoned")

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.end()
            self._child = None


class _Lost(Exception):  # noqa: N818 - tells `read` what to answer
    """The child is of no more use; `code` is what the file gets."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Child:
    """The process, its pipes and its folder."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._folder = tempfile.mkdtemp(prefix="ventanilla-reading-")
        self._rest = b""
        self._ready = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "extractors.reading.worker", json.dumps(asdict(bounds))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self._folder),
            cwd=self._folder,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def begins(self, path: Path, name: str) -> bool:
        """Ask for one file; say whether the child lived to begin with it."""
        self._wait_until_ready()
        request = json.dumps({"path": str(path.absolute()), "name": name}) + "\n"
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(request.encode())
            self._process.stdin.flush()
            return "begun" in self._message(time.monotonic() + self._bounds.wall_seconds)
        except (BrokenPipeError, _Lost):
            return False

    def finish(self) -> FileReading:
        """Return what reading the file gave; each unit of work has its wall time."""
        while True:
            message = self._message(time.monotonic() + self._bounds.wall_seconds)
            if "missing" in message:
                raise Missing(str(message["missing"]))
            if "reading" in message:
                return _checked(message)

    def _wait_until_ready(self) -> None:
        """Wait while the child loads its readers. No file is blamed for a child that cannot start."""
        if self._ready:
            return
        try:
            self._message(time.monotonic() + _START_SECONDS)
        except _Lost as lost:
            raise Missing("the child that reads cannot start") from lost
        self._ready = True

    def _message(self, until: float) -> dict[str, Any]:
        """Return the next line of the child, due by *until* on the monotonic clock."""
        while b"\n" not in self._rest:
            self._rest += self._chunk(until)
            if len(self._rest) > _ANSWER:
                raise _Lost("memory")
        line, _, self._rest = self._rest.partition(b"\n")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            raise _Lost("corrupt") from None
        return message if isinstance(message, dict) else {}

    def _chunk(self, until: float) -> bytes:
        """Return what the child writes next."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        waiting = max(until - time.monotonic(), 0.0)
        if not select.select([pipe], [], [], waiting)[0]:
            raise _Lost("timeout")
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            raise _Lost(self._cause())
        return chunk

    def _cause(self) -> str:
        """Return the code for a child that ended by itself in the middle of a file."""
        status, peak = self._waited(_DYING_SECONDS)
        if status is None or status == -signal.SIGXCPU:
            return "timeout"
        starved = peak > _MOST * self._bounds.memory
        return "memory" if status in _NO_MEMORY or starved else "corrupt"

    def _waited(self, seconds: float) -> tuple[int | None, int]:
        """Return the exit status, None if it still runs after *seconds*, and its peak memory in bytes."""
        until = time.monotonic() + seconds
        while self._process.returncode is None:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                return self._process.returncode, usage.ru_maxrss * 1024
            if time.monotonic() > until:
                break
            time.sleep(0.005)
        return self._process.returncode, 0

    def kill(self) -> None:
        """Kill the process with all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process with all that it started, and remove its folder."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _checked(message: dict[str, Any]) -> FileReading:
    """Return the reading in *message*; a child taken over by a paper may say anything."""
    try:
        return wire.unpacked(message["reading"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _Lost("corrupt") from None


def _environment(folder: str) -> dict[str, str]:
    """Return the child's variables: where programs are, one thread each, nothing of the network."""
    root = str(Path(extractors.__file__).resolve().parent.parent)
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    threads = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    own = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONPATH": root, "TMPDIR": folder, "HOME": folder}
    return {**passed, **threads, **own}
