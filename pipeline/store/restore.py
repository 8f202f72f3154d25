"""A copy brought back: verified whole before anything is written, and never over what is there.

The papers come first and the database last, under its own name in one step. Stopped before that, papers
lie there without a database, which the program refuses to work with; restoring again ends it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import re
import secrets
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from pipeline.audit.restored import note_restored
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files
from pipeline.folders.continuity import BROUGHT_BACK
from pipeline.journal.events import note
from pipeline.journal.sqlite import Statements
from pipeline.store.backup import DATABASE, FORM, MANIFEST, PAPERS
from pipeline.store.blobs import PIECE, Blobs

_LONGEST_MANIFEST = 1 << 30
_HAS_HEADS = "SELECT name FROM sqlite_master WHERE name = 'audit_heads'"
_PAPER = re.compile(re.escape(PAPERS) + r"[0-9a-f]{64}")


class Verified(NamedTuple):
    """A copy that is whole: when it was made, how many papers it has, and which the store lacked then."""

    made_at: str
    papers: int
    missing: tuple[str, ...]


def verify(copy: Path) -> Verified:
    """Read all of *copy* and return what it is; raise EnvironmentFault where a byte is not what it says."""
    found, manifest = {}, None
    with _opened(copy) as tar:
        for member, file in _members(tar):
            if member.name == MANIFEST:
                manifest = _manifest(member, file)
            else:
                found[member.name] = {"sha256": _digest(file), "bytes": member.size}
    if manifest is None or found != manifest.get("members"):
        raise _broken("no concuerda con su propia lista")
    if any(name != f"{PAPERS}{one['sha256']}" for name, one in found.items() if name != DATABASE):
        raise _broken("un papel no tiene el nombre que le toca")
    return Verified(str(manifest["made_at"]), len(found) - 1, tuple(manifest["missing"]))


def restore(copy: Path, database: Path, blobs: Blobs) -> Verified:
    """Bring *copy* back to *database* and *blobs*; raise UsageError if there is a database there.

    Raise EnvironmentFault if the copy is not whole, before anything is written, or the disk fails.
    """
    for part in ("", "-wal", "-shm", "-journal"):
        if Path(f"{database}{part}").exists():
            what = f"En {database} hay ya una base de datos, o restos de una"
            raise UsageError(what, "Apártela (con sus archivos -wal y -shm): no se escribe encima.")
    verified = verify(copy)
    files = blobs.files
    new = database.with_name(f".{database.name}.{secrets.token_hex(4)}.part")
    try:
        files.make_folder(database.absolute().parent)
        with _opened(copy) as tar:
            for member, file in _members(tar):
                if member.name == DATABASE:
                    _write(files, file, new)
                elif member.name != MANIFEST:
                    _paper(blobs, member.name.removeprefix(PAPERS), file)
        _sound(new)
        _marked(new, blobs.root)
        files.rename(new, database)
        files.force_folder(database.absolute().parent)
    except OSError as error:
        what = f"La copia no se puede restaurar ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la carpeta, los permisos y el espacio, y repita.") from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    return verified


@contextlib.contextmanager
def _opened(copy: Path) -> Iterator[tarfile.TarFile]:
    """Give the copy as a tar; raise UsageError if it is not there, EnvironmentFault if it is none."""
    if not copy.is_file():
        raise UsageError(f"No hay ninguna copia en {copy}", "Compruebe la ruta.")
    try:
        with tarfile.open(copy, "r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise _broken("no está entera") from error


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Yield each file of the copy; only our own names and plain files are known."""
    for member in tar:
        file = tar.extractfile(member) if member.isreg() else None
        if file is None or not (member.name in {DATABASE, MANIFEST} or _PAPER.fullmatch(member.name)):
            raise _broken("contiene algo que el programa no escribió")
        yield member, file


def _manifest(member: tarfile.TarInfo, file: IO[bytes]) -> Mapping[str, Any]:
    """Return the copy's own list."""
    try:
        told = json.loads(file.read(_LONGEST_MANIFEST)) if member.size <= _LONGEST_MANIFEST else None
    except ValueError as error:
        raise _broken("su lista no se puede leer") from error
    if not isinstance(told, dict) or told.get("form") != FORM or DATABASE not in told.get("members", {}):
        raise _broken("su lista no es de esta versión")
    return told


def _digest(file: IO[bytes]) -> str:
    """Return the digest of one member."""
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _paper(blobs: Blobs, sha256: str, file: IO[bytes]) -> None:
    """Bring one paper back, unless it is there and whole."""
    if blobs.verify(sha256):
        return
    if blobs.there(sha256):
        what = f"El papel {sha256[:12]} está ya en el almacén, pero cambiado: {blobs.where(sha256)}"
        raise EnvironmentFault(what, "Apártelo: no se escribe encima.")
    blobs.settle(blobs.pour(iter(lambda: file.read(PIECE), b"")))


def _write(files: Files, source: IO[bytes], target: Path) -> None:
    """Copy *source* to the new file *target*, on the disk itself."""
    with files.create(target) as out:
        while piece := source.read(PIECE):
            files.write(out, piece)
        files.force(out)


def _sound(database: Path) -> None:
    """Raise EnvironmentFault unless SQLite finds the restored database whole."""
    with contextlib.closing(sqlite3.connect(database)) as raw:
        if [row[0] for row in raw.execute("PRAGMA integrity_check")] != ["ok"]:
            raise _broken("su base de datos está dañada")


def _marked(database: Path, blobs: Path) -> None:
    """Let the database say of itself, before it stands in its place, that it was brought back from a copy.

    The audit's chain goes on with a row of its own, but for a copy of a version that had none: it is
    brought up to date later, and the chain begins there.
    """
    now = dt.datetime.now(dt.UTC)
    with contextlib.closing(sqlite3.connect(database)) as raw, raw:
        raw.row_factory = sqlite3.Row
        statements = Statements(raw)
        note(statements, None, now, BROUGHT_BACK)
        if statements.all(_HAS_HEADS):
            note_restored(statements, blobs, now)


def _broken(how: str) -> EnvironmentFault:
    """Return what is told of a copy that is not whole."""
    return EnvironmentFault(f"La copia no sirve: {how}", "Use otra copia; no se ha escrito nada.")
