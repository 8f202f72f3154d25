"""The keeper: loads the readers once, never opens a paper, and lends the process that does.

    in   b"r" with a socket   start a reader that serves this socket
    in   b"k"                 end the reader and all that it started
    out  {"ready": true}      once
    out  {"ended": status, "peak": bytes}   a reader is gone, and nothing that it started is left

What scans need is loaded here while no reader is lent and nobody waits for one: a paper that comes at once is
read by a reader that loads for itself, and nothing is loaded twice unless that one is lost.

It is process 1 of the sandbox: nothing inside can stop it, and what loses its parent becomes its child.
Without a sandbox it is the adopting ancestor of all that its reader starts. When the program that started it
is gone, however that ended, its control socket closes: it ends everything and itself.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from extractors.bounds import Bounds
from extractors.reading.apart import calls, loading, processes, worker

_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SUBREAPER = 1, 4, 36
_SWEEP_SECONDS = 0.02
_IDLE_SECONDS = 1.0
"""Without a wish for so long, nobody is waiting; loading takes half of that."""


def main() -> None:
    """Make ready, then start and end readers until the control socket closes."""
    told = json.loads(sys.argv[1])
    control = _own_input()
    become(told["stranger"])
    _prctl(_SET_DUMPABLE, 0)
    _prctl(_SET_SUBREAPER, 1)
    read_file = importlib.import_module(told["readers"]).read_file
    importlib.import_module("extractors.kinds").kinds()
    calls.refuse()
    folder, bounds = Path(told["folder"]), Bounds(**told["bounds"])
    keeper = Keeper(control, folder, lambda ours: worker.serve(ours, read_file, bounds))
    try:
        keeper.keep()
    finally:
        keeper.sweep()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


class Keeper:
    """At most one reader at a time, and what it started."""

    def __init__(self, control: socket.socket, folder: Path, serve: Callable[[socket.socket], None]) -> None:
        self._control = control
        self._folder = folder
        self._serve = serve
        self._reader = 0
        self._loaded = False
        self._alarm, ours = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ours)

    def keep(self) -> None:
        """Do as the control socket says, and tell of readers that end, until it closes."""
        self._say({"ready": True})
        while True:
            idle = None if self._loaded or self._reader else _IDLE_SECONDS
            ready, _, _ = select.select([self._control.fileno(), self._alarm], [], [], idle)
            if not ready:
                loading.load()
                self._loaded = True
            if self._alarm in ready:
                os.read(self._alarm, 4096)
                self._reap()
            if self._control.fileno() in ready:
                wish, fds, _, _ = socket.recv_fds(self._control, 1, 1)
                if not wish:
                    return
                if wish == b"r":
                    self._start(socket.socket(fileno=fds[0]))
                elif self._reader:
                    os.kill(self._reader, signal.SIGKILL)

    def _start(self, theirs: socket.socket) -> None:
        """Let a new process serve the socket."""
        keeper = os.getpid()
        self._reader = os.fork()
        if self._reader:
            theirs.close()
            return
        status = 1
        try:
            self._let_go(keeper)
            self._serve(theirs)
            status = 0
        finally:
            os._exit(status)

    def _let_go(self, keeper: int) -> None:
        """Be a process of its own group that knows nothing of the control socket and dies with the keeper."""
        os.setsid()
        _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != keeper:
            os._exit(1)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()

    def _reap(self) -> None:
        """Take note of all that ended; with the reader goes what it started."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self._reader:
                self._ended(status, usage)

    def _ended(self, status: int, usage: resource.struct_rusage) -> None:
        """Tell that the reader is gone, once nothing is left of it."""
        self.sweep()
        empty(self._folder)
        self._reader = 0
        self._say({"ended": os.waitstatus_to_exitcode(status), "peak": usage.ru_maxrss * 1024})

    def sweep(self) -> None:
        """Kill and reap the reader and all that it started."""
        while True:
            self._kill_all()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
                select.select([], [], [], _SWEEP_SECONDS)
                continue
            return

    def _kill_all(self) -> None:
        """Send the signal: inside the sandbox to everybody but us, else to the group and to all below us."""
        with suppress(ProcessLookupError, PermissionError):
            if os.getpid() == 1:
                os.kill(-1, signal.SIGKILL)
            elif self._reader:
                os.killpg(self._reader, signal.SIGKILL)
        if os.getpid() != 1:
            processes.kill_below(os.getpid())

    def _say(self, message: dict[str, Any]) -> None:
        """Tell the program; if it is gone, the control socket says so too."""
        with suppress(OSError):
            self._control.sendall(json.dumps(message).encode() + b"\n")


def empty(folder: Path) -> None:
    """Remove what is in *folder*: it may hold a paper of somebody, or all the room there is."""
    with suppress(OSError):
        for entry in list(folder.iterdir()):
            shutil.rmtree(entry, ignore_errors=True)
            with suppress(OSError):
                entry.unlink()


def become(stranger: int | None) -> None:
    """Go on under the account number *stranger*, for good; with None stay who we are."""
    if stranger is not None:
        os.setgroups([])
        os.setresgid(stranger, stranger, stranger)
        os.setresuid(stranger, stranger, stranger)


def _own_input() -> socket.socket:
    """Keep the control socket for ourselves and give the libraries an input that gives nothing."""
    control = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    return control


def _prctl(option: int, value: int) -> None:
    """Set a property of this process; see prctl(2)."""
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main()
