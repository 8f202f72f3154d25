"""Starts of the counter without the start of an interpreter: a process that has all imported, and forks.

What runs is `python -m pipeline.intake` with its arguments, in a process of its own that ends with it. One
that is to be traced is held before its first step until the tracer is there: earlier steps are those of the
interpreter.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from functools import cache
from subprocess import CompletedProcess
from typing import Any, NoReturn

import psycopg  # noqa: F401 - what a journal on a server loads on demand, as the next two
import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401

import pipeline.store.database  # noqa: F401
from pipeline.intake.__main__ import main
from tests.faults.rig.office import PATIENCE, ROOT, environment

GO = signal.SIGUSR1
"""Lets a counter begin that is held."""
_MAY_TRACE, _ANYBODY = 0x59616D61, -1
"""See prctl(2), PR_SET_PTRACER: where only a parent may trace, our process is not the parent of a counter."""


class Warm:
    """A process that starts the counter whenever it is asked to."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.faults.rig.warm"],
            cwd=ROOT,
            env=environment(),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def start(self, command: list[str]) -> CompletedProcess[str]:
        """Start the counter with the arguments of *command* and wait for its end."""
        self.begin(command, held=False)
        return self.end(command)

    def begin(self, command: list[str], *, held: bool) -> int:
        """Start the counter and return its process; one that is *held* waits for `GO`."""
        at = command.index("-m") + 1
        assert self._process.stdin is not None
        print(json.dumps([held, command[at:]]), file=self._process.stdin, flush=True)
        return int(self._answer())

    def end(self, command: list[str]) -> CompletedProcess[str]:
        """Wait for the end of the counter that was begun with *command*."""
        code, told = self._answer()
        return CompletedProcess(command, code, "", told)

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@cache
def warm() -> Warm:
    """Return the process that makes the starts of these tests."""
    made = Warm()
    atexit.register(made.close)
    return made


def _serve() -> None:
    """Start the counter once for each line; answer with its process, then its exit code and what it told."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {GO})
    for line in sys.stdin:
        held, (module, *arguments) = json.loads(line)
        told = os.memfd_create("told")
        child = os.fork()
        if child == 0:
            if held:
                _hold()
            _run(module, arguments, told)
        print(child, flush=True)  # noqa: T201 - a pipe
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.lseek(told, 0, os.SEEK_SET)
        with os.fdopen(told, errors="replace") as text:
            print(json.dumps([code, text.read()]), flush=True)  # noqa: T201 - a pipe


def _hold() -> None:
    """Wait until it may begin."""
    ctypes.CDLL(None).prctl(_MAY_TRACE, ctypes.c_long(_ANYBODY), 0, 0, 0)
    signal.sigwait({GO})


def _run(module: str, arguments: list[str], told: int) -> NoReturn:
    """Be the counter, and never come back."""
    code = 1
    try:
        signal.alarm(PATIENCE)
        for stream in (1, 2):
            os.dup2(told, stream)
        right = module == "pipeline.intake"
        code = (main if right else importlib.import_module(module).main)(arguments)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its top
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
