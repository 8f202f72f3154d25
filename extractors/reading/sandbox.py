"""The parent's side: files are read in a child that may hang, crash or grow, and is then replaced.

What is promised: `read` always comes back with a reading or a code; no parser runs in this process;
the child has limits of memory, CPU, files and processes, no proxies and no standard error, is given one
file at a time and not the way to it, opens no connection, and leaves nothing behind. Inside bubblewrap there
is no network, no other process and no file of the offices or of what is kept. With the limits of the system
alone it runs under the same user and sees the same files; keeping those from it is then the system's part.
"""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import ClassVar, Self

from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reading import level
from extractors.reading.answers import Lost
from extractors.reading.child import Child, Readers
from extractors.reading.level import Wanted
from extractors.reading.refusal import Missing


class Sandbox:
    """One child that reads, started when it is first needed. Safe to share: one file at a time."""

    readers: ClassVar[Readers] = Readers()

    def __init__(self, bounds: Bounds, wanted: Wanted = "auto") -> None:
        self._bounds = bounds
        self._wanted = wanted
        self._child: Child | None = None
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
                return self._asked(path, name)
            except Lost as lost:
                self._go_on()
                return FileReading(code=lost.code)
            except OSError:
                self._end()
                self._go_on()
                raise

    def _asked(self, path: Path, name: str) -> FileReading:
        """Ask the child; one that had ended while it was idle, or is killed who knows by whom, is replaced.

        That is done once: who kills it again is the file, or the machine's want of memory for it.
        """
        for last in (False, True):
            self._go_on()
            if self._child is None or not self._child.alive:
                self._end()
                self._child = Child(self._bounds, level.chosen(self._wanted), self.readers)
                self._go_on()  # who abandoned meanwhile saw no child to kill
            try:
                reading = self._child.read(path, name)
            except Lost as lost:
                if last or not lost.killed:
                    raise
                continue
            if reading is not None:
                return reading
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
