"""One database opened: brought up to date, its transactions made to hold, its errors told plainly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import EnvironmentFault
from pipeline.files import Files
from pipeline.store.blobs import Blobs
from pipeline.store.schema import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 60_000
_WRITERS = 0x56454E54
"""The lock that every writer holds on PostgreSQL, as all do on SQLite: a number of our own."""
_WRITES = "ventanilla_writes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The open record and the papers beside it."""

    engine: Engine
    blobs: Blobs
    files: Files

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection inside a transaction that holds the writer's lock from its first statement."""
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database and changes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str, blobs: Path, *, files: Files | None = None, migrate: bool = True) -> Store:
    """Return the store at *url*, brought up to date if *migrate*; raise EnvironmentFault if that fails."""
    disk = files or Files()
    engine = _engine(url, disk)
    try:
        _bring_up_to_date(engine, migrate=migrate)
    except DBAPIError as error:
        engine.dispose()
        what = f"La base de datos no se puede abrir ({type(error.orig).__name__})"
        raise EnvironmentFault(what, "Ejecute `ventanilla doctor` y `ventanilla db check`.") from error
    except EnvironmentFault:
        engine.dispose()
        raise
    return Store(engine=engine, blobs=Blobs(root=blobs.absolute(), files=disk), files=disk)


def _engine(url: str, files: Files) -> Engine:
    """Return an engine whose transactions are immediate for writers and on the disk at commit."""
    try:
        address = sa.make_url(url)
        backend = address.get_backend_name()
        engine = sa.create_engine(address, pool_pre_ping=backend != "sqlite")
    except (ArgumentError, ImportError) as error:
        what = "La dirección de la base de datos no sirve, o falta su controlador"
        raise EnvironmentFault(what, "Corrija `storage.database` o instale el controlador.") from error
    if backend == "postgresql":
        sa.event.listen(engine, "connect", _prepare_postgresql)
        sa.event.listen(engine, "begin", _begin_postgresql)
    if backend == "sqlite":
        if address.database and address.database != ":memory:":
            files.make_folder(Path(address.database).absolute().parent)
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    """Set a new SQLite connection up: no transaction but ours, commits that survive a power cut."""
    del record
    raw.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(raw: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Set a new PostgreSQL connection up: commits that survive a power cut, no wait without an end.

    A writer that hangs in the middle (a share that does not answer) loses its transaction, not the others.
    """
    del record
    cursor = raw.cursor()
    for setting in ("lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SET {setting} = {_BUSY_MILLISECONDS}")
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    raw.commit()


def _begin_postgresql(connection: Connection) -> None:
    """Begin: a writer waits for the one before, so that what it reads is what it changes."""
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def _begin(connection: Connection) -> None:
    """Begin: a writer takes the lock at once, so that what it reads is what it changes."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, *, migrate: bool) -> None:
    """Migrate to HEAD; refuse a database that is behind and may not be touched, or ahead of the program."""
    with engine.connect() as connection, connection.begin():
        current = _version(connection)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        what = f"La base de datos es de una versión posterior ({current}) a la del programa ({HEAD})"
        raise EnvironmentFault(what, "Instale la versión del programa que la creó, o una posterior.")
    if not migrate:
        raise EnvironmentFault("La base de datos no está al día", "Ejecute `ventanilla db upgrade`.")
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if _version(connection) != HEAD:
            _upgrade(connection)


def _version(connection: Connection) -> str | None:
    """Return the migration that the database stands at, None for a new one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    """Run the migrations inside the transaction that is open."""
    # half a second of imports that only a database behind the program needs
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
