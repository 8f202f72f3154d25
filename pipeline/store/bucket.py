"""Where papers lie when not in a folder: a store that speaks S3. Only the standard library is used.

storage.blobs = "s3://papeles/ventanilla"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_ADDRESS = re.compile(r"s3:/{1,2}([a-z0-9][a-z0-9.\-]{1,61}[a-z0-9])((?:/[\w.\-]+)*)/?", re.ASCII)


class AwayError(OSError):
    """The store does not answer, or refuses. Its own words stay out: they may tell a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A place in such a store, how it is reached, and the local folder for copies that are being read.

    Without *key* and *secret* those of the account or machine are used, as AWS's own programs find them.
    """

    place: str
    """The bucket and the lead of all names in it: `papeles/ventanilla`."""
    endpoint: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)
    copies: Path = Path("ventanilla/papeles")
    copies_bytes: int = 4 << 30

    def __str__(self) -> str:
        return f"s3://{self.place}"


def is_bucket(address: object) -> bool:
    """Tell whether *address* is meant for such a store; a path has lost one of its strokes."""
    return str(address).startswith("s3:")


def place_of(address: object) -> str | None:
    """Return the place that *address* names, None where it names none."""
    found = _ADDRESS.fullmatch(str(address))
    return f"{found[1]}{found[2]}" if found else None


def papers_at(value: object) -> str | None:
    """Return what is expected unless *value* is a folder or a place in a store that speaks S3."""
    if not is_bucket(value) or isinstance(value, Bucket) or place_of(value):
        return None
    return "una carpeta, o s3://cubo/carpeta"
