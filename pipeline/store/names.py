"""Names that any disk and share takes: ASCII, no spaces, at most a hundred characters."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe(lead: str, name: str) -> str:
    """Return `<lead>_<name>` with *name* spelt in plain characters and its extension kept."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _OTHER.sub("_", plain).strip("._-") or "entrega"
    found = _EXTENSION.search(plain)
    extension = found.group() if found else ""
    stem = plain.removesuffix(extension)[: LONGEST - len(lead) - 1 - len(extension)]
    return f"{lead}_{stem}{extension}"
