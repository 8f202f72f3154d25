"""What a PDF carries besides pages, with pikepdf: actions, files, signatures, damage. Nothing is run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pikepdf

from extractors.reading.files import carried
from extractors.reading.files.revisions import changed_after

_OBJECTS = 100_000
_DEPTH = 4
_SLIPS = ("Resources is missing", "reported number of objects")
_LAUNCH = "/Launch"
_ACTIONS = frozenset(
    {
        "/JavaScript",
        _LAUNCH,
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/RichMediaExecute",
    }
)
_CARRIERS = frozenset({"/JS", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
_SUBTYPES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
_ACTIVE_WORDS = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|GoToR|Rendition|RichMedia\w*|EmbeddedFiles?|EF|XFA)\b"
)
_LAUNCH_WORD = re.compile(rb"/Launch\b")


class Structure(NamedTuple):
    """What was found; `damaged` where the library had to mend the file to open it."""

    active: bool = False
    executable: bool = False
    """Whether a program lies inside, or something outside is to be started."""
    changed_after_signing: bool = False
    damaged: bool = False
    encrypted: bool = False
    trailing: int = 0
    """Bytes after the last end-of-file mark."""


def structure(data: bytes) -> Structure:
    """Look at up to 100 000 objects of a PDF; one that has more is taken to act, since nobody can tell.

    Raises:
        pikepdf.PdfError: The file cannot be opened.
    """
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        ends: list[int] = []
        active = len(pdf.objects) > _OBJECTS
        executable = False
        for part in _dictionaries(pdf):
            active = active or _active(part)
            executable = executable or _said(part, "/S") == _LAUNCH or carried.program(part)
            ends.extend(_signed_to(part))
        return Structure(
            active=active,
            executable=executable,
            changed_after_signing=bool(ends) and changed_after(data, max(ends)),
            damaged=any(not _harmless(str(warning)) for warning in pdf.get_warnings()),
            encrypted=pdf.is_encrypted,
            trailing=_trailing(data),
        )


def by_words(data: bytes) -> Structure:
    """Return what the bare words of a file tell that the library cannot open; a doubt counts as found."""
    return Structure(
        active=_ACTIVE_WORDS.search(data) is not None,
        executable=_LAUNCH_WORD.search(data) is not None,
        changed_after_signing=b"/ByteRange" in data,
        damaged=True,
        trailing=_trailing(data),
    )


def _harmless(warning: str) -> bool:
    """Whether the library only found a slip of the program that wrote the file, and nothing lost."""
    return any(slip in warning for slip in _SLIPS)


def _trailing(data: bytes) -> int:
    """Count the bytes after the last end-of-file mark; none where there is no mark."""
    mark = data.rfind(b"%%EOF")
    return len(data) - mark - len(b"%%EOF") if mark >= 0 else 0


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give the dictionaries of the file, those inside others too, but not across references."""
    for top in islice(pdf.objects, _OBJECTS):
        yield from _inside(top, 0)


def _inside(found: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """Give *found* and what lies directly in it, if dictionaries."""
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if isinstance(found, pikepdf.Dictionary):
        yield found
    if depth < _DEPTH and isinstance(found, pikepdf.Dictionary | pikepdf.Array):
        parts = found.values() if isinstance(found, pikepdf.Dictionary) else islice(found, 100)
        for part in parts:
            direct = isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect
            if direct:
                yield from _inside(part, depth + 1)


def _active(part: pikepdf.Object) -> bool:
    """Whether the dictionary acts, plays or carries a file when somebody opens the paper."""
    keys = set(part.keys())
    if keys & _CARRIERS or _said(part, "/S") in _ACTIONS or _said(part, "/Subtype") in _SUBTYPES:
        return True
    opening = part.get("/OpenAction") if "/OpenAction" in keys else None
    return isinstance(opening, pikepdf.Dictionary) and _said(opening, "/S") != "/GoTo"


def _said(part: pikepdf.Object, key: str) -> str | None:
    """Return the name under *key*."""
    found = part.get(key)
    return str(found) if isinstance(found, pikepdf.Name) else None


def _signed_to(part: pikepdf.Object) -> Iterator[int]:
    """Give the byte up to which a signature speaks (ISO 32000-1, 12.8.1)."""
    if "/ByteRange" not in part or "/Contents" not in part:
        return
    ranges = part["/ByteRange"]
    if isinstance(ranges, pikepdf.Array) and len(ranges) == 4:
        yield int(ranges[2]) + int(ranges[3])
