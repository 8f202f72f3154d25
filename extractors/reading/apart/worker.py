"""One reader: takes files over its socket, answers with lines of JSON, under its own limits.

    in   {"task": "read", "name": "..."}, {"task": "draw", "page": 1, "dpi": 150},
         {"task": "reread", "page": 1, "box": [...]} or
         {"task": "read_as", "name": "...", "kind": "...", "pages": [...]}, with the file, sealed
    out  {"begun": true}, {"step": true} after each unit of work, then {"reading": {...}}, or
         {"drawn": {...}}, {"seen": {...}} or {"refused": code}, or {"missing": "program"}

It is started by `extractors.reading.apart.keeper` and ends when its socket closes.
"""

from __future__ import annotations

import json
import math
import os
import resource
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import cv2

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.reader import Only, read_as
from extractors.reading.apart import processes
from extractors.reading.apart.confine import ROOM
from extractors.reading.files import drawing, drawn, region, reread
from extractors.reading.refusal import Missing, Refused

_OPEN_FILES = 128
_PROCESSES = 16
"""Inside the sandbox, where they are counted apart: the keeper, the reader, the OCR engine and some room."""
_MORE_PROCESSES = 256
"""Without a sandbox all processes of the account count: those that run on the machine now, and these."""
_LINE = 1 << 16
_NO_MEMORY = -4
"""What OpenCV's own error says of memory that it did not get (`StsNoMem`); it raises no MemoryError."""

ReadFile = Callable[[bytes, str, Bounds, Callable[[], None]], FileReading]


class Asked(NamedTuple):
    """What is to be done with a file: its bytes, open, and the request."""

    file: int
    told: dict[str, Any]


def serve(socket_: socket.socket, read_file: ReadFile, bounds: Bounds) -> None:
    """Read files until the socket closes."""
    _limit(bounds)
    inside = os.getppid() == 1
    if inside:
        _few_processes()

    def say(message: dict[str, Any]) -> None:
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"
        socket_.sendall(line.encode("utf-8", "surrogatepass"))

    def step() -> None:
        _more_time(bounds)
        say({"step": True})

    for asked in _asked(socket_):
        if not inside:
            _some_processes()
        say({"begun": True})
        _more_time(bounds)
        say(_answer(asked, partial(_done, read_file, bounds, step)))


def _asked(socket_: socket.socket) -> Iterator[Asked]:
    """Yield each file that is handed over."""
    while True:
        line, fds, _, _ = socket.recv_fds(socket_, _LINE, 1)
        while line and not line.endswith(b"\n"):
            line += socket_.recv(_LINE)
        if not line:
            return
        yield Asked(fds[0], json.loads(line))


def _answer(asked: Asked, done: Callable[[Asked], dict[str, Any]]) -> dict[str, Any]:
    """Return what came of a request, or what is missing on this machine."""
    try:
        return done(asked)
    except MemoryError:
        return _starved(asked.told["task"])
    except cv2.error as error:
        if error.code != _NO_MEMORY:
            raise
        return _starved(asked.told["task"])
    except Refused as refused:
        return {"refused": refused.code}
    except Missing as missing:
        return {"missing": str(missing)}


def _starved(task: str) -> dict[str, Any]:
    """Return what is told where the memory of a *task* ran out."""
    if task in {"read", "read_as"}:
        return {"reading": wire.packed(FileReading(code="memory"))}
    return {"refused": "memory"}


def _done(read_file: ReadFile, bounds: Bounds, step: Callable[[], None], asked: Asked) -> dict[str, Any]:
    """Do what was asked with the file that was handed over, and close it."""
    told = asked.told
    with os.fdopen(asked.file, "rb") as opened:
        data = opened.read()
    if told["task"] == "draw":
        page = drawing.drawn(data, told["page"], told["dpi"], bounds, mended=told["mended"])
        return {"drawn": drawn.packed(page)}
    if told["task"] == "reread":
        seen = reread.reread(data, told["page"], tuple(told["box"]), bounds, mended=told["mended"])
        return {"seen": region.packed(seen)}
    if told["task"] == "read_as":
        only = Only(told["kind"], tuple(told["pages"]))
        return {"reading": wire.packed(read_as(data, told["name"], bounds, only, step))}
    return {"reading": wire.packed(read_file(data, told["name"], bounds, step))}


def _limit(bounds: Bounds) -> None:
    """Limit memory, written files, open files; leave no core with somebody's papers in it."""
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, ROOM),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _few_processes() -> None:
    """Inside the sandbox: limit the processes, unless that would leave none for the OCR engine.

    So it is with kernels before 5.14, which count those of the account outside the sandbox too.
    """
    before = resource.getrlimit(resource.RLIMIT_NPROC)
    resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES, before[1]))
    try:
        child = os.fork()
    except BlockingIOError:
        resource.setrlimit(resource.RLIMIT_NPROC, before)
        return
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES, _PROCESSES))


def _some_processes() -> None:
    """Outside, where all of the account count: as many as the machine runs now, and some; root is free."""
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    most = processes.threads() + _MORE_PROCESSES
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_NPROC, (most, hard))


def _more_time(bounds: Bounds) -> None:
    """Let the next unit use its CPU seconds, counted from what is used already."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time()) + bounds.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
