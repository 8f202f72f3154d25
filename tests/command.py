"""The program's commands without the start of an interpreter: a process that has all imported, and forks.

What runs is `python -m desk.cli` with its arguments, in a process of its own that ends with it.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import subprocess
import sys
import threading
import traceback
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).parents[1]
LOADED = (
    "alembic.command",
    "desk.people.accounts",
    "flows.case",
    "pipeline.settings",
    "pipeline.store.database",
)
"""What most commands load when they begin to work."""


class Counter:
    """A process that runs a command whenever it is asked to."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.command"],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, arguments, cwd, environment, typed):
        """Run the command and wait for its end."""
        print(json.dumps([arguments, cwd, environment, typed]), file=self._process.stdin, flush=True)
        return CompletedProcess(arguments, *json.loads(self._process.stdout.readline()))

    def close(self):
        """End it."""
        self._process.communicate()


@cache
def counter():
    """Return the process that runs the commands of these tests."""
    made = Counter()
    atexit.register(made.close)
    return made


def ventanilla(*arguments, cwd=None, typed="", **environment):
    """Run the program's command in *cwd*, with *environment* besides our own, and what is *typed* into it."""
    words = [str(one) for one in arguments]
    return counter().run(words, str(cwd or Path.cwd()), {**os.environ, **environment}, typed)


def _serve():
    """Run a command for each line; answer with its exit code and what it told."""
    from desk.cli.main import gather

    gather()
    for module in LOADED:
        importlib.import_module(module)
    assert threading.active_count() == 1
    for line in sys.stdin:
        streams = [os.memfd_create(name) for name in ("typed", "said", "told")]
        child = os.fork()
        if child == 0:
            _run(*json.loads(line), streams)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps([code, *map(_read, streams[1:])]) + "\n")
        sys.stdout.flush()
        os.close(streams[0])


def _read(stream):
    """Return what was written into it."""
    os.lseek(stream, 0, os.SEEK_SET)
    with os.fdopen(stream, errors="replace") as text:
        return text.read()


def _run(arguments, cwd, environment, typed, streams):
    """Be the command, and never come back."""
    from desk.cli.main import main

    code = 1
    try:
        os.write(streams[0], typed.encode())
        os.lseek(streams[0], 0, os.SEEK_SET)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv[1:] = arguments
        main()
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:  # noqa: BLE001 - as the interpreter does at its top
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
