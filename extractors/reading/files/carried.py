"""Files that a PDF carries (ISO 32000-1, 7.11): is one of them a program? Only heads are unpacked."""

from __future__ import annotations

import zlib

import pikepdf

from extractors.reading.files.program import HEAD, is_program

_NAMES = ("/F", "/UF", "/DOS", "/Unix", "/Mac")


def program(spec: pikepdf.Object) -> bool:
    """Tell whether the dictionary *spec* describes a file that the PDF carries and that could be run."""
    files = spec.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return False
    names = [str(spec[key]) for key in _NAMES if isinstance(spec.get(key), pikepdf.String)]
    heads = [_head(one) for one in files.values() if isinstance(one, pikepdf.Stream)]
    return any(is_program(name, b"") for name in names) or any(is_program("", head) for head in heads)


def _head(stream: pikepdf.Stream) -> bytes:
    """Return the first bytes of a carried file, unpacked if it is packed in the one way that is usual."""
    raw = stream.read_raw_bytes()[:4096]
    if stream.stream_dict.get("/Filter") is None:
        return bytes(raw[:HEAD])
    try:
        return zlib.decompressobj().decompress(raw, HEAD)
    except zlib.error:
        return b""
