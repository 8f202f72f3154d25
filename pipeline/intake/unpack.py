"""A received drop taken apart: its members as plain files of our own naming, or a reason to return it.

A drop is a loose paper, a ZIP (which may hold one level of ZIP: a proof of receipt of the INSS is one) or
a folder. All its parts share one budget. One bad member does not return the case.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.case import Member, Original, Presentation, Received, Returned, Unpacked, carried
from pipeline.intake.codes import Fault, foremost
from pipeline.intake.inflate import Budget, Inflated, UnsoundError, inflate
from pipeline.intake.junk import PRESENTATION, is_junk, is_signature
from pipeline.intake.presentation import presentation
from pipeline.intake.sniff import ZIP, Sniffed, sniff
from pipeline.intake.zip_check import Part, check
from pipeline.limits import Limits

_HEAD = 4096
ANSWER = "respuesta-"
"""How we begin the names of papers that came after the application, followed by their order and "/".

A sender may call a file so too: whose it is, `order` tells.
"""


class ReturnError(Exception):
    """The drop as a whole goes back to whoever handed it in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(slots=True, kw_only=True)
class _Opened:
    """What has been found so far. `faults` are those of whole containers, in case nothing else is found."""

    workdir: Path
    limits: Limits
    budget: Budget
    members: list[Member] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: list[Presentation] = field(default_factory=list)
    files: int = 0
    order: int = 1
    """That of the original in hand."""


def unpack(received: Received, workdir: Path, limits: Limits) -> Unpacked | Returned:
    """Return the members of *received* as files in *workdir*, empty and ours, or why it is returned."""
    opened = _Opened(
        workdir=workdir, limits=limits, budget=Budget(bytes=limits.unpacked, members=limits.members)
    )
    try:
        _open(received, opened)
    except ReturnError as error:
        return Returned(**carried(received), code=error.fault.code, file=error.fault.file)
    stage = carried(received) | {"said": (*received.said, *opened.said[:1])}
    return Unpacked(**stage, members=tuple(opened.members), ignored=tuple(opened.ignored))


def _open(received: Received, opened: _Opened) -> None:
    """Take apart every original; raise ReturnError when no paper is found."""
    if received.source.bytes > opened.limits.package:
        raise ReturnError(Fault("too-large"))
    for original in received.originals:
        opened.order = original.order
        if original.order > 1:
            _answer(original, opened)
        elif original.name.count("/") > opened.limits.folders and not is_junk(original.name):
            raise ReturnError(Fault("zip-unsafe-name", original.name))
        else:
            _original(original, opened, alone=original.name == received.source.name)
    if not any(member.code is None for member in opened.members):
        raise ReturnError(_nothing(received, opened))


def _nothing(received: Received, opened: _Opened) -> Fault:
    """Return why a drop without a single readable paper goes back."""
    if not received.originals:
        return Fault("empty")
    return foremost(opened.faults) if opened.faults else Fault("no-documents")


def _original(original: Original, opened: _Opened, *, alone: bool) -> None:
    """Take in one file as it was handed in; *alone* it is the whole drop."""
    if not alone and _aside(original.name, original.path, opened):
        return
    sniffed = sniff(original.name, original.path)
    if sniffed.mime == ZIP and sniffed.code is None:
        first = len(opened.members)
        _container(original, opened, alone=alone)
        # under another extension the ZIP itself is no paper: its papers say so for it
        opened.members[first:] = [
            one._replace(flags=(*one.flags, *sniffed.flags)) for one in opened.members[first:]
        ]
        return
    _spend(opened, original.bytes)
    _add(opened, original.name, original.path, Inflated(original.sha256, original.bytes), sniffed)
    if alone and sniffed.code:
        opened.faults.append(Fault(sniffed.code, original.name))


def _answer(original: Original, opened: _Opened) -> None:
    """Take in a file that came later: whatever is wrong with it, the case it answers is not returned."""
    try:
        _original(original, opened, alone=False)
    except ReturnError as error:
        digest = Inflated(original.sha256, original.bytes)
        _add(opened, original.name, original.path, digest, Sniffed("", error.fault.code))


def _container(original: Original, opened: _Opened, *, alone: bool) -> None:
    """Take apart a ZIP that was handed in; beside other papers a bad one is a bad member."""
    try:
        _zip(original.path, "" if alone else f"{original.name}/", opened, level=0)
    except ReturnError as error:
        if alone:
            raise
        digest = Inflated(original.sha256, original.bytes)
        _add(opened, original.name, original.path, digest, Sniffed(ZIP, error.fault.code))


def _zip(path: Path, prefix: str, opened: _Opened, level: int) -> None:
    """Take apart the ZIP at *path*; raise ReturnError when its structure cannot be trusted."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        checked = check(data, opened.limits)
        if checked.faults:
            raise ReturnError(_named(foremost(checked.faults), prefix))
        if not checked.parts:
            opened.faults.append(Fault("empty"))
        for part in checked.parts:
            if not part.folder:
                _part(data, part, prefix, opened, level)


def _named(fault: Fault, prefix: str) -> Fault:
    """Return the fault with its file as a path inside the package."""
    return fault._replace(file=f"{prefix}{fault.file or ''}".rstrip("/") or None)


def _part(data: mmap.mmap, part: Part, prefix: str, opened: _Opened, level: int) -> None:
    """Take in one member of a ZIP."""
    name = prefix + part.file
    if is_junk(part.file):
        opened.ignored.append(name)
    elif part.code:
        opened.faults.append(Fault(part.code, name))
        _bad(opened, name, part.code)
    else:
        _inflated(data, part, name, opened, level)


def _inflated(data: mmap.mmap, part: Part, name: str, opened: _Opened, level: int) -> None:
    """Inflate one member and take in what it is."""
    target = _target(opened)
    try:
        inflated = inflate(data, part, target, opened.budget)
    except UnsoundError as error:
        target.unlink()
        if error.code != "corrupt":
            raise ReturnError(Fault(error.code, name)) from error
        opened.faults.append(Fault("corrupt", name))
        _bad(opened, name, "corrupt")
        return
    if _aside(name, target, opened):
        return
    sniffed = sniff(name, target)
    if sniffed.mime == ZIP and sniffed.code is None:
        _inner(target, name, inflated, opened, level)
    else:
        _spend(opened, 0)
        _add(opened, name, target, inflated, sniffed)


def _inner(target: Path, name: str, inflated: Inflated, opened: _Opened, level: int) -> None:
    """Take apart a ZIP inside the ZIP; what is dangerous outside returns the package from inside too."""
    if level >= opened.limits.nested:
        raise ReturnError(Fault("zip-nested", name))
    try:
        _zip(target, f"{name}/", opened, level + 1)
    except ReturnError as error:
        if error.fault.code not in {"corrupt", "encrypted", "unsupported-type"}:
            raise
        opened.faults.append(error.fault)
        _add(opened, name, target, inflated, Sniffed(ZIP, error.fault.code))


def _aside(name: str, path: Path, opened: _Opened) -> bool:
    """Put aside what is no paper: system files, signatures, and the sender's word, which is heard."""
    if is_junk(name):
        opened.ignored.append(name)
        return True
    with path.open("rb") as file:
        if is_signature(name, file.read(_HEAD)):
            opened.ignored.append(name)
            return True
    if name.rsplit("/", 1)[-1].casefold() != PRESENTATION:
        return False
    small = path.stat().st_size <= opened.limits.presentation
    said = presentation(path.read_bytes(), "package") if small else None
    opened.said.extend([said] if said else [])
    opened.ignored.extend([] if said else [name])
    return True


def _spend(opened: _Opened, size: int) -> None:
    """Count one paper, and *size* bytes that were not inflated; raise ReturnError over the budget."""
    opened.budget.members -= 1
    opened.budget.bytes -= size
    if opened.budget.members < 0:
        raise ReturnError(Fault("too-many-files"))
    if opened.budget.bytes < 0:
        raise ReturnError(Fault("too-large"))


def _target(opened: _Opened) -> Path:
    """Return the path of the next file in the work folder; the sender's names never reach the disk."""
    opened.files += 1
    return opened.workdir / f"m{opened.files:05}"


def _add(opened: _Opened, name: str, path: Path, inflated: Inflated, sniffed: Sniffed) -> None:
    """Keep one member."""
    told = (sniffed.mime, sniffed.code, sniffed.flags)
    opened.members.append(Member(name, path, inflated.sha256, inflated.bytes, *told, opened.order))


def _bad(opened: _Opened, name: str, code: str) -> None:
    """Keep a member whose bytes cannot be had: an empty file stands for it."""
    path = _target(opened)
    path.touch()
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    opened.members.append(
        Member(name, path, nothing, 0, "application/octet-stream", code, order=opened.order)
    )
