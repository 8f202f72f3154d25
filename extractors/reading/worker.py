"""The child that reads: takes one file a line, answers with lines of JSON, under its own limits.

    in   {"path": "...", "name": "..."}
    out  {"step": true} after each unit of work, then {"reading": {...}}

It is started by `extractors.reading.sandbox` and ends when its input does.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import FileReading

_FILE_SIZE = 512 << 20
"""Bytes of the largest file that a reader may write: a picture for the OCR engine, uncompressed."""
_OPEN_FILES = 128


def main() -> None:
    """Read files until the input ends."""
    bounds = Bounds(**json.loads(sys.argv[1]))
    answers = _own_output()
    _limit(bounds)
    for line in sys.stdin:
        asked = json.loads(line)
        reading = _read(asked["path"], asked["name"], bounds, answers)
        _say(answers, {"reading": wire.packed(reading)})


def _read(path: str, name: str, bounds: Bounds, answers: TextIO) -> FileReading:
    """Read one file, each unit of work with CPU time of its own."""

    def step() -> None:
        _more_time(bounds)
        _say(answers, {"step": True})

    _more_time(bounds)
    try:
        from extractors.reader import read_file  # noqa: PLC0415 - heavy: a child that is never asked stays small

        return read_file(Path(path).read_bytes(), name, bounds, step)
    except MemoryError:
        return FileReading(code="memory")


def _own_output() -> TextIO:
    """Keep the pipe to the parent and give the libraries a standard output that goes nowhere."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipe


def _limit(bounds: Bounds) -> None:
    """Limit memory, written files, open files; leave no core with somebody's papers in it."""
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, _FILE_SIZE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _more_time(bounds: Bounds) -> None:
    """Let the next unit use its CPU seconds, counted from what is used already."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time()) + bounds.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    """Write one line to the parent."""
    answers.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
