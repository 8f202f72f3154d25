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
_PACKERS = {"meta-inf/manifest.mf", "meta-inf/manifest.xml"}
"""What Java and signing programs (ASiC, ETSI EN 319 162-1) put into a package, at these places alone."""
_PATTERNS = ("._*", "~$*", ".~lock.*#")
_UNFINISHED = ("*.part", "*.crdownload", "*.tmp", "*.filepart", "*.partial", "*.download", ".*")
_PAPERS = (".zip", ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
PRESENTATION = "presentacion.json"
_SIGNATURES = (".p7s", ".xsig", ".csig", ".sig", ".asc", ".tsr")
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"


def is_junk(path: str) -> bool:
    """Tell whether *path* (parted by "/") is, or lies in, something that a system left there."""
    return path.casefold() in _PACKERS or any(
        part in _NAMES or any(fnmatch.fnmatchcase(part, pattern) for pattern in _PATTERNS)
        for part in path.casefold().split("/")
    )


def is_signature(name: str, head: bytes) -> bool:
    """Tell whether a file that begins with *head* only signs or stamps another, as beside an INSS receipt."""
    name = name.casefold()
    return name.endswith(_SIGNATURES) or (name.endswith(".xml") and _XML_SIGNATURE in head)


def is_unfinished(name: str) -> bool:
    """Tell whether *name*, in a watched folder, is one that programs give a file while they write it."""
    return any(fnmatch.fnmatchcase(name.casefold(), pattern) for pattern in _UNFINISHED)


def may_be_left(name: str) -> bool:
    """Tell whether an unfinished *name* may be a paper's that nobody writes any more.

    A leading dot alone hides what programs keep for themselves: then it must end as a paper does.
    """
    dotted = name.startswith(".")
    return is_unfinished(name) and not is_junk(name) and (not dotted or name.casefold().endswith(_PAPERS))
