"""One database opened: brought up to date, its transactions made to hold, its errors told plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pipeline.errors import EnvironmentFault
from pipeline.files import Files
from pipeline.journal.port import Transaction
from pipeline.journal.version import outdated
from pipeline.store.blobs import Blobs, papers_in
from pipeline.store.bucket import Bucket
from pipeline.store.engines import BUSY_SECONDS, LENDS, WRITES, connect, still_there, told
from pipeline.store.head import HEAD
from pipeline.store.presence import refuse_to_begin_anew
from pipeline.store.statements import Statements
from pipeline.store.trouble import UNREADABLE, damaged

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The open record and the papers beside it."""

    engine: Engine
    blobs: Blobs
    files: Files

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection inside a transaction that holds the writer's lock from its first statement."""
        with self._plainly(), self.engine.connect().execution_options(**{WRITES: True}) as connection:
            still_there(connection)
            with connection.begin():
                yield connection
            still_there(connection)

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """Give a transaction that changes nothing but who works on which case until when.

        On PostgreSQL its rows are its only locks: workers of many machines wait neither for each other nor
        for a writer that hangs. Whoever changes a case that must not be lent meanwhile locks its row. On
        SQLite it is a writer like any other.
        """
        with self._plainly(), self.engine.connect().execution_options(**{LENDS: True}) as connection:
            still_there(connection)
            with connection.begin():
                yield connection
            still_there(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database and changes nothing."""
        with self._plainly(), self.engine.connect() as connection:
            # a row in a file that is gone must not have its original moved
            still_there(connection)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give the same as `write` for the statements of the journal."""
        with self.write() as connection:
            yield Statements(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give the same as `read` for the statements of the journal."""
        with self.read() as connection:
            yield Statements(connection)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Tell a database in trouble as EnvironmentFault; errors of the program's own stay what they are."""
        try:
            yield
        except DBAPIError as error:
            fault = told(error)
            if fault is None:
                raise
            raise fault from error
        except UNREADABLE:
            # the text of the error may be what a paper says
            raise damaged() from None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(
    url: str,
    blobs: Path | Bucket,
    *,
    files: Files | None = None,
    migrate: bool = True,
    anew: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Store:
    """Return the record at *url* with the papers in *blobs*; raise EnvironmentFault if it cannot be opened.

    It is brought up to date if *migrate*.
    A database that is missing or empty beside kept papers was lost: none is made in its place unless it is
    asked for *anew*. Who finds it locked waits *busy_seconds*.
    """
    disk = files or Files()
    papers = papers_in(blobs, disk)
    before = None if anew else papers
    engine = connect(url, before, disk, busy_seconds, make=migrate)
    try:
        _bring_up_to_date(engine, before, migrate=migrate)
    except DBAPIError as error:
        engine.dispose()
        what = f"La base de datos no se puede abrir ({type(error.orig).__name__})"
        raise told(error) or EnvironmentFault(what, "Ejecute `ventanilla db check`.") from error
    except UNREADABLE:
        engine.dispose()
        raise damaged() from None
    except EnvironmentFault:
        engine.dispose()
        raise
    return Store(engine=engine, blobs=papers, files=disk)


def _bring_up_to_date(engine: Engine, blobs: Blobs | None, *, migrate: bool) -> None:
    """Migrate to HEAD; refuse a database that is behind and may not be touched, or ahead of the program."""
    with engine.connect() as connection, connection.begin():
        current = _version(connection)
    if current == HEAD:
        return
    if current is None and blobs is not None:
        refuse_to_begin_anew(engine.url.render_as_string(hide_password=True), blobs)
    if current is not None and current > HEAD:
        raise outdated(current)
    if not migrate:
        raise EnvironmentFault("La base de datos no está al día", "Ejecute `ventanilla db upgrade`.")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
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
