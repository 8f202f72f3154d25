"""The copies of a PDF in which it is tried: as it is, mended by pikepdf, written anew by pypdf.

Each is made only when it is asked for. Of three libraries each opens some damaged files that the other two
do not; what one of them can open is read, and said to be mended.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pikepdf

from extractors.reading.files import structure, versions
from extractors.reading.files.structure import Structure
from extractors.reading.refusal import Refused

_TAIL = 1024
_REPAIRED = "repaired"
_VERSIONS = "several-versions"
"""A file of several versions of which the last may not be the one that was read."""


class Copy(NamedTuple):
    """Bytes of a PDF for the readers, and what is to be said of the file."""

    data: bytes
    flags: tuple[str, ...]


def copies(data: bytes) -> Iterator[Copy]:
    """Give the copies of a PDF that begins with its first byte, the best first.

    Raises:
        Refused: `encrypted`, where only a password opens it.
    """
    seen, mendable = _seen(data)
    flags = (*_flags(seen), *_older(data, damaged=seen.damaged))
    repaired = tuple(dict.fromkeys((_REPAIRED, *_older(data, damaged=True), *flags)))
    first = mendable and (seen.damaged or seen.encrypted)
    if first:
        yield from _made(mend, data, flags)
    yield Copy(data, flags)
    if mendable and not first:
        yield from _made(mend, data, repaired)
    yield from _made(_anew, data, repaired)


def _seen(data: bytes) -> tuple[Structure, bool]:
    """Return what the file carries, and whether the library that mends could open it."""
    try:
        return structure.structure(data), True
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - beyond this library's mending; another may still open it
        return structure.by_words(data), False


def _flags(seen: Structure) -> Iterator[str]:
    """Yield what is to be said of the file."""
    yield from ([_REPAIRED] if seen.damaged else [])
    yield from (["active-content"] if seen.active else [])
    yield from (["executable-inside"] if seen.executable else [])
    yield from (["changed-after-signing"] if seen.changed_after_signing else [])
    yield from (["trailing-data"] if seen.trailing > _TAIL else [])


def _older(data: bytes, *, damaged: bool) -> Iterator[str]:
    """Yield the flag of a file that may have been read as what it was before it was changed."""
    if versions.cut(data) or (damaged and versions.several(data)):
        yield _VERSIONS


def _made(make: Callable[[bytes], bytes], data: bytes, flags: tuple[str, ...]) -> Iterator[Copy]:
    """Give the copy that *make* makes of *data*, or none."""
    try:
        yield Copy(make(data), flags)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - each of the libraries raises anything on a damaged file
        return


def mend(data: bytes) -> bytes:
    """Return a sound copy without encryption, for readers that do not mend.

    Raises:
        pikepdf.PasswordError: Only a password opens it.
        pikepdf.PdfError: It cannot be mended.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        pdf.save(out)
    return out.getvalue()


def _anew(data: bytes) -> bytes:
    """Return the pages that pypdf finds, in a file of its own; any error of the library escapes."""
    import pypdf  # noqa: PLC0415 - a tenth of a reader's start, for a file that no other library opens

    out = io.BytesIO()
    pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data), strict=False)).write(out)
    return out.getvalue()
