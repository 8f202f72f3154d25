"""What an antivirus says of a file: clamd's INSTREAM over a socket, with nothing but the standard library.

    clamd = Clamd(settings.antivirus)
    clamd.scan(path)      # Scan("clean"), Scan("found", "Eicar-Signature"), Scan("unsure", "limit")
    clamd.version()       # Version("ClamAV 1.4.6/27812/...", its signatures' date)

The file is sent, never its path: the daemon needs no right to read our folders, and may run elsewhere.
Protocol: clamd(8), COMMANDS. Only the exact answer `stream: OK` is clean.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

CHUNK = 1 << 16
OLDEST_SIGNATURES_DAYS = 3
"""Signatures older than this are told: those of ClamAV come every day."""
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (\S+) FOUND")
_LIMITS = "Heuristics.Limits.Exceeded"
_TCP = re.compile(r"(?:tcp://)?\[?([^\[\]/]+?)\]?:(\d{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Antivirus:
    """The antivirus that looks at every file before any parser does."""

    mode: Literal["off", "optional", "required"] = "off"
    """`required`: while it does not answer, cases wait. `optional`: they go on, and it is told."""
    socket: str = "/run/clamav/clamd.ctl"
    """A path, or `host:port` on a network of your own: what is sent is not encrypted."""
    connect_seconds: float = 5.0
    scan_seconds: float = 60.0
    """For one file, from the first byte sent to the answer."""
    stream_bytes: int = 100 << 20
    """Larger files are not sent. clamd's own StreamMaxLength should be as large, or they are not clean."""
    retry_seconds: float = 30.0
    """After how long a case that waits for the antivirus is tried again."""


class Scan(NamedTuple):
    """What was found: `name` is the signature's, or for `unsure` why the file could not be judged."""

    verdict: Literal["clean", "found", "unsure"]
    name: str = ""


class Version(NamedTuple):
    """The daemon and its signatures: told as it tells it, and the day they were made if it says."""

    text: str
    made: dt.datetime | None = None


class SilentError(Exception):
    """Nobody answers at the socket, or what answers is no clamd."""


class Clamd:
    """One daemon; a connection for each question, as clamd wants it."""

    def __init__(self, settings: Antivirus) -> None:
        self._settings = settings

    def version(self) -> Version:
        """Return which signatures are loaded; raise SilentError if nobody answers."""
        try:
            with self._connected(self._settings.connect_seconds) as line:
                line.sendall(b"zVERSION\0")
                answer = _answer(line, time.monotonic() + self._settings.connect_seconds)
        except OSError as error:
            raise SilentError(type(error).__name__) from error
        if not answer.startswith("ClamAV "):
            raise SilentError("answer")
        return Version(answer, _made(answer))

    def scan(self, file: Path) -> Scan:
        """Return what the daemon says of *file*; raise SilentError if it is away, OSError if the file is.

        An answer that breaks off is asked for once more. A daemon that lives and twice gave none on this
        file could not judge it.
        """
        if file.stat().st_size > self._settings.stream_bytes:
            return Scan("unsure", "limit")
        for _ in range(2):
            with contextlib.suppress(_BrokenError):
                return self._stream(file)
            self.version()
        return Scan("unsure", "no-answer")

    def _stream(self, file: Path) -> Scan:
        """Send the file and return the verdict; raise _BrokenError if none came."""
        with file.open("rb") as data:
            try:
                with self._connected(self._settings.scan_seconds) as line:
                    until = time.monotonic() + self._settings.scan_seconds
                    # a daemon that has seen enough answers and closes while we still send
                    with contextlib.suppress(ConnectionError):
                        _send(line, iter(lambda: data.read(CHUNK), b""), until)
                    answer = _answer(line, until)
            except OSError as error:
                raise _BrokenError from error
        if not (answer.startswith("stream: ") or answer.endswith("ERROR")):
            raise _BrokenError
        return verdict(answer)

    @contextmanager
    def _connected(self, seconds: float) -> Iterator[socket.socket]:
        """Give a connection whose every wait ends after *seconds*."""
        place = self._settings.socket
        tcp = _TCP.fullmatch(place)
        if tcp:
            line = socket.create_connection((tcp[1], int(tcp[2])), self._settings.connect_seconds)
        else:
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(self._settings.connect_seconds)
        with line:
            if not tcp:
                line.connect(place)
            line.settimeout(seconds)
            yield line


class _BrokenError(Exception):
    """The conversation ended without an answer."""


def _send(line: socket.socket, pieces: Iterator[bytes], until: float) -> None:
    """Send a stream: each piece led by its length, the end by a length of nothing."""
    line.sendall(b"zINSTREAM\0")
    for piece in pieces:
        if time.monotonic() > until:
            raise TimeoutError
        line.sendall(struct.pack(">I", len(piece)) + piece)
    line.sendall(struct.pack(">I", 0))


def _answer(line: socket.socket, until: float) -> str:
    """Return the one answer; raise OSError if it is late, endless, cut short or no text."""
    told = b""
    while not told.endswith(b"\0"):
        line.settimeout(max(until - time.monotonic(), 0.001))
        piece = line.recv(_LONGEST_ANSWER)
        told += piece
        if not piece or len(told) > _LONGEST_ANSWER:
            raise ConnectionError
    return told[:-1].decode("utf-8", "replace").strip()


def verdict(answer: str) -> Scan:
    """Return what clamd's *answer* means: whatever is not plainly clean is not clean."""
    if answer == "stream: OK":
        return Scan("clean")
    found = _FOUND.fullmatch(answer)
    if found and not found[1].startswith(_LIMITS):
        return Scan("found", found[1])
    if found or "size limit exceeded" in answer:
        return Scan("unsure", "limit")
    return Scan("unsure", "error")


def _made(answer: str) -> dt.datetime | None:
    """Return when the signatures were made: `ClamAV 1.4.6/27812/Sat Nov 21 09:31:02 2026`."""
    try:
        return dt.datetime.strptime(answer.split("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=dt.UTC)
    except (IndexError, ValueError):
        return None
