"""Connections to the database: transactions that hold, commits that are on the disk, errors told plainly."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import EnvironmentFault
from pipeline.files import Files
from pipeline.journal.connect import sqlite_file
from pipeline.store import trouble
from pipeline.store.presence import Papers, check_same, opened, refuse_to_begin_anew

BUSY_SECONDS = 60.0
WRITES, LENDS = "ventanilla_writes", "ventanilla_lends"
_WRITERS = 0x56454E54
"""The lock that every writer holds on PostgreSQL, as all do on SQLite: a number of our own."""
_OPENED = "ventanilla_opened"


def connect(url: str, blobs: Papers | None, files: Files, busy_seconds: float, *, make: bool) -> Engine:
    """Return an engine for the database at *url*; *make* a new file where there is none.

    Where *blobs* has papers in it, a missing file was lost, and EnvironmentFault is raised.
    """
    try:
        address = sa.make_url(url)
        backend = address.get_backend_name()
        path = sqlite_file(url)
        where = _existing(path, blobs, files, make=make) if path else address
        # what a statement was given may be a name: no error tells it
        engine = sa.create_engine(where, pool_pre_ping=backend != "sqlite", hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        what = "La dirección de la base de datos no sirve, o falta su controlador"
        raise EnvironmentFault(what, "Corrija `storage.database` o instale el controlador.") from error
    if backend == "sqlite":
        sa.event.listen(engine, "connect", _sqlite(path, busy_seconds))
        sa.event.listen(engine, "begin", _begin_sqlite)
    elif backend == "postgresql":
        sa.event.listen(engine, "connect", _postgresql(busy_seconds))
        sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _existing(path: Path, blobs: Papers | None, files: Files, *, make: bool) -> URL:
    """Return the address of the file at *path* that never makes another; make the very first one here."""
    try:
        if not path.exists():
            if blobs is not None:
                refuse_to_begin_anew(str(path), blobs)
            if not make:
                raise EnvironmentFault(f"No hay base de datos en {path}", "Ejecute `ventanilla init`.")
            files.make_folder(path.parent)
            with suppress(FileExistsError):
                files.create(path).close()
            files.force_folder(path.parent)
    except OSError as error:
        what = f"La base de datos {path} no se puede crear ({type(error).__name__})"
        raise EnvironmentFault(what, "Compruebe la carpeta, los permisos y el espacio.") from error
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"})


def _sqlite(
    path: Path | None, busy_seconds: float
) -> Callable[[sqlite3.Connection, ConnectionPoolEntry], None]:
    """Return what sets a new SQLite connection up."""

    def prepare(raw: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        """Take no transaction but ours, commits that survive a power cut, and note which files these are."""
        raw.isolation_level = None
        for pragma in (
            f"busy_timeout = {int(busy_seconds * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "schema_version",
        ):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        if path is not None:
            record.info[_OPENED] = opened(path)

    return prepare


def _postgresql(busy_seconds: float) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    """Return what sets a new PostgreSQL connection up."""

    def prepare(raw: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        """Let commits survive a power cut, and no wait go on without an end.

        A writer that hangs in the middle (a share that does not answer) loses its transaction alone.
        """
        del record
        cursor = raw.cursor()
        for setting in ("lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET {setting} = {int(busy_seconds * 1000)}")
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        cursor.close()
        raw.commit()

    return prepare


def _begin_sqlite(connection: Connection) -> None:
    """Begin: a writer takes the lock at once, so that what it reads is what it changes."""
    options = connection.get_execution_options()
    writes = options.get(WRITES) or options.get(LENDS)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Begin: a writer waits for the one before, so that what it reads is what it changes."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def still_there(connection: Connection) -> None:
    """Raise EnvironmentFault if the files that this connection writes to were taken away or replaced."""
    before = connection.info.get(_OPENED)
    if before is not None:
        check_same(before)


def told(error: DBAPIError) -> EnvironmentFault | None:
    """Return what a database in trouble is told as, None if the error is the program's own."""
    return trouble.told(
        error.orig, operational=isinstance(error, OperationalError) or error.connection_invalidated
    )
