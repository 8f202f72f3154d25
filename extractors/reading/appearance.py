"""Does a text field show what it holds? A viewer draws its appearance, a program reads its value.

ISO 32000-1, 12.7.3.3: the two are kept apart in the file, and nothing but good manners makes them agree.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pypdf.generic import StreamObject

_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_OTHER_STRINGS = re.compile(rb"<[0-9A-Fa-f\s]+>\s*(?:Tj|\])")
"""Strings in hexadecimal are codes of an embedded font, most often; what they show is not told here."""
_LONGEST = 100_000


def differs(look: Any, value: str | None) -> bool:
    """Whether the normal appearance *look* of a text field shows other letters or figures than *value*.

    False where there is none, or where its letters cannot be told: then the viewer, or the picture, decides.
    """
    if not isinstance(look, StreamObject):
        return False
    drawn = bytes(look.get_data())[:_LONGEST]
    if _OTHER_STRINGS.search(drawn):
        return False
    shown = b"".join(_ESCAPE.sub(_escaped, one) for one in _STRING.findall(drawn)).decode("latin-1")
    return _bare(shown) != _bare(value or "")


def _escaped(match: re.Match[bytes]) -> bytes:
    """Return the byte that an escape in a string stands for (ISO 32000-1, 7.3.4.2)."""
    sign = match[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\r\n": b"", b"\n": b""}.get(sign, sign)


def _bare(text: str) -> str:
    """Return the plain letters and figures; accents, signs and rarer letters depend on a font's table."""
    known = text.encode("latin-1", "ignore").decode("latin-1")
    plain = unicodedata.normalize("NFKD", known)
    return "".join(one for one in plain if one.isascii() and one.isalnum()).casefold()
