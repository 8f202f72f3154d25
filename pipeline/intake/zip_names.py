"""What a member of a ZIP is called: decoded from its bytes, and whether the name is safe to show and keep.

APPNOTE 6.3.10, 4.4.4 (bit 11), appendix D (cp437, UTF-8) and 4.6.9 (the Unicode path field 0x7075).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import NamedTuple

UNICODE_PATH = 0x7075
LONGEST = 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_NOT_LATIN = re.compile("[^\0-\xff]")
# controls, lone surrogates and the marks that make a name read otherwise than it is stored
_DECEITFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Name(NamedTuple):
    """A member's name for people: NFC, folders parted by "/"; `agreed` False if its two spellings differ."""

    text: str
    folder: bool
    agreed: bool = True


def decode(raw: bytes, *, utf8: bool, extra: dict[int, bytes]) -> Name:
    """Return the name in *raw*, which Windows, macOS and web portals each write in their own way."""
    spelt = _spell(raw, utf8=utf8)
    other = _unicode_path(raw, extra.get(UNICODE_PATH, b""))
    if spelt is None:
        return Name(raw.decode("ascii", "replace"), folder=False, agreed=False)
    agreed = other is None or (other == spelt if utf8 else _skeleton(other) == _skeleton(spelt))
    text = unicodedata.normalize("NFC", other or spelt).replace("\\", "/")
    return Name(text, folder=text.endswith("/"), agreed=agreed)


def _spell(raw: bytes, *, utf8: bool) -> str | None:
    """Return *raw* as text, None if it claims UTF-8 and is not."""
    try:
        # macOS writes UTF-8 and does not say so; legacy text that happens to be UTF-8 is all but unheard of
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if utf8:
            return None
    text = raw.decode("cp437")
    # Windows in Spain writes cp850, which agrees with cp437 on the lower case letters of Spanish only
    return raw.decode("cp850") if _NOT_LATIN.search(text) else text


def _unicode_path(raw: bytes, field: bytes) -> str | None:
    """Return the Unicode path of the extra *field* if it belongs to the name *raw*."""
    if len(field) < 5 or field[0] != 1 or int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
        return None
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return None


def _skeleton(text: str) -> str:
    """Return *text* with all but its ASCII characters blotted out, to compare across encodings."""
    return "".join(c if c.isascii() else "?" for c in unicodedata.normalize("NFC", text))


def path(name: str) -> str | None:
    """Return *name* as a clean relative path, or None if it leaves the package, or deceives the reader."""
    if not name or len(name) > LONGEST or _DECEITFUL.search(name):
        return None
    if name.startswith("/") or _DRIVE.match(name):
        return None
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if not parts or ".." in (part.strip() for part in parts):
        return None
    return "/".join(parts)


def twin(name: str) -> str:
    """Return what two names share that some disk would take for one: case and Unicode form folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
