"""ZIPs written byte by byte, so that each number in them can be made to lie."""

import struct
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache

PAPER = b"%PDF-1.4 " + bytes(range(256)) * 4


@lru_cache(maxsize=4)
def deflated(data):
    """Return *data* packed, once for all the members that hold the same."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


@dataclass(frozen=True)
class Piece:
    """One member, each number of which can be made to lie."""

    name: bytes = b"padron.pdf"
    data: bytes = PAPER
    method: int = 8
    flags: int = 0
    attributes: int = 0
    system: int = 3
    size: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    crc: int | None = None
    at: int | None = None
    descriptor: bytes | None = None
    extra: bytes = b""
    local_extra: bytes = b""

    def packed(self):
        if self.method == 0:
            return self.data
        return deflated(self.data)

    def numbers(self):
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        return crc, len(self.packed()), len(self.data) if self.size is None else self.size

    def local(self):
        crc, packed, size = self.numbers()
        size = size if self.local_size is None else self.local_size
        told = (0, 0, 0) if self.flags & 8 else (crc, packed, size)
        name = self.name if self.local_name is None else self.local_name
        head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, self.flags, self.method, 0, 33, *told, len(name), 0)
        head = head[:-2] + struct.pack("<H", len(self.local_extra))
        tail = b"" if self.descriptor is None else self.descriptor
        return head + name + self.local_extra + self.packed() + tail

    def central(self, offset):
        offset = offset if self.at is None else self.at
        head = struct.pack(
            "<4s2B5H3L5H2L", b"PK\1\2", 20, self.system, 20, self.flags, self.method, 0, 33,
            *self.numbers(), len(self.name), len(self.extra), 0, 0, 0, self.attributes, offset,
        )  # fmt: skip
        return head + self.name + self.extra


def descriptor(piece, *, mark=b"PK\7\x08"):
    """Return the piece with its numbers after its data, as a packer writes them that cannot go back."""
    return replace(piece, flags=piece.flags | 8, descriptor=mark + struct.pack("<3L", *piece.numbers()))


def forge(*pieces, count=None, before=b"", between=b"", after=b"", comment=b""):
    """Return a ZIP of *pieces*, with bytes put in at places where none belong."""
    body, offsets = before, []
    for piece in pieces:
        offsets.append(len(body))
        body += piece.local() if piece.at is None else b""
    body += between
    start = len(body)
    body += b"".join(piece.central(offset) for piece, offset in zip(pieces, offsets, strict=True))
    total = len(pieces) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, total, total, len(body) - start, start, len(comment))
    return body + end + comment + after
