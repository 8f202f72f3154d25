"""The parent's end of one child: the keeper's process, the reader that it lends, and their end.

Nothing but `extractors.reading.apart.answers` believes what a reader says; the keeper never opens a paper.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reading.apart import answers, confine, processes
from extractors.reading.apart.answers import Answers, Lost
from extractors.reading.apart.confine import Level
from extractors.reading.apart.private import Private
from extractors.reading.files.drawn import Drawn
from extractors.reading.files.region import Seen
from extractors.reading.files.sealed import sealed
from extractors.reading.refusal import Missing

T = TypeVar("T")
PAGE_SECONDS = 10.0
"""What each unit of work that is done adds to the time that a whole file may take."""
_START_SECONDS = 120.0
_DYING_SECONDS = 2.0
_SWEEPING_SECONDS = 10.0
_PROCESSES = 32
"""More than these are a fault: the reader itself starts one at a time."""
_TOGETHER = 2
"""How many times its memory the reader and the OCR engine may hold together: each has its own limit."""
_SPARE_STEPS = 32
_MOST = 0.7
"""Share of its memory at which a reader that crashed is taken to have run out of it."""
_STARVED = frozenset({-signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL})
"""How a reader ends that the system or PDFium stops for want of memory; other crashes are the file's."""


class Readers(NamedTuple):
    """Where the child finds `read_file`: a module, and folders that it may see to import it."""

    module: str = "extractors.reader"
    folders: tuple[Path, ...] = ()


