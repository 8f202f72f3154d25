"""Was a signed PDF changed after signing, or only given the proofs that keep its signature valid?

Long-term signatures (ETSI EN 319 142-1, PAdES B-LT) add certificates and revocation lists after the
signature, in a dictionary `DSS` of the catalogue. That is no change; anything else is.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from itertools import islice

import pikepdf

_OBJECTS = 20_000
_OF_PROOFS = frozenset({"/DSS", "/Extensions"})
_OF_THE_FILE = frozenset({"/XRef", "/ObjStm"})


def changed_after(data: bytes, end: int) -> bool:
    """Whether the bytes of *data* from *end* on change more than proofs; what cannot be told is a change."""
    added = data[end:]
    if not added.strip(b"\r\n\0 \t"):
        return False
    if end <= 0 or b"startxref" not in added:
        return True
    try:
        with pikepdf.open(io.BytesIO(data[:end])) as before, pikepdf.open(io.BytesIO(data)) as after:
            return _differs(before, after)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        return True


def _differs(before: pikepdf.Pdf, after: pikepdf.Pdf) -> bool:
    """Whether an object of *before* is another in *after*, or a new one is no proof."""
    old = {one.objgen: _print(one) for one in islice(before.objects, _OBJECTS)}
    proofs = set(_reached(after.Root.get("/DSS")))
    root = after.Root.objgen
    for count, one in enumerate(after.objects):
        if one.objgen == root or _said_type(one) in _OF_THE_FILE:
            continue
        same = old[one.objgen] == _print(one) if one.objgen in old else one.objgen in proofs
        if count >= _OBJECTS or not same:
            return True
    return _without_proofs(before.Root) != _without_proofs(after.Root)


def _print(one: pikepdf.Object) -> bytes:
    """Return a fingerprint of one object."""
    if isinstance(one, pikepdf.Stream):
        return hashlib.sha256(one.stream_dict.unparse() + one.read_raw_bytes()).digest()
    return hashlib.sha256(one.unparse()).digest()


def _without_proofs(root: pikepdf.Object) -> dict[str, bytes]:
    """Return the catalogue's entries other than proofs, written out."""
    return {key: _written(value) for key, value in root.items() if key not in _OF_PROOFS}


def _written(value: pikepdf.Object) -> bytes:
    """Return *value*, or where it is to be found."""
    written: bytes = pikepdf.Array([value]).unparse()
    return written


def _said_type(one: pikepdf.Object) -> str:
    """Return what a stream says it is."""
    return str(one.stream_dict.get("/Type", "")) if isinstance(one, pikepdf.Stream) else ""


def _reached(top: pikepdf.Object | None) -> Iterator[tuple[int, int]]:
    """Give the objects that *top* leads to: lists of streams, and lists of them by signature."""
    waiting = [top]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _OBJECTS:
        one = waiting.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
            yield one.objgen
        if isinstance(one, pikepdf.Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary):
            waiting.extend(one.values())
