"""A blocked case opened for a judge, a prosecutor or who is competent for liabilities (LOPDGDD, art. 32.2).

It is written as files into an empty folder and stays blocked: nothing of it comes back into the record. Two
people answer for it, and the audit has both before the first byte is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from pipeline.audit.chain import note
from pipeline.errors import EnvironmentFault, UsageError
from pipeline.retention.packet import INDEX, BrokenError, opened
from pipeline.retention.ring import KeyGoneError, Ring
from pipeline.retention.tables import retained
from pipeline.store import Store
from pipeline.store.blobs import PIECE

LONGEST = 80


def unpack(
    store: Store,
    ring: Ring,
    number: str,
    into: Path,
    *,
    reference: str,
    people: tuple[str, str],
    at: dt.datetime,
) -> int:
    """Write what the packet of a blocked case holds below *into*; return how many files.

    Raises:
        UsageError: two different people and a reference are needed, the folder is not empty, or there is no
            such blocked case.
        EnvironmentFault: its packet or key cannot be read, or the disk fails.
    """
    _refuse(reference, people, into)
    case, packet = _blocked(store, number)
    try:
        key = ring.known(case)
    except KeyGoneError:
        raise EnvironmentFault("No está la clave de ese expediente", "Compruebe retention.keys.") from None
    first, second = people
    with store.writing() as transaction:
        note(transaction, first, "blocked-opened", at, case=case, second=second, reference=reference)
    try:
        return _write(store, key, case, packet, into)
    except BrokenError:
        what = "El paquete de ese expediente está dañado"
        raise EnvironmentFault(what, "Ejecute `ventanilla db check` y restaure la última copia.") from None
    except OSError as error:
        what = f"No se ha podido escribir en {into} ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la carpeta, los permisos y el espacio.") from error


def _refuse(reference: str, people: tuple[str, str], into: Path) -> None:
    """Raise UsageError unless two people, a reference and an empty folder are given."""
    first, second = people
    if not (first.strip() and second.strip()) or first == second:
        raise UsageError(
            "Abrir un expediente bloqueado lo autorizan dos personas distintas", "Escriba ambas."
        )
    if not reference.strip() or len(reference) > LONGEST:
        raise UsageError("Falta quién lo pide y con qué referencia", f"Hasta {LONGEST} letras, sin nombres.")
    if into.exists() and any(into.iterdir()):
        raise UsageError(f"La carpeta {into} no está vacía", "Elija otra.")


def _blocked(store: Store, number: str) -> tuple[str, str]:
    """Return the id and the packet of a blocked case; raise UsageError for any other."""
    with store.read() as connection:
        row = connection.execute(sa.select(retained).where(retained.c.number == number)).first()
    if row is None:
        raise UsageError("No hay ningún expediente bloqueado con ese número", "Vea `retention show`.")
    if row.erasing_at is not None:
        raise UsageError("Ese expediente está suprimido: nadie puede leerlo ya", "Queda su constancia.")
    return row.case_id, row.packet


def _write(store: Store, key: bytes, case: str, packet: str, into: Path) -> int:
    """Write each member under its own name; names are the program's, never what somebody called a file."""
    count = 0
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    with store.blobs.opened(packet) as file:
        for name, member in opened(key, case, file):
            _file(store, into / _safe(name), member)
            count += 1
    return count


def _safe(name: str) -> Path:
    """Return a member's name below the folder; raise BrokenError for one that this program does not write."""
    parts = name.split("/")
    if name != INDEX and (len(parts) != 2 or parts[0] not in {"rows", "papers"} or parts[1].startswith(".")):
        raise BrokenError
    return Path(*parts)


def _file(store: Store, path: Path, member: IO[bytes]) -> None:
    """Write one file that only its owner may read."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with store.files.create(path, 0o400) as out:
        for piece in _pieces(member):
            store.files.write(out, piece)
        store.files.force(out)


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a member."""
    while piece := member.read(PIECE):
        yield piece