class Child:
    """A keeper and its reader. The keeper is started at once; the first file waits until it has loaded."""

    def __init__(self, bounds: Bounds, level: Level, readers: Readers) -> None:
        self._bounds = bounds
        self._reader: socket.socket | None = None
        self._loaded = self._killed = False
        with ExitStack() as unless_started:
            self.folder = Private() if level == "limits" else None
            if self.folder is not None:
                unless_started.callback(self.folder.remove)
            self._control, theirs = socket.socketpair()
            unless_started.callback(self._control.close)
            with theirs:
                self._process = _started(bounds, level, readers, self.folder, theirs)
            unless_started.pop_all()
        self._told = Answers(self._control)

    @property
    def pid(self) -> int:
        """The process that was started: the keeper, or bubblewrap around it."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs; one that was killed does not, even if the system takes a moment for it."""
        return not self._killed and self._process.poll() is None

    def read(self, path: Path, name: str) -> FileReading | None:
        """Read the file at *path*; None if the child had ended before it began.

        Raises:
            Lost: With the code that the file gets. The reader is gone; the next file gets a new one.
            Missing: The child cannot start, or finds no OCR program.
        """
        reading = self._asked(path, {"task": "read", "name": name}, self._reading)
        if reading is not None and (reading.code == "memory" or self._crowded()):
            self._dismiss()  # what is left of the reader may be in pieces, or in company
        return reading

    def draw(self, path: Path, page: int, dpi: int, *, mended: bool) -> Drawn | str | None:
        """Draw a page of the file at *path*, or say why not; None as for `read`. Raise as `read`."""
        told = {"task": "draw", "page": page, "dpi": dpi, "mended": mended}
        found = self._asked(path, told, answers.page)
        if found == "memory" or self._crowded():
            self._dismiss()
        return found

    def read_as(self, path: Path, name: str, kind: str, pages: Sequence[int]) -> FileReading | None:
        """Read some pages as one paper of a kind; None as for `read`. Raise as `read`."""
        told = {"task": "read_as", "name": name, "kind": kind, "pages": list(pages)}
        reading = self._asked(path, told, self._reading)
        if reading is not None and (reading.code == "memory" or self._crowded()):
            self._dismiss()
        return reading

    def reread(self, path: Path, page: int, box: Sequence[float], *, mended: bool) -> Seen | str | None:
        """Read a rectangle of a page, or say why not; None as for `read`. Raise as `read`."""
        told = {"task": "reread", "page": page, "box": list(box), "mended": mended}
        found = self._asked(path, told, answers.seen)
        if found == "memory" or self._crowded():
            self._dismiss()
        return found

    def _reading(self, message: dict[str, Any]) -> FileReading:
        """Return the reading in *message*; raise Lost."""
        return answers.reading(message, self._bounds)

    def _asked(self, path: Path, told: dict[str, Any], answer: Callable[[dict[str, Any]], T]) -> T | None:
        """Hand the file over with what is to be done; return the answer, None as for `read`. Raise as it."""
        self.ready()
        with sealed(path) as file:
            if not self._begins(file, told):
                self._dismiss()
                return None
        try:
            return answer(self._finished())
        except Lost as lost:
            end = self._ended(_DYING_SECONDS) if lost.code is None else None
            killed = end is not None and end.get("ended") == -signal.SIGKILL
            self._dismiss(gone=end is not None)
            raise Lost(lost.code or self._cause(end), killed=killed or not self.alive) from None

    def ready(self) -> None:
        """Wait until the readers are loaded. No file is blamed for a child that cannot start."""
        if self._loaded:
            return
        try:
            self._told.next(time.monotonic() + _START_SECONDS, lambda: None)
        except Lost as lost:
            raise Missing("the child that reads cannot start") from lost
        self._loaded = True

    def _begins(self, file: int, told: dict[str, Any]) -> bool:
        """Hand the open *file* to the reader; say whether the reader lived to begin with it."""
        request = json.dumps(told).encode() + b"\n"
        try:
            reader = self._reader or self._lent()
            if not self._answers.silent():
                return False
            sent = socket.send_fds(reader, [request], [file])
            reader.sendall(request[sent:])
            self._answers.next(time.monotonic() + self._bounds.wall_seconds, lambda: None)
        except (OSError, Lost):
            return False
        return True

    def _lent(self) -> socket.socket:
        """Let the keeper start a reader."""
        self._reader, theirs = socket.socketpair()
        self._answers = Answers(self._reader)
        with theirs:
            socket.send_fds(self._control, [b"r"], [theirs.fileno()])
        return self._reader

    def _finished(self) -> dict[str, Any]:
        """Return the last message. Each unit of work has its wall time, and so has the whole."""
        whole = time.monotonic() + self._bounds.wall_seconds
        for _ in range(2 * self._bounds.pages + _SPARE_STEPS):
            unit = time.monotonic() + self._bounds.wall_seconds
            message = self._answers.next(min(unit, whole), self._look)
            if "missing" in message:
                raise Missing(str(message["missing"])[:80])
            if not message.get("step"):
                return message
            whole += PAGE_SECONDS
        raise Lost("corrupt")

    def _look(self) -> None:
        """Look at what the reader has become while it does not answer."""
        found = self._own()
        if len(found) > _PROCESSES or processes.memory(found) > _TOGETHER * self._bounds.memory:
            raise Lost("memory")
        if self.folder is not None and self.folder.written() > confine.ROOM:
            raise Lost("memory")

    def _crowded(self) -> bool:
        """Whether something that the reader started is left though the file is read."""
        return len(self._own()) > 1 and len(processes.living(self._own())) > 1

    def _own(self) -> list[int]:
        """Return the reader and what it started: all below the keeper, whose own process is the outermost."""
        found = processes.below(self.pid)
        return found if self.folder is not None else found[1:]

    def _dismiss(self, *, gone: bool = False) -> None:
        """End the reader with all that it started, unless it is *gone*; the next file gets a new one."""
        if not gone:
            with suppress(OSError):
                self._control.send(b"k")
            if self._ended(_SWEEPING_SECONDS) is None:
                self.kill()
        if self._reader is not None:
            self._reader.close()
        self._reader = None

    def _ended(self, seconds: float) -> dict[str, Any] | None:
        """Return what the keeper says of the reader's end within *seconds*."""
        with suppress(Lost):
            return self._told.next(time.monotonic() + seconds, lambda: None)
        return None

    def _cause(self, end: dict[str, Any] | None) -> str:
        """Return the code for a reader that closed its socket in the middle of a file."""
        status, peak = (end or {}).get("ended"), (end or {}).get("peak", 0)
        if status is None or status == -signal.SIGXCPU:
            return "timeout"
        starved = peak > _MOST * self._bounds.memory
        return "memory" if status in _STARVED or starved else "corrupt"

    def kill(self) -> None:
        """Kill the process with all that it started, from any thread."""
        self._killed = True
        if self._process.poll() is None:
            processes.kill_below(self.pid)
            processes.kill([self.pid])

    def end(self) -> None:
        """Let the keeper end all that it started and itself, kill what does not, and remove the folder."""
        self._control.close()
        if self._reader is not None:
            self._reader.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_SWEEPING_SECONDS if self._loaded else 0)
        self.kill()
        self._process.wait()
        if self.folder is not None:
            self.folder.remove()


def _started(
    bounds: Bounds, level: Level, readers: Readers, folder: Private | None, control: socket.socket
) -> subprocess.Popen[bytes]:
    """Start the keeper, inside the sandbox where there is one."""
    own = confine.INSIDE if folder is None else str(folder.path)
    anchors = [Path(bounds.anchors).resolve()] if bounds.anchors else []
    told = {
        "bounds": asdict(bounds) | {"anchors": "".join(map(str, anchors))},
        "readers": readers.module,
        "stranger": confine.stranger() if folder is None else None,
        "folder": own,
    }
    command = [sys.executable, "-P", "-s", "-m", "extractors.reading.apart.keeper", json.dumps(told)]
    return subprocess.Popen(
        command if level == "limits" else confine.confined(command, [*readers.folders, *anchors]),
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=confine.environment(own, readers.folders),
        cwd="/",
        start_new_session=True,
        pass_fds=() if folder is None else (folder.lock,),
    )
