"""A case as one encrypted file: a tar of its rows and papers, sealed piece by piece (AES-256-GCM).

    pieces = sealed(key, case_id, members)      # to be poured into the store
    for name, file in opened(key, case_id, packet): ...

Each piece bears its number and whether it is the last in its nonce, so that none can be cut off, repeated or
moved; the key of a packet is derived (HKDF-SHA256) from the case's and 32 bytes of chance at its head, so no
nonce serves twice under one key, however often a packet is begun. The last member, `index.json`, has the
digest of every other one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipeline.store.blobs import PIECE

INDEX = "index.json"
_MAGIC = b"ventanilla-packet-1\n"
_SALT_BYTES = 32
_TAG_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + _SALT_BYTES
_LONGEST_INDEX = 64 << 20
"""Bytes of a list that is believed: a case has some thousand papers at most."""


class BrokenError(Exception):
    """A packet that is not what was sealed, or not under this key."""


class Member(NamedTuple):
    """One file of a packet: its name, how many bytes it has, and these."""

    name: str
    size: int
    pieces: Iterable[bytes]


class Listed(NamedTuple):
    """What a packet's own list tells of a member."""

    sha256: str
    size: int


def sealed(key: bytes, case: str, members: Iterable[Member]) -> Iterator[bytes]:
    """Yield the packet of a case; raise BrokenError where a member is not as long as it said."""
    head = _MAGIC + os.urandom(_SALT_BYTES)
    cipher = _cipher(key, case, head)
    yield head
    waiting, number = bytearray(), 0
    for data in _tar(members):
        waiting += data
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:PIECE]), head)
            del waiting[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), head)


def opened(key: bytes, case: str, packet: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield each member of a packet with its bytes, to be read before the next; `index.json` is the last.

    Raises:
        BrokenError: the packet is damaged, cut short, another case's, or under another key.
    """
    plain = _Opened(key, case, packet)
    try:
        with tarfile.open(fileobj=cast(IO[bytes], plain), mode="r|") as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is None:
                    raise BrokenError
                yield member.name, file
        # to the end: what comes after the last member must be what was sealed too
        while plain.read(PIECE):
            pass
    except (tarfile.TarError, EOFError):
        raise BrokenError from None


def verified(key: bytes, case: str, packet: IO[bytes]) -> Mapping[str, Listed]:
    """Read all of a packet and return what is in it, by name, the list itself left out.

    Raises:
        BrokenError: it cannot be read to its end, or a member is not what its own list says.
    """
    found: dict[str, Listed] = {}
    index: Mapping[str, Listed] | None = None
    for name, file in opened(key, case, packet):
        if name == INDEX:
            index = _index(file)
        else:
            found[name] = _digested(file)
    if index is None or index != found:
        raise BrokenError
    return found


def _tar(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield a tar of *members* and of the list of their digests."""
    listed: dict[str, Listed] = {}
    for member in members:
        yield _info(member.name, member.size)
        digest, size = hashlib.sha256(), 0
        for piece in member.pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        if size != member.size:
            raise BrokenError
        yield _filling(size)
        listed[member.name] = Listed(digest.hexdigest(), size)
    index = json.dumps({"form": 1, "members": {name: one._asdict() for name, one in listed.items()}}).encode()
    yield _info(INDEX, len(index)) + index + _filling(len(index))
    yield bytes(2 * tarfile.BLOCKSIZE)


def _info(name: str, size: int) -> bytes:
    """Return a member's head: no moment, no owner."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _filling(size: int) -> bytes:
    """Return what fills the last block of a member."""
    return bytes(-size % tarfile.BLOCKSIZE)


def _index(file: IO[bytes]) -> Mapping[str, Listed]:
    """Return a packet's own list."""
    try:
        told = json.loads(file.read(_LONGEST_INDEX))
        return {name: Listed(**one) for name, one in told["members"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BrokenError from None


def _digested(file: IO[bytes]) -> Listed:
    """Return digest and size of a member, by reading it."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return Listed(digest.hexdigest(), size)


def _cipher(key: bytes, case: str, head: bytes) -> AESGCM:
    """Return what seals the pieces of the packet with that head."""
    salt, info = head[len(_MAGIC) :], f"ventanilla packet {case}".encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    """Return the nonce of a piece: 12 bytes, as GCM wants."""
    return number.to_bytes(11, "big") + bytes([last])


class _Opened(io.RawIOBase):
    """The plain bytes of a packet, as tarfile reads them: nothing that was not authenticated."""

    def __init__(self, key: bytes, case: str, packet: IO[bytes]) -> None:
        super().__init__()
        self._packet = packet
        self._head = packet.read(_HEAD_BYTES)
        if len(self._head) != _HEAD_BYTES or not self._head.startswith(_MAGIC):
            raise BrokenError
        self._cipher = _cipher(key, case, self._head)
        self._next = packet.read(PIECE + _TAG_BYTES)
        self._plain, self._number, self._ended = b"", 0, False

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next *size* bytes, fewer only at the end."""
        out = bytearray()
        while size < 0 or len(out) < size:
            if not self._plain and not self._decrypt():
                break
            take = len(self._plain) if size < 0 else size - len(out)
            out += self._plain[:take]
            self._plain = self._plain[take:]
        return bytes(out)

    def _decrypt(self) -> bool:
        """Open the next piece; False after the last."""
        if self._ended:
            return False
        piece, self._next = self._next, self._packet.read(PIECE + _TAG_BYTES)
        self._ended = not self._next
        nonce = _nonce(self._number, last=self._ended)
        try:
            self._plain = self._cipher.decrypt(nonce, piece, self._head)
        except InvalidTag:
            raise BrokenError from None
        self._number += 1
        return bool(self._plain)
