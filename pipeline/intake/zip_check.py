"""Whether a ZIP means one thing only, and is small enough: judged from its records, before any inflating.

Every byte must belong to exactly one member, the directory or the end record. Overlaps, gaps, leading and
trailing data are how bombs and files with two readings are made (CVE-2024-0450; PyPI's rules for wheels).
Unlike PyPI, data descriptors are accepted when they tell the truth: macOS, Java and web portals write them.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.intake.codes import Fault
from pipeline.intake.junk import is_junk
from pipeline.intake.zip_names import decode, path, twin
from pipeline.intake.zip_records import (
    ENCRYPTED,
    MOST,
    STREAMED,
    STRONG,
    UTF8,
    Bytes,
    Directory,
    Entry,
    Local,
    RecordError,
    describes,
    directory,
    entries,
    local,
)
from pipeline.limits import Limits

STORED, DEFLATED = 0, 8
_UNIX, _MACOS = 3, 19


class Part(NamedTuple):
    """One member that may be inflated, or whose own `code` says why not. `data` is its first packed byte."""

    file: str
    folder: bool
    method: int
    crc: int
    packed: int
    size: int
    data: int
    code: str | None


class Checked(NamedTuple):
    """The members of a ZIP, and everything held against it as a whole."""

    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]


def check(data: Bytes, limits: Limits) -> Checked:
    """Judge the structure of the ZIP in *data*; its members may be inflated only when there are no faults."""
    try:
        where = directory(data)
        if where.total > MOST:
            return Checked((), (Fault("too-many-files"),))
        listed = tuple(entries(data, where))
        heads = tuple(local(data, entry, where) for entry in listed)
    except RecordError as error:
        return Checked((), (Fault(error.code),))
    parts = tuple(_part(entry, head) for entry, head in zip(listed, heads, strict=True))
    faults = (
        *_names(listed, parts, limits),
        *_twins(parts),
        *(Fault("zip-ambiguous") for e, h in zip(listed, heads, strict=True) if not _same(e, h)),
        *_tiles(data, where, listed, heads),
        *_sizes(parts, limits),
    )
    if faults:
        faults = (*faults, *(Fault(part.code, part.file) for part in parts if part.code))
    return Checked(parts, faults)


def _part(entry: Entry, head: Local) -> Part:
    """Return the member as the rest of the program knows it."""
    name = decode(entry.raw, utf8=bool(entry.flags & UTF8), extra=entry.extra)
    return Part(
        file=path(name.text) or "",
        folder=name.folder,
        method=entry.method,
        crc=entry.crc,
        packed=entry.packed,
        size=entry.size,
        data=head.data,
        code=_unreadable(entry),
    )


def _unreadable(entry: Entry) -> str | None:
    """Return the code of a member that is encrypted or packed by a method that is not read."""
    if entry.flags & (ENCRYPTED | STRONG) or entry.method == 99:
        return "encrypted"
    return None if entry.method in {STORED, DEFLATED} else "unsupported-type"


def _names(listed: Sequence[Entry], parts: Sequence[Part], limits: Limits) -> Iterator[Fault]:
    """Yield the members whose name is unsafe, too deep or told in two ways, and what is no file."""
    for entry, part in zip(listed, parts, strict=True):
        name = decode(entry.raw, utf8=bool(entry.flags & UTF8), extra=entry.extra)
        levels = part.file.count("/") + part.folder
        if not part.file or _special(entry) or (levels > limits.folders and not is_junk(part.file)):
            yield Fault("zip-unsafe-name")
        if not name.agreed or (part.folder and part.size):
            yield Fault("zip-ambiguous")


def _special(entry: Entry) -> bool:
    """Tell whether the member is a link, a device or another thing that is neither file nor folder.

    A pipe is a file: Info-ZIP calls so what it read from its standard input.
    """
    kind = stat.S_IFMT(entry.attributes >> 16) if entry.system in {_UNIX, _MACOS} else 0
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFIFO}


def _twins(parts: Sequence[Part]) -> Iterator[Fault]:
    """Yield the names that two members share, by the letter or on a disk that folds case or Unicode form."""
    count = Counter(twin(part.file) for part in parts if not part.folder)
    folders = {twin(parent) for part in parts for parent in _parents(part)}
    for part in parts:
        if not part.folder and (count[twin(part.file)] > 1 or twin(part.file) in folders):
            yield Fault("zip-ambiguous", part.file)


def _parents(part: Part) -> Iterator[str]:
    """Yield the folders that the member lies in, and itself if it is one."""
    pieces = part.file.split("/")
    for n in range(1, len(pieces) + part.folder):
        yield "/".join(pieces[:n])


def _same(entry: Entry, head: Local) -> bool:
    """Tell whether the local header says what the directory says."""
    shared = STREAMED | UTF8 | ENCRYPTED
    if entry.raw != head.raw or entry.method != head.method or (entry.flags ^ head.flags) & shared:
        return False
    told = (head.crc, head.packed, head.size)
    true = (entry.crc, entry.packed, entry.size)
    # a streamed member gives its numbers after the data, and nothing or the truth before
    return told == true or (
        bool(entry.flags & STREAMED) and all(t in {0, f} for t, f in zip(told, true, strict=True))
    )


def _tiles(data: Bytes, where: Directory, listed: Sequence[Entry], heads: Sequence[Local]) -> Iterator[Fault]:
    """Yield overlaps as bombs, and gaps, leading data and false data descriptors as ambiguity."""
    placed = sorted(zip(listed, heads, strict=True), key=lambda pair: pair[0].offset)
    starts = [entry.offset for entry, _ in placed]
    if (starts[0] if starts else where.start) != 0:
        yield Fault("zip-ambiguous")
    for (entry, head), (_, after) in zip(placed, pairwise([*starts, where.start]), strict=True):
        ends = head.data + entry.packed
        if ends > after:
            yield Fault("zip-bomb")
        elif entry.flags & STREAMED:
            if not (after - ends <= 24 and describes(data[ends:after], entry)):
                yield Fault("zip-ambiguous")
        elif ends != after:
            yield Fault("zip-ambiguous")


def _sizes(parts: Sequence[Part], limits: Limits) -> Iterator[Fault]:
    """Yield what is too much by the ZIP's own word: members, bytes, and how far one of them swells."""
    papers = [part for part in parts if not part.folder and not is_junk(part.file)]
    # system files and folders cost time too: macOS doubles each member, nothing honest writes ten for one
    if len(papers) > limits.members or len(parts) > 10 * limits.members:
        yield Fault("too-many-files")
    if sum(part.size for part in parts) > limits.unpacked:
        yield Fault("too-large")
    for part in parts:
        swells = part.size > limits.ratio_from and part.size > limits.ratio * part.packed
        lies = part.method == STORED and part.code is None and part.size != part.packed
        if swells or lies:
            yield Fault("zip-bomb", part.file)
