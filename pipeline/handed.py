"""What was handed in, and what was said of it: records that the counter needs before any paper is read."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple


class Source(NamedTuple):
    """What was dropped. A folder's digest is that of its sorted `<sha256>  <name>` lines."""

    name: str
    sha256: str
    bytes: int


class Original(NamedTuple):
    """One file as it came: its name in the drop and where its bytes are safe.

    `order` is that of its drop among those of the case: 1 is the application, what answers it follows.
    """

    name: str
    path: Path
    sha256: str
    bytes: int
    order: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a `presentacion.json` or an option says of the filing."""

    said_by: Literal["office", "option", "package"]
    filed_on: dt.date | None = None
    office: str | None = None
    procedure: str | None = None
    remarks: str | None = None
    registry_number: str | None = None


def source(name: str, originals: tuple[Original, ...], *, folder: bool) -> Source:
    """Return what was dropped under *name*; a folder's digest is that of its sorted lines."""
    size = sum(original.bytes for original in originals)
    if not folder:
        return Source(name, originals[0].sha256, size)
    lines = sorted(f"{original.sha256}  {original.name}\n" for original in originals)
    return Source(name, hashlib.sha256("".join(lines).encode()).hexdigest(), size)
