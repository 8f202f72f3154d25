"""Names that any disk and share takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_NO_LETTERS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control and format signs, those that turn the direction of writing among them, and halves of letters."""
_NOT_ON_SHARES = re.compile(r'[<>:"|?*]')
_MOST_BYTES = 200
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe(lead: str, name: str) -> str:
    """Return `<lead>_<name>`: ASCII, no spaces, at most a hundred characters, its extension kept."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _OTHER.sub("_", plain).strip("._-") or "entrega"
    found = _EXTENSION.search(plain)
    extension = found.group() if found else ""
    stem = plain.removesuffix(extension)[: LONGEST - len(lead) - 1 - len(extension)]
    return f"{lead}_{stem}{extension}"


def as_file(name: str) -> str:
    """Return the last part of *name* as the name of a file: no folder, no control sign, not too long.

    Letters of any language stay. A name of nothing is `archivo`.
    """
    last = re.split(r"[/\\]", name)[-1]
    last = "".join(sign for sign in last if unicodedata.category(sign) not in _NO_LETTERS)
    last = _NOT_ON_SHARES.sub("_", last).strip(". ") or "archivo"
    found = _EXTENSION.search(last)
    extension = found.group() if found else ""
    stem = last.removesuffix(extension).encode()[: _MOST_BYTES - len(extension)].decode(errors="ignore")
    return f"{stem.rstrip()}{extension}"


def as_files(names: Iterable[str]) -> list[str]:
    """Return each of *names* as the name of a file, no two alike to a disk that takes A for a."""
    taken: set[str] = set()
    given = []
    for name in map(as_file, names):
        stem, dot, extension = name.rpartition(".")
        first, end = (stem, f"{dot}{extension}") if stem else (name, "")
        one, count = name, 1
        while one.casefold() in taken:
            count += 1
            one = f"{first} ({count}){end}"
        taken.add(one.casefold())
        given.append(one)
    return given
