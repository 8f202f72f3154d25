"""What an administrator may choose of the counter; `pipeline.settings` has the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.fits import database, web_address
from pipeline.limits import Limits
from pipeline.store.bucket import Bucket, is_bucket, papers_at, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The watched folders of the offices."""

    root: Path = Path("ventanilla/oficinas")
    offices: tuple[str, ...] = ()
    """Codes whose folders are made; other folders found under `root` are watched too."""
    scan_seconds: float = 1.0
    stability_seconds: float = 2.0
    """For how long a file must not change before it is taken."""
    folder_seconds: float = 30.0
    """The same for a sub-folder, into which files may still be coming."""
    patience_seconds: float = 600.0
    """After how long without change a file that has no end is taken as it is, to be given an answer."""
    defer_seconds: float = 30.0
    """How long a drop that could not be taken is left alone; after each further try twice as long."""
    longest_defer_seconds: float = 600.0
    """The longest that it is left alone: it is asked for again for ever."""
    verify_reads: bool = False
    """Read every file a second time, past what memory holds of it, and compare: for shares that lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Where cases and papers are kept."""

    database: str = field(default="sqlite:///ventanilla/ventanilla.db", metadata={"fits": database})
    """SQLAlchemy's URL. SQLite must lie on a local disk."""
    blobs: Path | Bucket = field(default=Path("ventanilla/blobs"), metadata={"fits": papers_at})
    """The folder of the papers, or `s3://bucket/folder` in a store that speaks S3 (docs/record.md)."""
    endpoint: str = field(default="", metadata={"fits": web_address})
    """Where such a store answers; AWS's own by default. What follows is of such a store too."""
    key: str = ""
    secret: str = field(default="", metadata={"secret": True}, repr=False)
    copies: Path = Path("ventanilla/papeles")
    """The local folder for copies of papers that are being read."""
    copies_bytes: int = 4 << 30
    """The size of that folder; what was not read for longest goes first."""
    reserve: int = 2_000 << 20
    """Bytes that must stay free on the disks of papers and database for a drop to be taken: twenty packages
    of the largest size."""
    work: Path | None = None
    """Where members are unpacked for reading; the system's temporary folder by default."""

    def __post_init__(self) -> None:
        """Put together what reaches a store elsewhere."""
        place = place_of(self.blobs) if is_bucket(self.blobs) else None
        if place is not None and not isinstance(self.blobs, Bucket):
            told = {"endpoint": self.endpoint, "key": self.key, "secret": self.secret}
            bucket = Bucket(place=place, copies=self.copies, copies_bytes=self.copies_bytes, **told)
            object.__setattr__(self, "blobs", bucket)

    @property
    def local(self) -> Path:
        """The folder of the papers, or of their copies, on a disk of this machine."""
        return self.copies if isinstance(self.blobs, Bucket) else self.blobs


class Chosen(Protocol):
    """The part of the settings that the counter looks at."""

    @property
    def folders(self) -> Folders:
        """The watched folders."""
        ...

    @property
    def storage(self) -> Storage:
        """Where papers and journal are."""
        ...

    @property
    def limits(self) -> Limits:
        """How much of a package is looked at."""
        ...
