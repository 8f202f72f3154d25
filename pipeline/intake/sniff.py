"""What a file is by its own bytes, and how that sits with the extension it came under.

Our own rules decide for the kinds that are read; libmagic only gives the others a name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import magic

from extractors.reading.files.program import EXECUTABLE, is_program
from pipeline.intake.zip_records import CENTRAL, END, LOCAL

PDF, ZIP, JPEG, PNG, TIFF = "application/pdf", "application/zip", "image/jpeg", "image/png", "image/tiff"
EMPTY = "application/x-empty"
_PICTURES = frozenset({JPEG, PNG, TIFF})
READ = frozenset({PDF, ZIP}) | _PICTURES
_PROMISED = {
    ".pdf": PDF,
    ".zip": ZIP,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".jpe": JPEG,
    ".jfif": JPEG,
    ".png": PNG,
    ".tif": TIFF,
    ".tiff": TIFF,
}
_HEAD = 4096
_TAIL = 22 + 0xFFFF
_PDF_WITHIN = 1024
"""Bytes in which `%PDF-` must begin (ISO 32000-1, annex H, note 13)."""
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
)
_OFFICE_FIRST = (b"[Content_Types].xml", b"mimetypeapplication/", b"_rels/.rels", b"META-INF/MANIFEST.MF")
"""How the first member of a ZIP is called that is a text document, a spreadsheet or a program."""
_OFFICE = frozenset(
    [
        ".docx",
        ".docm",
        ".xlsx",
        ".xlsm",
        ".pptx",
        ".odt",
        ".ods",
        ".odp",
        ".epub",
        ".jar",
        ".apk",
        ".pages",
        ".numbers",
    ]
)
_FIRST_NAME = 30
"""Where the first member's name begins in a ZIP (APPNOTE 6.3.10, 4.3.7)."""


class Sniffed(NamedTuple):
    """The type of a file; `code` says why it cannot be read, `flags` what is irregular about it."""

    mime: str
    code: str | None = None
    flags: tuple[str, ...] = ()


def sniff(name: str, path: Path) -> Sniffed:
    """Return what the file at *path* is, which came under *name*."""
    size = path.stat().st_size
    if not size:
        return Sniffed(EMPTY, "empty")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(-min(size, _TAIL), os.SEEK_END)
        tail = file.read()
    extension = os.path.splitext(name)[1].casefold()  # noqa: PTH122 - a name, not a path of ours
    promised = _PROMISED.get(extension)
    document = head.startswith(LOCAL) and (extension in _OFFICE or _is_office(head))
    mime = (None if document else _kind(head, tail, promised)) or _other(head)
    if mime not in READ:
        program = (EXECUTABLE,) if is_program(name, head) else ()
        return Sniffed(mime, "type-mismatch" if promised else "unsupported-type", program)
    return Sniffed(mime, None, _irregular(head, mime, promised))


def _kind(head: bytes, tail: bytes, promised: str | None) -> str | None:
    """Return the kind that is read and that these bytes are, if any."""
    if head.startswith((LOCAL, END)):
        return ZIP
    if promised == ZIP and (head.startswith(CENTRAL) or END in tail):
        # something before a ZIP: the ZIP's own check refuses it, whatever the front looks like
        return ZIP
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    if b"%PDF-" in head[:_PDF_WITHIN] or (promised == PDF and _headless(head, tail)):
        return PDF
    return None


def _is_office(head: bytes) -> bool:
    """Tell whether the ZIP that begins with *head* is another format in a ZIP's clothes."""
    return any(head.startswith(mark, _FIRST_NAME) for mark in _OFFICE_FIRST)


def _headless(head: bytes, tail: bytes) -> bool:
    """Tell whether the bytes are those of a PDF that lost its first line, which can be repaired."""
    began = b" obj" in head[:_PDF_WITHIN] and b"%PDF-" not in head
    return began and (b"%%EOF" in tail or b"startxref" in tail)


def _irregular(head: bytes, mime: str, promised: str | None) -> tuple[str, ...]:
    """Return the flags of a readable file."""
    wrong = ("wrong-extension",) if promised != mime else ()
    both = ("two-kinds",) if mime in _PICTURES and b"%PDF-" in head[:_PDF_WITHIN] else ()
    return wrong + both


def _other(head: bytes) -> str:
    """Return libmagic's name for a kind that is not read."""
    found = str(magic.from_buffer(head, mime=True))
    # its word on a kind we read, or of nothing, comes without the marks we ask for: it is not that kind
    return "application/octet-stream" if found in READ or found == EMPTY else found
