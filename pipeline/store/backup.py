"""A copy of the record in one file, made while the program works: the database at one moment and its papers.

A tar: `ventanilla.db` (SQLite's backup of a running database), `blobs/<sha256>` for every paper that the copy
knows, and last `manifest.json` with the digest of each. A file without its manifest is no copy. Every paper
is hashed on the way; the whole is written under another name, forced to disk and then given its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import secrets
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast
from urllib.parse import quote

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.store.blobs import PIECE, Blobs
from pipeline.store.trouble import UNREADABLE, kind

DATABASE, MANIFEST, PAPERS = "ventanilla.db", "manifest.json", "blobs/"
FORM = 1


class Copied(NamedTuple):
    """What is in a copy, and the digests of papers that are not: missing or changed in the store."""

    papers: int
    bytes: int
    missing: tuple[str, ...]


class _Hashing:
    """A file that is hashed while tarfile reads it; it is never shorter than the tar says it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = PIECE) -> bytes:
        """Return the next bytes."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def back_up(database: Path, blobs: Blobs, target: Path, now: dt.datetime) -> Copied:
    """Write the copy at *target*, which must not exist; raise EnvironmentFault if it cannot be whole."""
    if target.exists():
        raise UsageError(f"Ya existe {target}", "Escriba otro nombre: una copia no se sobrescribe.")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    files = blobs.files
    try:
        with _snapshot(database, part.with_suffix(".db")) as snapshot, files.create(part) as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                copied = _fill(tar, snapshot, blobs, now)
            files.force(out)
        files.rename(part, target)
        files.force_folder(target.absolute().parent)
    except OSError as error:
        what = f"La copia no se puede escribir ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la carpeta, los permisos y el espacio.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return copied


@contextmanager
def _snapshot(database: Path, copy: Path) -> Iterator[Path]:
    """Give the database as it is at one moment, as a file of its own; it goes afterwards."""
    try:
        _take(database, copy)
        yield copy
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            Path(f"{copy}{rest}").unlink(missing_ok=True)


def _take(database: Path, copy: Path) -> None:
    """Copy the database as it is at one moment; raise EnvironmentFault unless SQLite finds the copy whole."""
    try:
        with (
            contextlib.closing(sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True)) as source,
            contextlib.closing(sqlite3.connect(copy)) as taken,
        ):
            source.backup(taken)
            taken.execute("PRAGMA journal_mode = DELETE")
            whole = [row[0] for row in taken.execute("PRAGMA integrity_check")] == ["ok"]
    except (sqlite3.Error, UNREADABLE) as error:
        what = f"La base de datos no se puede copiar ({kind(error)})"
        raise EnvironmentFault(what, "Ejecute `ventanilla db check`.") from error
    if not whole:
        raise EnvironmentFault("La base de datos está dañada: no se copia", "Ejecute `ventanilla db check`.")


def _fill(tar: tarfile.TarFile, snapshot: Path, blobs: Blobs, now: dt.datetime) -> Copied:
    """Put the database, its papers and the manifest into the copy; a damaged paper is left out and told."""
    members = {DATABASE: _add(tar, DATABASE, snapshot)}
    missing = []
    for sha256 in _known(snapshot):
        if not blobs.verify(sha256):
            missing.append(sha256)
            continue
        with blobs.opened(sha256) as file:
            members[f"{PAPERS}{sha256}"] = found = _add_open(tar, f"{PAPERS}{sha256}", file)
        if found["sha256"] != sha256:
            what = f"El papel {sha256[:12]} ha cambiado mientras se copiaba"
            raise EnvironmentFault(what, "Ejecute `ventanilla db check`.")
    made_at = now.isoformat(timespec="seconds")
    told = {"form": FORM, "made_at": made_at, "members": members, "missing": missing}
    data = json.dumps(told, indent=1, sort_keys=True).encode()
    tar.addfile(_info(MANIFEST, len(data)), io.BytesIO(data))
    return Copied(len(members) - 1, sum(int(one["bytes"]) for one in members.values()), tuple(missing))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    """Put one file in and return its digest and size."""
    with path.open("rb") as file:
        return _add_open(tar, name, file)


def _add_open(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> dict[str, Any]:
    """Put an open file in and return its digest and size."""
    size = os.fstat(file.fileno()).st_size
    hashing = _Hashing(file)
    tar.addfile(_info(name, size), cast(IO[bytes], hashing))  # tarfile only reads from it
    return {"sha256": hashing.digest.hexdigest(), "bytes": size}


def _info(name: str, size: int) -> tarfile.TarInfo:
    """Return a member's head: nobody's name, no moment, for its owner alone."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _known(snapshot: Path) -> list[str]:
    """Return the digests of all papers that the snapshot knows, in order."""
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(snapshot))}?mode=ro", uri=True)) as raw:
        there = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        # a record of an earlier program has no table for what was attached
        tables = [table for table in ("originals", "attached") if table in there]
        found = {row[0] for table in tables for row in raw.execute(f"SELECT sha256 FROM {table}")}  # noqa: S608 - one of two names
    return sorted(map(str, found))
