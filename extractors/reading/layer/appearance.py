"""Does a text field show what it holds? A viewer draws its appearance, a program reads its value.

ISO 32000-1, 12.7.3.3: the two are kept apart in the file, and nothing but good manners makes them agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>(?=\s*(?:Tj|\]|\(|<|-?[\d.]))", re.DOTALL)
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_OTHER_STRINGS = re.compile(rb"<[0-9A-Fa-f\s]+>\s*(?:Tj|\])")
"""Strings in hexadecimal are codes of a composite font, most often; what those show is not told here."""
_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LONGEST = 100_000
"""Bytes of a drawing that are looked at; the value of a field has a few hundred."""
_PACKED = 30_000
"""Bytes of a packed drawing from which it is not unpacked: they may become a thousand times as many."""
_SWELLING = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
"""Ways to pack of which one alone stands in an honest drawing."""


def differs(look: Any, value: str | None) -> bool:
    """Whether the normal appearance *look* of a text field shows other letters or figures than *value*.

    False where there is none, or where its letters cannot be told: then the viewer, or the picture, decides.
    """
    if not isinstance(look, Stream):
        return False
    drawn, fonts = content(look), list(_fonts(look))
    if drawn is None or any(_renames(font) for font in fonts):
        return True
    simple = bool(fonts) and all(font.get("/Subtype") != Name.Type0 for font in fonts)
    if _OTHER_STRINGS.search(drawn) and not simple:
        return False
    shown = b"".join(map(_string, _STRING.finditer(drawn))).decode("latin-1")
    return _bare(shown) != _bare(value or "")


def content(stream: Stream) -> bytes | None:
    """Return the first bytes of what *stream* holds, unpacked; None where it may swell without end."""
    packed = stream.get("/Filter")
    if packed is None:
        return stream.read_raw_bytes()[:_LONGEST]
    ways = [str(one) for one in packed] if isinstance(packed, Array) else [str(packed)]
    if len(stream.read_raw_bytes()) > _PACKED or sum(way in _SWELLING for way in ways) > 1:
        return None
    return stream.read_bytes()[:_LONGEST]


def _fonts(look: Stream) -> Iterator[Dictionary]:
    """Give the fonts that the appearance brings along."""
    fonts = look.get("/Resources", Dictionary()).get("/Font", Dictionary())
    yield from (font for _, font in fonts.items() if isinstance(font, Dictionary))


def _renames(font: Dictionary) -> bool:
    """Whether a font draws one letter or figure of our alphabet for the code of another (9.6.5.1)."""
    encoding = font.get("/Encoding")
    differences: Any = encoding.get("/Differences", ()) if isinstance(encoding, Dictionary) else ()
    code = 0
    for one in differences:
        if isinstance(one, int):
            code = int(one)
            continue
        drawn = _letter(str(one).removeprefix("/"))
        if drawn and 0 <= code < 128 and chr(code).isalnum() and drawn != chr(code):
            return True
        code += 1
    return False


def _letter(name: str) -> str:
    """Return the letter or figure that a glyph of this name is; nothing for other glyphs."""
    if name in _FIGURES:
        return str(_FIGURES.index(name))
    return name if len(name) == 1 and name.isalnum() else ""


def _string(match: re.Match[bytes]) -> bytes:
    """Return the bytes of one string of a drawing, written plainly or in hexadecimal."""
    if match[2] is None:
        return _ESCAPE.sub(_escaped, match[1])
    digits = b"".join(match[2].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


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
