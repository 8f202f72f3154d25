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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Self, TypeVar

from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reading.apart import level
from extractors.reading.apart.answers import Lost
from extractors.reading.apart.child import Child, Readers
from extractors.reading.apart.level import Wanted
from extractors.reading.files.drawn import Drawn
from extractors.reading.files.region import Seen
from extractors.reading.refusal import Missing

T = TypeVar("T")


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
        found = self._answered(path, lambda child: child.read(path, name))
        return FileReading(code=found) if isinstance(found, str) else found

    def draw(self, path: Path, page: int, dpi: int, *, mended: bool = False) -> Drawn | str:
        """Draw page *page* (from 1) of the file at *path*, or return the code that says why it cannot be.

        *mended*: the file was flagged `repaired` when it was read. Raise as `read`.
        """
        return self._answered(path, lambda child: child.draw(path, page, dpi, mended=mended))

    def read_as(self, path: Path, name: str, kind: str, pages: Sequence[int]) -> FileReading:
        """Read some pages of the file at *path* as one paper of a *kind*, whatever they look like.

        Raise as `read`.
        """
        found = self._answered(path, lambda child: child.read_as(path, name, kind, pages))
        return FileReading(code=found) if isinstance(found, str) else found

    def reread(self, path: Path, page: int, box: Sequence[float], *, mended: bool = False) -> Seen | str:
        """Read a rectangle that a person drew on a page, or return the code that says why it cannot be.

        *box* in points from the top left of the page as it is drawn. Raise as `read`.
        """
        return self._answered(path, lambda child: child.reread(path, page, box, mended=mended))

    def warm(self) -> None:
        """Start the child now, so that nobody waits for it later; raise as `read`."""
        with self._turn:
            self._there().ready()

    def _answered(self, path: Path, ask: Callable[[Child], T | None]) -> T | str:
        """Return what the child answers, or the code that the file gets; raise as `read`."""
        path.stat()
        with self._turn:
            try:
                return self._asked(ask)
            except Lost as lost:
                self._go_on()
                return lost.code or "corrupt"
            except OSError:
                self._end()
                self._go_on()
                raise

    def _there(self) -> Child:
        """Return a child that lives."""
        if self._child is None or not self._child.alive:
            self._end()
            self._child = Child(self._bounds, level.chosen(self._wanted), self.readers)
            self._go_on()  # who abandoned meanwhile saw no child to kill
        return self._child

    def _asked(self, ask: Callable[[Child], T | None]) -> T:
        """Ask the child; one that had ended while it was idle, or is killed who knows by whom, is replaced.

        Each is done once: who kills it again is the file, or the machine's want of memory for it. With a
        reader that had ended its keeper is replaced: it may be on its way out, and nobody sees that yet.
        """
        killed = ended = False
        while True:
            self._go_on()
            try:
                found = ask(self._there())
            except Lost as lost:
                if killed or not lost.killed:
                    raise
                killed = True
                continue
            if found is not None:
                return found
            self._end()
            if ended:
                raise Missing("the child that reads ends before it is asked")
            ended = True

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
