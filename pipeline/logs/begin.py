"""The one way in which a process of the program logs: begun once, at its start.

    begin(settings.log, "worker")

Whatever was set up by a library to write somewhere else by itself is taken away: it would say what it likes.
What sends records elsewhere than to a stream (Prefect's server) is left alone. Only the standard library is
used.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
import threading
from types import TracebackType
from typing import TextIO

from pipeline.logs.chosen import Log
from pipeline.logs.plainly import told_plainly
from pipeline.logs.safe import OURS, said

REQUESTS = "desk.requests"
"""The logger of the desk's requests."""
_log = logging.getLogger("ventanilla")


class Lines(logging.Formatter):
    """Lines that people read: moment, level, part, logger, what is said."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = said(record)
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).astimezone()
        fields = " ".join(
            f"{name}={value}" for name, value in line.fields.items() if str(value) not in line.text
        )
        told = " ".join(one for one in (line.text, line.kind, fields) if one)
        return f"{at:%Y-%m-%d %H:%M:%S} {record.levelname} {self._part} {record.name}: {told}"


class Objects(Lines):
    """Lines that programs read: one JSON object each, its names from a closed list."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = said(record)
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).astimezone()
        told = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": self._part,
            "process": os.getpid(),
            "logger": record.name,
            **({"event": line.text} if line.text else {}),
            **({"kind": line.kind} if line.kind else {}),
            **line.fields,
        }
        return json.dumps(told, ensure_ascii=False)


def begin(chosen: Log, part: str, stream: TextIO | None = None) -> None:
    """Log as *chosen*, under the name of *part*, from now on; begun again, it is as begun once."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter((Objects if chosen.format == "json" else Lines)(part))
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(chosen.level.upper())
    logging.getLogger(REQUESTS).setLevel(logging.INFO if chosen.requests else logging.WARNING)
    for logger in (root, *_loggers()):
        _silence(logger)
    root.addHandler(handler)
    logging.captureWarnings(True)
    _uncaught()


def _loggers() -> list[logging.Logger]:
    """Return the loggers that there are."""
    return [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]


def _silence(logger: logging.Logger) -> None:
    """Take what writes by itself away from a logger; what it says goes to the root instead."""
    streams = [one for one in logger.handlers if isinstance(one, logging.StreamHandler) and _speaks(one)]
    for one in streams:
        logger.removeHandler(one)
    if streams:
        logger.propagate = True


def _speaks(handler: logging.StreamHandler[TextIO]) -> bool:
    """Whether a handler writes where people read, or to a file of its own."""
    places = {sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__}
    ours = isinstance(handler.formatter, Lines)
    return ours or isinstance(handler, logging.FileHandler) or handler.stream in places


def _uncaught() -> None:
    """Have errors that nobody catches told without their words, wherever they happen."""

    def last(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell what ends the process."""
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.critical("ended by an error: %s", told_plainly(error.with_traceback(trace)))

    def thread(told: threading.ExceptHookArgs) -> None:
        """Tell what ends a thread."""
        if told.exc_value is not None:
            _log.error("a thread ended by an error: %s", told_plainly(told.exc_value))

    sys.excepthook, threading.excepthook = last, thread
    sys.unraisablehook = lambda told: _log.error("an error that nobody hears: %s", told.exc_type.__name__)
