"""Does a damaged PDF hold more than one version of what it shows?

Every change appends: new objects, a new index, a new end (ISO 32000-1, 7.5.6). Where the last index is lost
or wrong, whoever mends the file guesses which version was the last; two programs may guess differently.
"""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,3}\d{1,5}\s{1,3}obj\b")
_INDEX = re.compile(rb"startxref\s{1,4}[1-9]")
"""Where an index is said to stand; 0 is what the first half of a file made for the web says (annex F)."""
_END = b"%%EOF"
_MOST = 100_000


def cut(data: bytes) -> bool:
    """Whether the file goes on after its last end: a later version of it did not arrive whole."""
    end = data.rfind(_END)
    return end >= 0 and _OBJECT.search(data, end) is not None


def several(data: bytes) -> bool:
    """Whether the file has more than one index, or two objects of one number that differ."""
    if cut(data) or len(_INDEX.findall(data)) > 1:
        return True
    seen: dict[int, bytes] = {}
    for count, found in enumerate(_OBJECT.finditer(data)):
        body = data[found.end() : max(data.find(b"endobj", found.end()), 0)]
        if count >= _MOST or seen.setdefault(int(found[1]), body) != body:
            return True
    return False
