"""Is a file that was handed over as it was made?

Every member against the manifest, every document against the index, both signatures. What is looked at is
from outside: nothing is unpacked to the disk, sizes are bounded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.exchange.archive import INDEX, MANIFEST, SEAL, SIGNATURE
from pipeline.exchange.xml import digests
from pipeline.receipts.detached import Worth, worth
from pipeline.receipts.key import Certificate
from pipeline.store.blobs import PIECE

LARGEST_LIST = 16 << 20
"""Bytes of the largest index, manifest or signature that is read: some 60 000 documents."""
MOST_MEMBERS = 100_000
_HEAD_BYTES, _END_BYTES = 30, 22
"""Bytes of a member's head before its name, and of the end of an archive without a comment (APPNOTE 4.3)."""


class Wrong(NamedTuple):
    """A member that is not as it was: `changed`, `missing`, `strange` (nobody put it there), `unreadable`."""

    what: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found; `signature` None where the file says nothing was signed."""

    documents: int
    wrong: tuple[Wrong, ...]
    signature: Worth | None

    @property
    def whole(self) -> bool:
        """Whether nothing was changed since it was made, whoever made it."""
        return not self.wrong and self.signature != "broken"

    @property
    def proved(self) -> bool:
        """Whether it is whole and somebody whom we know answers for it."""
        return self.whole and self.signature == "good"


def verify(place: Path, trusted: Iterable[Certificate], at: dt.datetime) -> Verdict:
    """Judge the file at *place*; *trusted* are the certificates that are believed, at the moment *at*."""
    try:
        with zipfile.ZipFile(place) as archive:
            found = _judged(archive, tuple(trusted), at)
            hides = () if _nothing_beside(place, archive) else (Wrong("changed", ""),)
            return replace(found, wrong=(*found.wrong, *hides))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return Verdict(documents=0, wrong=(Wrong("unreadable", ""),), signature="broken")


def _nothing_beside(place: Path, archive: zipfile.ZipFile) -> bool:
    """Whether every byte is a member's or the list's: what lies beside them another program would unpack."""
    end = 0
    with place.open("rb") as file:
        for one in archive.infolist():
            file.seek(end)
            head = file.read(_HEAD_BYTES)
            if one.header_offset != end or len(head) < _HEAD_BYTES:
                return False
            end += _HEAD_BYTES + sum(struct.unpack("<HH", head[-4:])) + one.compress_size
        file.seek(-_END_BYTES, os.SEEK_END)
        last = file.read()
    return archive.start_dir == end and last.startswith(b"PK\5\6") and last.endswith(b"\0\0")


def _judged(archive: zipfile.ZipFile, trusted: tuple[Certificate, ...], at: dt.datetime) -> Verdict:
    """Judge an archive that opens."""
    names = [one.filename for one in archive.infolist()]
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
        return Verdict(documents=0, wrong=(Wrong("unreadable", ""),), signature="broken")
    manifest, listed = _small(archive, MANIFEST), _small(archive, INDEX)
    told = dict(_lines(manifest))
    wrong = [*_members(archive, names, told), *_indexed(listed, told)]
    signatures = {_worth(archive, *pair, trusted, at) for pair in ((MANIFEST, SEAL), (INDEX, SIGNATURE))}
    worst = next((one for one in ("broken", None, "unknown", "good") if one in signatures), None)
    documents = sum(name.startswith("documentos/") for name in told)
    # one signature of two is one that was taken away
    torn = None in signatures and len(signatures) > 1
    return Verdict(documents=documents, wrong=tuple(wrong), signature="broken" if torn else worst)


def _members(archive: zipfile.ZipFile, names: list[str], told: dict[str, str]) -> Iterator[Wrong]:
    """Yield the members that are not those of the manifest."""
    for name, digest in told.items():
        if name not in names:
            yield Wrong("missing", name)
        elif _digest(archive, name) != digest:
            yield Wrong("changed", name)
    for name in names:
        if name not in told and name not in {MANIFEST, SEAL}:
            yield Wrong("strange", name)


def _indexed(listed: bytes, told: dict[str, str]) -> Iterator[Wrong]:
    """Yield the documents that are not those of the index, in its order."""
    try:
        indexed = digests(listed)
    except ValueError:
        yield Wrong("changed", INDEX)
        return
    held = [digest for name, digest in told.items() if name.startswith("documentos/")]
    if indexed != held:
        yield Wrong("changed", INDEX)


def _worth(
    archive: zipfile.ZipFile, name: str, seal: str, trusted: tuple[Certificate, ...], at: dt.datetime
) -> Worth | None:
    """Return what the signature of a member is worth, None where there is none."""
    if seal not in archive.namelist():
        return None
    return worth(_small(archive, name), _small(archive, seal), trusted, at)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member that must be small; raise ValueError where it is missing or is not."""
    if name not in archive.namelist():
        raise ValueError(name)
    info = archive.getinfo(name)
    if info.file_size > LARGEST_LIST or info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(name)
    with archive.open(name) as member:
        return member.read(LARGEST_LIST)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    """Return the digest of a member, read in pieces; empty where it cannot be read."""
    digest = hashlib.sha256()
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED:
        return ""  # ours are stored: what grows when it is read is none of ours
    try:
        with archive.open(info) as member:
            while piece := member.read(PIECE):
                digest.update(piece)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return ""
    return digest.hexdigest()


def _lines(manifest: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and digest of each line."""
    for line in manifest.decode("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest
