"""Is a receipt as it was given out, and are these the papers it speaks of?

The page's signature covers the page and the `manifest.json` attached to it; the manifest covers the plain
text and the papers. A packet is valid when all of them agree.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipeline.receipts.packet import PAPER, TEXT, packed
from pipeline.receipts.paper import MANIFEST

if TYPE_CHECKING:
    from pipeline.receipts.key import Certificate
    from pipeline.receipts.seal import Seal

LARGEST = 32 << 20
"""Bytes of the largest receipt that is looked at, and of the largest member."""
What = Literal["changed", "missing", "strange", "unreadable"]


class Problem(NamedTuple):
    """One thing that is not as it was given out. *name* is a file's; empty for the packet itself."""

    what: What
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of a receipt; `told` is what its manifest says."""

    told: Mapping[str, Any]
    seal: Seal
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was changed and the page's signature, if any, holds."""
        return not self.problems and self.seal.state != "broken"

    @property
    def proved(self) -> bool:
        """Whether it is sound and somebody whom we know answers for it."""
        return self.sound and self.seal.trusted


def verify(data: bytes, trusted: Iterable[Certificate] = ()) -> Verdict:
    """Judge a receipt, the ZIP or the page alone; *trusted* are the certificates that are believed."""
    from pipeline.receipts.seal import seal  # noqa: PLC0415 - only who verifies pays for pyHanko

    members, problems = ({PAPER: data}, []) if data[:5] == b"%PDF-" else _members(data)
    page = members.get(PAPER, b"")
    found = seal(page, trusted) if page else _none()
    attached = _attached(page) if page and found.state != "broken" else None
    if page and found.state == "broken":
        problems.append(Problem("changed", PAPER))
    inside = attached if attached is not None else members.get(MANIFEST, b"")
    told = _told(inside)
    problems += _differing(members, attached, told)
    if not problems and len(members) > 1 and not _same_envelope(members, told, data):
        problems.append(Problem("strange", ""))
    return Verdict(told=told, seal=found, problems=tuple(dict.fromkeys(problems)))


def stands(data: bytes, number: str, order: int) -> bool:
    """Tell whether *data* is a whole receipt of that submission, whoever signed it; older ones count too."""
    members, problems = _members(data)
    if PAPER not in members:  # receipts had no page once: those were given out too
        told = _told(members.get(MANIFEST, b""))
        return (
            not problems and "text" not in told and (told.get("number"), told.get("order")) == (number, order)
        )
    verdict = verify(data)
    return verdict.sound and (verdict.told.get("number"), verdict.told.get("order")) == (number, order)


def _none() -> Seal:
    """Return the seal of a packet without a page."""
    from pipeline.receipts.seal import Seal  # noqa: PLC0415

    return Seal("none")


def _members(data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the members of a packet, and what is wrong with it; nothing large is unpacked."""
    known = {PAPER, TEXT, MANIFEST, "acuse.html"}
    members: dict[str, bytes] = {}
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.filename not in known or info.filename in members or info.file_size > LARGEST:
                    problems.append(Problem("strange", info.filename))
                else:
                    members[info.filename] = _read(archive, info, problems)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        problems.append(Problem("unreadable", ""))
    return members, problems


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, problems: list[Problem]) -> bytes:
    """Return the bytes of a member as they are, noting where the packet itself says that they changed."""
    try:
        with archive.open(info) as member:
            return member.read(LARGEST)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        problems.append(Problem("changed", info.filename))
        return b""


def _attached(page: bytes) -> bytes | None:
    """Return the manifest attached to the page, None if there is none."""
    import pikepdf  # noqa: PLC0415

    try:
        with pikepdf.open(io.BytesIO(page)) as pdf:
            data: bytes = pdf.attachments[MANIFEST].get_file().read_bytes()
            return data
    except (pikepdf.PdfError, KeyError, ValueError):
        return None


def _told(manifest: bytes) -> Mapping[str, Any]:
    """Return what a manifest tells, nothing if it is none."""
    try:
        told = json.loads(manifest)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _differing(
    members: Mapping[str, bytes], attached: bytes | None, told: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the members that are not those of the page."""
    if PAPER not in members:
        yield Problem("missing", PAPER)
    elif attached is None:
        yield Problem("changed", PAPER)
    if len(members) == 1 and PAPER in members:
        return  # the page alone says all
    for name in (MANIFEST, TEXT):
        if name not in members:
            yield Problem("missing", name)
    if attached is not None and members.get(MANIFEST, attached) != attached:
        yield Problem("changed", MANIFEST)
    text = told.get("text")
    digest = text.get("sha256") if isinstance(text, dict) else None
    if TEXT in members and hashlib.sha256(members[TEXT]).hexdigest() != digest:
        yield Problem("changed", TEXT)


def _same_envelope(members: Mapping[str, bytes], told: Mapping[str, Any], data: bytes) -> bool:
    """Whether packing the members again gives the same file."""
    try:
        return packed(members, dt.datetime.fromisoformat(str(told.get("received_at")))) == data
    except ValueError:
        return False


def papers(told: Mapping[str, Any], folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Count the papers in *folder* that are those handed in, and name those that differ or are missing.

    What lay inside a package is held by the package's own digest, and is looked at only where it is there.
    """
    same, problems = 0, []
    for file in _files(told):
        found = _place(file["name"], folder, str(told.get("name", "")))
        if found is None:
            problems += [] if file.get("inside") else [Problem("missing", file["name"])]
        elif _digest(found) == file.get("sha256"):
            same += 1
        else:
            problems.append(Problem("changed", file["name"]))
    return same, tuple(problems)


def _files(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the files that a manifest lists."""
    listed = told.get("files")
    for file in listed if isinstance(listed, list) else []:
        if isinstance(file, dict) and isinstance(file.get("name"), str):
            yield file


def _place(name: str, folder: Path, within: str) -> Path | None:
    """Return where the paper of that name is: in *folder*, or in the folder that was handed in."""
    for path in (PurePosixPath(name), PurePosixPath(within) / name):
        stays = not path.is_absolute() and ".." not in path.parts
        if stays and path.parts and (folder / path).is_file():
            return folder / path
    return None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
