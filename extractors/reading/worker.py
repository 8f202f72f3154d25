"""The child that reads: takes one file a line, answers with lines of JSON, under its own limits.

    out  {"ready": true} once
    in   {"path": "...", "name": "..."}
    out  {"begun": true}, {"step": true} after each unit of work, then {"reading": {...}} or
         {"missing": "program"}

It is started by `extractors.reading.sandbox` and ends when its input does.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reading.refusal import Missing

_FILE_SIZE = 512 << 20
"""Bytes of the largest file that a reader may write: a picture for the OCR engine, uncompressed."""
_OPEN_FILES = 128


def main() -> None:
    """Make ready, then read files until the input ends."""
    bounds = Bounds(**json.loads(sys.argv[1]))
    answers = _own_output()
    _limit(bounds)
    from extractors.kinds import kinds  # noqa: PLC0415 - under the limits, and seen by the parent if it fails
    from extractors.reader import read_file  # noqa: PLC0415

    kinds()
    _say(answers, {"ready": True})

    def step() -> None:
        _more_time(bounds)
        _say(answers, {"step": True})

    for line in sys.stdin:
        asked = json.loads(line)
        _say(answers, {"begun": True})
        _more_time(bounds)
        _say(answers, _answer(partial(_read, read_file, Path(asked["path"]), asked["name"], bounds, step)))


def _read(read_file: Callable[..., FileReading], path: Path, *rest: Any) -> FileReading:
    """Read the file at *path*."""
    return read_file(path.read_bytes(), *rest)


def _answer(read: Callable[[], FileReading]) -> dict[str, Any]:
    """Return what reading gave, or what is missing on this machine."""
    try:
        return {"reading": wire.packed(read())}
    except MemoryError:
        return {"reading": wire.packed(FileReading(code="memory"))}
    except Missing as missing:
        return {"missing": str(missing)}
    except OSError:
        return {"missing": "the file to be read"}


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
