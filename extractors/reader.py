"""One file, read: its documents, or the code that says why it cannot be read. Nothing else escapes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pikepdf

from extractors.bounds import Bounds
from extractors.document import FileReading
from extractors.kinds import kinds
from extractors.page import Page
from extractors.reading import image, pdf, structure
from extractors.reading.refusal import Missing, Refused
from extractors.recognise import documents

_HEAD = 1024
"""Bytes in which `%PDF-` must stand (ISO 32000-1, annex H, note 13)."""
_TAIL = 1024
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


class _Sound(NamedTuple):
    """Bytes of a PDF that the readers can open, and what is to be said of the file."""

    data: bytes
    flags: tuple[str, ...]


def _nothing() -> None:
    """Be told of progress and do nothing."""


def read_file(data: bytes, name: str, bounds: Bounds, step: Callable[[], None] = _nothing) -> FileReading:
    """Read one file; *name* goes into its documents, *step* is called after each unit of work.

    Every fault becomes a code of the contract's closed list; no message of a library is passed on,
    since it may hold text of the paper.

    Raises:
        Missing: The OCR program or its data are not installed.
    """
    kinds()  # a broken installation is told to whoever runs it, before a paper could be blamed
    try:
        return _read(data, name, bounds, step)
    except Refused as refusal:
        return FileReading(code=refusal.code)
    except Missing:
        raise
    except MemoryError:
        return FileReading(code="memory")
    except Exception:  # noqa: BLE001 - any library may raise anything on a hostile file
        return FileReading(code="corrupt")


def _read(data: bytes, name: str, bounds: Bounds, step: Callable[[], None]) -> FileReading:
    """Open the file by what its first bytes say it is."""
    sha256 = hashlib.sha256(data).hexdigest()
    start = data[:_HEAD].find(b"%PDF-")
    if data.startswith(_IMAGES):
        found = documents(image.pages(data, bounds), file=name, sha256=sha256, step=step)
        return FileReading(documents=tuple(found))
    if start < 0:
        raise Refused("unsupported-type" if data else "empty")
    sound = _sound(data[start:])
    step()
    with pdf.pages(sound.data, bounds) as pages:
        _refuse_shell(pages)
        found = documents(pages, file=name, sha256=sha256, step=step)
    prefix = ("prefix-data",) if start else ()
    return FileReading(documents=tuple(found), flags=(*prefix, *sound.flags))


def _sound(data: bytes) -> _Sound:
    """Return bytes that all readers take: a mended or decrypted copy where the original is not so."""
    try:
        seen = structure.structure(data)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - beyond this library's mending; PDFium may still open it
        return _Sound(data, ("repaired",))
    flags = [
        name
        for name, present in (
            ("repaired", seen.damaged),
            ("active-content", seen.active),
            ("changed-after-signing", seen.changed_after_signing),
            ("trailing-data", seen.trailing > _TAIL),
        )
        if present
    ]
    if not (seen.damaged or seen.encrypted):
        return _Sound(data, tuple(flags))
    return _Sound(structure.copied(data), tuple(flags))


def _refuse_shell(pages: pdf.PdfPages) -> None:
    """Refuse a dynamic XFA form: all that can be seen of it is a page that asks for another program."""
    if pages.xfa and not any(page.widgets for page in pages) and _asks_for_a_program(pages):
        raise Refused("unsupported-type")


def _asks_for_a_program(pages: Sequence[Page]) -> bool:
    """Whether the pages hold nothing, or little more than the name of the program that could show it."""
    text = " ".join(page.text for page in pages).lower()
    return not text.strip() or ("adobe" in text and len(text) < 2000)
