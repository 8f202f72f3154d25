"""One document of the file that is handed over, before it is put into XML and into the archive."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")
_FORMATS = {"jpg": "JPEG", "tif": "TIFF", "htm": "HTML"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document: its bytes, *size* of them, lie in the record under `sha256`, or are held as `data`.

    `tail` are the thirty signs that end its identifier (ENI-01): the same at every export. `kind` is a code
    of ENI-02, TD01 to TD99. `about` says in Spanish what it is, `name` is its name as given. `own` tells that
    it carries a signature of its own as a PDF; `pages` how many it has, None where nobody counted them.
    """

    tail: str
    kind: str
    about: str
    name: str
    sha256: str
    size: int
    at: dt.datetime
    citizen: bool
    own: bool = False
    pages: int | None = None
    data: bytes | None = None

    @property
    def ending(self) -> str:
        """Return the ending of its name, with the dot, in lower case; `.bin` where it has none."""
        found = PurePosixPath(self.name.replace("\\", "/")).suffix
        return found.lower() if _ENDING.fullmatch(found) else ".bin"

    @property
    def format(self) -> str:
        """Return the name of its format: PDF, JPEG, ZIP ..."""
        plain = self.ending[1:]
        return _FORMATS.get(plain, plain.upper())
