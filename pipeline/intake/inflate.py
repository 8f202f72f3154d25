"""One member of a checked ZIP, inflated to a file of our own naming under a real budget of bytes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.zip_check import DEFLATED, Part
from pipeline.intake.zip_records import Bytes

PIECE = 1 << 16


@dataclass(slots=True, kw_only=True)
class Budget:
    """What one package may still unpack, its inner ZIP included."""

    bytes: int
    members: int


class Inflated(NamedTuple):
    """The bytes of a member on disk."""

    sha256: str
    bytes: int


class UnsoundError(Exception):
    """The packed bytes are not what the ZIP says of them; `code` is the contract's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inflate(data: Bytes, part: Part, target: Path, budget: Budget) -> Inflated:
    """Write the member to *target*, a new file; raise UnsoundError where its bytes belie the ZIP.

    At most one piece more than the declared size is ever produced, whatever the member claims.
    """
    digest, crc, size = hashlib.sha256(), 0, 0
    with target.open("xb") as out:
        for piece in _pieces(data, part):
            size += len(piece)
            if size > part.size:
                raise UnsoundError("zip-bomb")
            if size > budget.bytes:
                raise UnsoundError("too-large")
            crc = zlib.crc32(piece, crc)
            digest.update(piece)
            out.write(piece)
    if size != part.size:
        raise UnsoundError("zip-bomb")
    if crc != part.crc:
        raise UnsoundError("corrupt")
    budget.bytes -= size
    return Inflated(digest.hexdigest(), size)


def _pieces(data: Bytes, part: Part) -> Iterator[bytes]:
    """Yield the unpacked bytes, a bounded piece at a time."""
    end = part.data + part.packed
    packed = (data[at : min(at + PIECE, end)] for at in range(part.data, end, PIECE))
    return _inflated(packed) if part.method == DEFLATED else packed


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Yield raw deflate data inflated; raise UnsoundError unless it ends with the last byte (RFC 1951)."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            if stream.eof:
                raise UnsoundError("corrupt")
            # zlib may hold output back after it took all input, so ask until it gives none
            while found := stream.decompress(piece, PIECE):
                yield found
                piece = stream.unconsumed_tail  # noqa: PLW2901 - the rest of the same piece
    except zlib.error as error:
        raise UnsoundError("corrupt") from error
    if not stream.eof or stream.unused_data:
        raise UnsoundError("corrupt")
