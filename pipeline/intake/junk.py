"""Files that systems, scanners and browsers leave about: never a paper, never an error."""

from __future__ import annotations

import fnmatch

_NAMES = {
    ".ds_store",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "__macosx",
    ".stfolder",
    "@eadir",
    "#recycle",
    "$recycle.bin",
    ".spotlight-v100",
    ".trashes",
    ".fseventsd",
    "icon\r",
}
_PATTERNS = ("._*", "~$*", ".~lock.*#")
_UNFINISHED = ("*.part", "*.crdownload", "*.tmp", "*.filepart", "*.partial", "*.download", ".*")
PRESENTATION = "presentacion.json"


def is_junk(path: str) -> bool:
    """Tell whether *path* (parted by "/") is, or lies in, something that a system left there."""
    return any(
        part in _NAMES or any(fnmatch.fnmatchcase(part, pattern) for pattern in _PATTERNS)
        for part in path.casefold().split("/")
    )


def is_unfinished(name: str) -> bool:
    """Tell whether *name*, in a watched folder, is one that programs give a file while they write it."""
    return any(fnmatch.fnmatchcase(name.casefold(), pattern) for pattern in _UNFINISHED)
