"""What a child that reads may say: lines of JSON, bounded before they are believed.

A child that a paper took over can lie about what that paper says. It cannot make us hold more than
`LONGEST` bytes and `VALUES` values of its answer, wait for it for ever, or take for a reading what is none.
"""

from __future__ import annotations

import json
import math
import re
import select
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from extractors import wire
from extractors.bounds import Bounds
from extractors.document import Document, Field, FileReading, Item, Part
from extractors.page import Reader
from extractors.reading.files import drawn, region
from extractors.reading.files.drawn import Drawn
from extractors.reading.files.region import Seen
from extractors.reading.refusal import Code

_Answer = TypeVar("_Answer")
LONGEST = 16 << 20
"""Bytes of the longest answer; one with 500 pages of fields has a few million."""
VALUES = 800_000
"""Signs that begin or part JSON values in the longest answer: each value costs us some hundred bytes."""
LOOK_SECONDS = 0.2
"""How often a child that does not answer is looked at."""
_CHUNK = 1 << 18
_SLUG = re.compile(r"[\w.-]{1,80}")
_CODES = frozenset({None, *get_args(Code)})
_READERS = frozenset(get_args(Reader))


class Lost(Exception):  # noqa: N818 - tells the sandbox what to answer
    """The reader is of no more use; `code` is what the file gets, None where the reader ended by itself.

    `killed` says that nobody knows by whom: it may have been no fault of the file.
    """

    def __init__(self, code: str | None, *, killed: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.killed = killed


class Answers:
    """The messages that come over *channel*."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._rest = bytearray()

    def next(self, until: float, look: Callable[[], None]) -> dict[str, Any]:
        """Return the next message, due by *until* on the monotonic clock; call *look* while there is none.

        Raises:
            Lost: Nothing came in time, too much came, or what came is no message.
        """
        seen = 0
        while (end := self._rest.find(b"\n", seen)) < 0:
            seen = len(self._rest)
            self._rest += self._chunk(until, look)
            if len(self._rest) > LONGEST:
                raise Lost("memory")
        line = bytes(self._rest[:end])
        del self._rest[: end + 1]
        return _message(line)

    def silent(self) -> bool:
        """Whether nothing has come that nobody asked for."""
        return not self._rest and not self._there(0.0)

    def _there(self, seconds: float) -> bool:
        """Wait for at most *seconds* until something comes, or nothing can come any more."""
        return bool(select.select([self._channel], [], [], seconds)[0])

    def _chunk(self, until: float, look: Callable[[], None]) -> bytes:
        """Return what comes next."""
        while not self._there(min(LOOK_SECONDS, max(until - time.monotonic(), 0.0))):
            if time.monotonic() >= until:
                raise Lost("timeout")
            look()
        try:
            chunk = self._channel.recv(_CHUNK)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            raise Lost(None)
        return chunk


def _message(line: bytes) -> dict[str, Any]:
    """Return the JSON object on *line*."""
    if sum(map(line.count, (b",", b":", b"[", b"{"))) > VALUES:
        raise Lost("memory")
    try:
        message = json.loads(line, parse_constant=_none_such)
    except (ValueError, RecursionError):
        raise Lost("corrupt") from None
    if not isinstance(message, dict):
        raise Lost("corrupt")
    return message


def _none_such(word: str) -> float:
    """Refuse NaN and Infinity: no certainty compares with them."""
    raise ValueError(word)


def reading(message: dict[str, Any], bounds: Bounds) -> FileReading:
    """Return the reading in *message*.

    Raises:
        Lost: It is none that a reader of ours could have given.
    """
    try:
        found = wire.unpacked(message["reading"])
        sound = found.code in _CODES and all(map(_slug, found.flags)) and _sound(found, bounds)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Lost("corrupt") from None
    if not sound:
        raise Lost("corrupt")
    return found


def page(message: dict[str, Any]) -> Drawn | str:
    """Return the drawn page in *message*, or the code that says why there is none.

    Raises:
        Lost: It is neither.
    """
    return _or_code(message, "drawn", drawn.unpacked)


def seen(message: dict[str, Any]) -> Seen | str:
    """Return what was read of a rectangle, or the code that says why nothing could be.

    Raises:
        Lost: It is neither.
    """
    return _or_code(message, "seen", region.unpacked)


def _or_code(message: dict[str, Any], name: str, unpacked: Callable[[Any], _Answer]) -> _Answer | str:
    """Return what *message* has under *name*, or its code; raise Lost for neither."""
    code = message.get("refused")
    if isinstance(code, str) and code in _CODES:
        return code
    try:
        return unpacked(message[name])
    except (KeyError, TypeError, ValueError):
        raise Lost("corrupt") from None


def _sound(found: FileReading, bounds: Bounds) -> bool:
    """Whether all documents have pages, certainties and words of the shape that ours have."""
    return all(
        all(map(_slug, (one.kind, one.language or "-", *one.flags)))
        and one.reader in _READERS
        and 0 <= one.kind_confidence <= 1
        and all(1 <= page <= bounds.pages for page in one.pages)
        and all(_slug(name) and _field_sound(field) for name, field in _fields(one))
        and all(math.isfinite(x) for code in one.codes for x in code.box)
        for one in found.documents
    )


def _fields(document: Document) -> Iterator[tuple[str, Field]]:
    """Yield the fields and the mentions of a document."""
    yield from document.fields.items()
    yield from document.mentions.items()


def _field_sound(field: Field) -> bool:
    """Whether all certainties of a field are chances, and its places are places."""
    parts = [part for item in field.items for part in item.parts.values()]
    listed: list[Item | Part] = [*field.items, *parts]
    sure = (field.confidence, *(r.confidence for r in field.readings), *(one.confidence for one in listed))
    places = (field.box, *(one.box for one in listed))
    named = all(_slug(name) for item in field.items for name in item.parts)
    chances = all(0 <= one <= 1 for one in sure)
    return named and chances and all(math.isfinite(x) for box in places for x in box)


def _slug(word: str) -> bool:
    """Whether *word* is a name of ours rather than text of a paper."""
    return isinstance(word, str) and _SLUG.fullmatch(word) is not None
