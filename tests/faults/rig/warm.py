"""Clean starts of the counter without the start of an interpreter: a process that has all imported and forks.

What runs is `python -m pipeline.intake` with its arguments, in a process of its own that ends with it. The
runs that are traced, and so proved, are started in full.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from subprocess import CompletedProcess
from typing import NoReturn

import pipeline.store  # noqa: F401 - what a journal on a server loads on demand
from pipeline.intake.__main__ import main
from tests.faults.rig.office import PATIENCE, ROOT, environment


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
        at = command.index("pipeline.intake") + 1
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(command[at:]), file=self._process.stdin, flush=True)
        code, told = json.loads(self._process.stdout.readline())
        return CompletedProcess(command, code, "", told)

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def _serve() -> None:
    """Start the counter once for each line of arguments; answer with its exit code and what it told."""
    for line in sys.stdin:
        told = os.memfd_create("told")
        child = os.fork()
        if child == 0:
            _run(json.loads(line), told)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.lseek(told, 0, os.SEEK_SET)
        with os.fdopen(told, errors="replace") as text:
            print(json.dumps([code, text.read()]), flush=True)  # noqa: T201 - a pipe


def _run(arguments: list[str], told: int) -> NoReturn:
    """Be the counter, and never come back."""
    code = 1
    try:
        signal.alarm(PATIENCE)
        for stream in (1, 2):
            os.dup2(told, stream)
        code = main(arguments)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its top
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
