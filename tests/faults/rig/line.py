"""The line between the program and PostgreSQL, cut at a word of the program's choosing.

A line that breaks does so before the server hears a word, or after it has acted on it and before its answer
arrives: then nobody on this side knows. Later lines work again.
"""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit, urlunsplit

NAME = ".s.PGSQL.5432"
PIECE = 1 << 16


class Line:
    """A socket that leads to the server at *url*; word *cut* is the last, *heard* or not."""

    def __init__(self, url: str, cut: int = 0, *, heard: bool = False) -> None:
        self._folder = tempfile.TemporaryDirectory()  # a socket's path must be short
        folder = self._folder.name
        parts = urlsplit(url)
        (server,) = parse_qs(parts.query)["host"]
        self.url = urlunsplit(parts._replace(query=f"host={folder}"))
        """The address that leads through here."""
        self.words = 0
        """How many words the program has said, over all its connections."""
        self._cut, self._heard = cut, heard
        self._server = f"{server}/{NAME}"
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(f"{folder}/{NAME}")
        self._door.listen()
        threading.Thread(target=self._welcome, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._folder.cleanup()

    def _welcome(self) -> None:
        """Give every connection of the program one to the server."""
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
                threading.Thread(target=self._asked, args=(near, far), daemon=True).start()
                threading.Thread(target=self._answered, args=(near, far), daemon=True).start()

    def _asked(self, near: socket.socket, far: socket.socket) -> None:
        """Pass on what the program says, until the word that is the last."""
        with suppress(OSError):
            while word := near.recv(PIECE):
                self.words += 1
                if self.words == self._cut:
                    self._end(word, near, far)
                    return
                far.sendall(word)
        _close(near, far)

    def _end(self, word: bytes, near: socket.socket, far: socket.socket) -> None:
        """Cut the line; if the last word is heard, only after the server has answered it to nobody."""
        near.shutdown(socket.SHUT_RDWR)
        if self._heard:
            far.sendall(word)
            far.shutdown(socket.SHUT_WR)
        else:
            _close(far)

    def _answered(self, near: socket.socket, far: socket.socket) -> None:
        """Pass on what the server says, as long as somebody hears it."""
        with suppress(OSError):
            while word := far.recv(PIECE):
                with suppress(OSError):
                    near.sendall(word)
        _close(near, far)


def _close(*ends: socket.socket) -> None:
    """Close the ends of a line, whatever state they are in."""
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
