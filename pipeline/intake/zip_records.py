"""The records of a ZIP read from its bytes: end record, directory, local headers (APPNOTE 6.3.10, 4.3).

Python's `zipfile` trusts the central directory, cuts names at NUL and reads overlapping members; so the
structure is read here first, whole, and nothing is inflated.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple, Protocol

END, END64, LOCATOR64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
CENTRAL, LOCAL, DESCRIPTOR = b"PK\1\2", b"PK\3\4", b"PK\7\x08"
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_LOCAL = struct.Struct("<4s2B4H3L2H")
_COMMENT = 0xFFFF
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
MOST = 65_535
"""Entries looked at; a directory that declares more is refused unread."""

ENCRYPTED, STREAMED, STRONG, UTF8 = 0x1, 0x8, 0x40, 0x800


class Bytes(Protocol):
    """A package in memory or mapped from disk."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: slice, /) -> bytes: ...
    def rfind(self, sub: bytes, start: int = ..., end: int = ..., /) -> int:
        """Return the last place of *sub*, or -1."""


class RecordError(Exception):
    """The records cannot be followed; `code` is the contract's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Directory(NamedTuple):
    """Where the central directory lies, and how many entries it declares."""

    start: int
    end: int
    total: int


class Entry(NamedTuple):
    """One member as the central directory has it."""

    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    system: int
    attributes: int
    extra: dict[int, bytes]


class Local(NamedTuple):
    """The same member as its local header has it; `data` is the place of its first byte."""

    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    data: int


def directory(data: Bytes) -> Directory:
    """Return the place of the central directory; raise RecordError where the end record cannot be trusted."""
    at = _end(data)
    _, disk, start_disk, here, count, size, offset, _ = _END.unpack(data[at : at + _END.size])
    until = at
    if data[at - 20 : at - 16] == LOCATOR64:
        until, wide = _end64(data, at)
        for short, full, long in zip(
            (here, count, size, offset), (_FULL16, _FULL16, _FULL32, _FULL32), wide, strict=True
        ):
            _agree(short in {full, long})
        here, count, size, offset = wide
    _agree(disk in {0, _FULL16} and start_disk in {0, _FULL16} and here == count)
    _agree(offset + size == until)
    return Directory(offset, until, count)


def _end(data: Bytes) -> int:
    """Return the place of the one end record, which with its comment must end the file."""
    low = max(0, len(data) - _END.size - _COMMENT)
    at = data.rfind(END, low, len(data))
    if at < 0 or at + _END.size > len(data):
        raise RecordError("corrupt")
    comment = int.from_bytes(data[at + 20 : at + 22], "little")
    if at + _END.size + comment > len(data):
        raise RecordError("corrupt")
    _agree(at + _END.size + comment == len(data))
    return at


def _end64(data: Bytes, at: int) -> tuple[int, tuple[int, int, int, int]]:
    """Return where the zip64 end record begins, and its entries here and in all, size and offset."""
    _, disk, place, disks = _LOCATOR64.unpack(data[at - 20 : at])
    start = at - 20 - _END64.size
    _agree(disk == 0 and disks <= 1 and place == start >= 0)
    mark, rest, _, _, number, first, here, count, size, offset = _END64.unpack(data[start : at - 20])
    # a longer record holds the "extensible data" that no honest packer writes
    _agree(mark == END64 and rest == _END64.size - 12 and number == first == 0)
    return start, (here, count, size, offset)


def entries(data: Bytes, where: Directory) -> Iterator[Entry]:
    """Yield the entries of the central directory, which must fill its place exactly."""
    at = where.start
    for _ in range(where.total):
        head = data[at : min(at + _CENTRAL.size, where.end)]
        _agree(len(head) == _CENTRAL.size and head[:4] == CENTRAL)
        _, _, system, _, _, flags, method, _, _, crc, packed, size, n, m, k, disk, _, attributes, offset = (
            _CENTRAL.unpack(head)
        )
        at += _CENTRAL.size
        _agree(at + n + m + k <= where.end and disk in {0, _FULL16})
        extra = _extra(data[at + n : at + n + m])
        size, packed, offset = _wide(extra, size, packed, offset)
        yield Entry(data[at : at + n], flags, method, crc, packed, size, offset, system, attributes, extra)
        at += n + m + k
    _agree(at == where.end)


def local(data: Bytes, entry: Entry, where: Directory) -> Local:
    """Return the local header that *entry* points at."""
    head = data[entry.offset : entry.offset + _LOCAL.size]
    _agree(entry.offset + _LOCAL.size <= where.start and head[:4] == LOCAL)
    _, _, _, flags, method, _, _, crc, packed, size, n, m = _LOCAL.unpack(head)
    at = entry.offset + _LOCAL.size
    _agree(at + n + m + entry.packed <= where.start)
    size, packed, _ = _wide(_extra(data[at + n : at + n + m]), size, packed, 0)
    return Local(data[at : at + n], flags, method, crc, packed, size, at + n + m)


def describes(trailer: bytes, entry: Entry) -> bool:
    """Tell whether *trailer* is a data descriptor of *entry*: marked or not, of 4 or 8 byte sizes."""
    return trailer in {
        mark + struct.pack(form, entry.crc, entry.packed, entry.size)
        for mark in (b"", DESCRIPTOR)
        for form in (("<3L", "<L2Q") if max(entry.packed, entry.size) <= _FULL32 else ("<L2Q",))
    }


def _extra(field: bytes) -> dict[int, bytes]:
    """Return the extra *field* by header id; a field named twice has two meanings."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(field):
        kind, size = struct.unpack_from("<2H", field, at)
        _agree(at + 4 + size <= len(field) and (kind not in found or kind not in {0x0001, 0x7075}))
        found[kind] = field[at + 4 : at + 4 + size]
        at += 4 + size
    return found


def _wide(extra: dict[int, bytes], size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return the three numbers with those that did not fit taken from the zip64 field 0x0001."""
    numbers = [size, packed, offset]
    field, at = extra.get(0x0001, b""), 0
    for i, number in enumerate(numbers):
        if number == _FULL32:
            _agree(at + 8 <= len(field))
            numbers[i] = int.from_bytes(field[at : at + 8], "little")
            at += 8
    return numbers[0], numbers[1], numbers[2]


def _agree(told: object) -> None:
    """Raise RecordError when two records of the ZIP tell different things."""
    if not told:
        raise RecordError("zip-ambiguous")
