"""The database file is there, and is the one that was opened; only the standard library is used.

SQLite makes a new file where there is none, and goes on writing to one that was deleted under it: either
would number cases from 1 again and take the same papers in twice. So a missing file beside kept papers is
never replaced, and after every commit it is asked whether the files it went to still lie in their places.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Protocol

from pipeline.errors import EnvironmentFault
from pipeline.store.bucket import AwayError

_PARTS = ("", "-wal", "-shm")


class Opened(NamedTuple):
    """The files of a SQLite database that a connection holds open, each with what tells it from another."""

    database: Path
    files: tuple[tuple[int, int] | None, ...]


def opened(database: Path) -> Opened:
    """Return what lies at *database* now: the file, its log of changes and its index of that log."""
    return Opened(database, tuple(_identity(f"{database}{part}") for part in _PARTS))


def _identity(path: str) -> tuple[int, int] | None:
    """Return which file lies at *path*, None if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - called at every commit: no Path is made for it
    except OSError:
        return None
    return status.st_dev, status.st_ino


def check_same(before: Opened) -> None:
    """Raise EnvironmentFault unless the files that were opened *before* still lie in their places."""
    if opened(before.database) != before or None in before.files:
        raise EnvironmentFault(
            f"La base de datos {before.database} ha desaparecido o se ha cambiado mientras se usaba",
            "No se recibe nada más. Pare el programa, devuelva los archivos a su sitio o restaure una copia "
            "(`ventanilla db restore`), compruebe con `ventanilla db check` y arranque.",
        )


class Papers(Protocol):
    """As much of `pipeline.store.blobs` as is asked here."""

    def any(self) -> bool:
        """Tell whether there are any."""
        ...


def refuse_to_begin_anew(place: str, papers: Papers) -> None:
    """Raise EnvironmentFault if *papers* are kept: the database at *place* was there and is lost."""
    try:
        kept = papers.any()
    except AwayError:
        what = f"Los papeles de {papers} no están a mano: no se puede saber si la base de datos es nueva"
        raise EnvironmentFault(what, "Compruebe la red y `storage.blobs`, y repita.") from None
    if kept:
        raise EnvironmentFault(
            f"Falta la base de datos, o está vacía ({place}), pero hay papeles guardados en {papers}: "
            "no se crea otra, porque volvería a numerar desde el principio",
            "Devuelva el archivo a su sitio, o restaure la última copia con `ventanilla db restore`.",
        )
