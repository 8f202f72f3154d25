"""One path taken as one case, for the one-shot command: hashed where it lies, nothing stored."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.case import Received
from pipeline.errors import UsageError
from pipeline.handed import Original, source
from pipeline.intake.presentation import beside, option
from pipeline.limits import Limits
from pipeline.ulid import ulid

_MOST_FILES = 10_000
"""Files of a folder that are looked at; the contract's limit on members answers long before."""


def receive_path(
    path: Path,
    *,
    filed_on: dt.date | None,
    office: str | None,
    procedure: str | None,
    received_at: dt.datetime,
    limits: Limits | None = None,
) -> Received:
    """Return the case that *path* (ZIP, PDF, image or folder) is; raise UsageError if there is none."""
    if not (path.is_file() or path.is_dir()):
        raise UsageError(f"No hay archivo ni carpeta: {path}", "Compruebe la ruta y vuelva a intentarlo.")
    originals = _originals(path)
    given = option(filed_on=filed_on, office=office, procedure=procedure)
    said = (*beside(path, limits or Limits()), *((given,) if given else ()))
    return Received(
        id=ulid(received_at),
        number=None,
        source=source(path.resolve().name, originals, folder=path.is_dir()),
        originals=originals,
        received_at=received_at,
        office=next((s.office for s in said if s.office), None),
        said=said,
    )


def _originals(path: Path) -> tuple[Original, ...]:
    """Return the files of the drop at *path*, by name; links and special files are not followed."""
    if path.is_file():
        return (_original(path.resolve().name, path),)
    return tuple(_original(file.relative_to(path).as_posix(), file) for file in files(path))


def files(folder: Path) -> Iterator[Path]:
    """Yield the plain files under *folder* in order of their names."""
    found = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    yield from sorted(p for p, _ in zip(found, range(_MOST_FILES), strict=False))


def _original(name: str, path: Path) -> Original:
    """Return the file with its digest."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Original(name, path, digest, path.stat().st_size)
