"""Does a damaged PDF hold more than one version of what it shows?

Every change appends: new objects, a new index, a new end (ISO 32000-1, 7.5.6). Where the last index is lost
or wrong, whoever mends the file guesses which version was the last; two programs may guess differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBERED = re.compile(rb"(?<!\d)(\d{1,10})\s{1,3}\d{1,5}\s{1,3}\Z")
_LONGEST = 22
"""Bytes of the longest numbers before `obj`, and one."""
_NAME = re.compile(rb"\w")
_INDEX = re.compile(rb"startxref\s{1,4}[1-9]")
"""Where an index is said to stand; 0 is what the first half of a file made for the web says (annex F)."""
_END = b"%%EOF"
_MOST = 100_000


def cut(data: bytes) -> bool:
    """Whether the file goes on after its last end: a later version of it did not arrive whole."""
    end = data.rfind(_END)
    return end >= 0 and next(_objects(data, end), None) is not None


def several(data: bytes) -> bool:
    """Whether the file has more than one index, or two objects of one number that differ."""
    if cut(data) or len(_INDEX.findall(data)) > 1:
        return True
    seen: dict[int, bytes] = {}
    for count, found in enumerate(_objects(data, 0)):
        number, begin = found
        body = data[begin : max(data.find(b"endobj", begin), 0)]
        if count >= _MOST or seen.setdefault(number, body) != body:
            return True
    return False


def _objects(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each object from *start* on, and where it begins.

    The word is sought and its number looked for before it: to try every figure of a large picture as the
    first of a number took longer than opening the file.
    """
    at = data.find(b"obj", start)
    while at >= 0:
        found = _NUMBERED.search(data[max(at - _LONGEST, start) : at])
        if found and not _NAME.match(data, at + 3):
            yield int(found[1]), at + 3
        at = data.find(b"obj", at + 3)
