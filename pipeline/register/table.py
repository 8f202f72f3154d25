"""A register as a table or view of a database: one read-only, parametrised, timed query for each person.

SQLite and PostgreSQL. Names of tables and columns come from the settings and from the table itself, never
from a paper; what is asked goes as a parameter. No error tells what was asked.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError, SQLAlchemyError

from pipeline.register.chosen import Source
from pipeline.register.entry import BadRow, Entry, day, entry, mapping
from pipeline.register.source import Look, Question, Reply, SilentSource, reply, searched
from validators.numbers import plain

MOST_ROWS = 1000
_STEPS = 10_000
"""Instructions of SQLite between two looks at the clock."""


class Table:
    """A table that is asked; safe to share between threads."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._towns = source.towns()
        self._engine: Engine | None = None
        self._columns: Mapping[str, sa.ColumnClause[Any]] = {}
        self._dated: Mapping[str, bool] = {}
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Reply:
        """Return what the table says of one person; raise SilentSource where it cannot be asked."""
        with self._asking() as connection:
            held: list[Entry] = []
            if question.number:
                number = plain(question.number)
                held = [e for e in self._numbered(connection, question.number) if number in e.numbers]
            born: list[Entry] = []
            if not held and question.birth_date and question.name:
                born = list(self._born(connection, question.birth_date))
            return reply(question, held, born, self._as_of(connection))

    def look(self) -> Look:
        """Return the day of the data, having read no row; raise SilentSource where it cannot be asked."""
        with self._asking() as connection:
            connection.execute(sa.select(*self._columns.values()).limit(0))
            return Look(None, 0, self._as_of(connection))

    def _numbered(self, connection: Connection, number: str) -> Iterator[Entry]:
        """Yield the entries with a number, in any of its writings."""
        writings, columns = searched(number), self._columns
        ways = [columns[name].in_(writings) for name in ("identificador", "documento") if name in columns]
        if "letra" in columns:
            digits = "".join(c for c in writings[0] if c.isdecimal())
            ways.append(columns["identificador"].in_([digits, digits.lstrip("0"), digits.zfill(8)]))
        yield from self._entries(connection, sa.or_(*ways))

    def _born(self, connection: Connection, born: dt.date) -> Iterator[Entry]:
        """Yield the entries of people born on a day, however the table writes days."""
        column = self._columns["fecha_nacimiento"]
        texts = (f"{born:%Y-%m-%d}", f"{born:%Y%m%d}", f"{born:%d/%m/%Y}")
        wanted = column == born if self._dated["fecha_nacimiento"] else column.in_(texts)
        yield from self._entries(connection, wanted)

    def _entries(self, connection: Connection, wanted: sa.ColumnElement[bool]) -> Iterator[Entry]:
        """Yield the rows that are wanted; one that cannot be read may hold a baja: SilentSource."""
        chosen = [column.label(ours) for ours, column in self._columns.items()]
        rows = connection.execute(sa.select(*chosen).where(wanted).limit(MOST_ROWS + 1)).mappings().all()
        if len(rows) > MOST_ROWS:
            raise SilentSource("wrong", "demasiadas filas para una pregunta", alone=True)
        for row in rows:
            try:
                found = entry(dict(row), self._towns)
            except BadRow:
                raise SilentSource("wrong", "una fila de la persona no se puede leer", alone=True) from None
            if found is not None:
                yield found

    def _as_of(self, connection: Connection) -> dt.date | None:
        """Return the day whose state the table shows."""
        if self._source.as_of != "column":
            return self._source.day(dt.datetime.now(dt.UTC).date())
        newest = connection.execute(sa.select(sa.func.max(self._columns["fecha_datos"]))).scalar()
        try:
            return day(newest)
        except BadRow:
            raise SilentSource("wrong", "la columna fecha_datos no tiene fechas") from None

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """Give a connection that can read and nothing else, for as long as the settings say."""
        try:
            with self._connected().connect() as connection, connection.begin():
                _until(connection, time.monotonic() + self._source.seconds)
                if not self._columns:
                    self._described(connection)
                yield connection
        except DBAPIError as error:
            raise _silent(error) from None
        except (SQLAlchemyError, OSError) as error:
            raise SilentSource("wrong", type(error).__name__) from None

    def _connected(self) -> Engine:
        """Return the engine, made at the first question."""
        with self._lock:
            if self._engine is None:
                self._engine = _engine(self._source)
            return self._engine

    def _described(self, connection: Connection) -> None:
        """Learn which columns the table has."""
        schema, _, name = self._source.table.rpartition(".")
        listed = sa.inspect(connection).get_columns(name, schema or None)
        try:
            found = mapping([column["name"] for column in listed], self._source.overrides())
        except KeyError as missing:
            raise SilentSource("wrong", f"falta la columna {missing.args[0]}, o está dos veces") from None
        if self._source.as_of == "column" and "fecha_datos" not in found:
            raise SilentSource("wrong", "falta la columna fecha_datos")
        types = {column["name"]: column["type"] for column in listed}
        table = sa.table(name, *(sa.column(theirs) for theirs in found.values()), schema=schema or None)
        postgresql = connection.dialect.name == "postgresql"
        self._dated = {
            o: postgresql and isinstance(types[t], sa.Date | sa.DateTime) for o, t in found.items()
        }
        self._columns = {ours: table.c[theirs] for ours, theirs in found.items()}


def _engine(source: Source) -> Engine:
    """Return an engine that can only read; it keeps no connection open between questions."""
    try:
        address = sa.make_url(source.where)
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        if source.password_file is not None:
            address = address.set(password=source.password_file.read_text(encoding="utf-8").strip())
        milliseconds = int(source.seconds * 1000)
        options = f"-c default_transaction_read_only=on -c statement_timeout={milliseconds}"
        return sa.create_engine(
            address,
            hide_parameters=True,
            poolclass=sa.NullPool,
            connect_args={"options": options, "connect_timeout": max(2, int(source.seconds))},
        )
    except (ArgumentError, ImportError, OSError) as error:
        raise SilentSource("wrong", type(error).__name__) from None


def _sqlite(address: URL) -> Engine:
    """Return an engine for a file that is never made and never written."""
    place = URL.create(
        "sqlite", database=f"file:{quote(address.database or '')}", query={"mode": "ro", "uri": "true"}
    )
    return sa.create_engine(place, hide_parameters=True, poolclass=sa.NullPool)


def _until(connection: Connection, moment: float) -> None:
    """Let SQLite stop by itself at *moment*; PostgreSQL has its own limit."""
    raw: Any = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute(f"PRAGMA busy_timeout = {max(1, int((moment - time.monotonic()) * 1000))}")
        raw.set_progress_handler(lambda: int(time.monotonic() > moment), _STEPS)


def _silent(error: DBAPIError) -> SilentSource:
    """Return what an error of the database means; its text may hold what was asked, and is not kept."""
    kind = type(error.orig).__name__
    told = str(error.orig).casefold()
    if kind == "QueryCanceled" or "interrupted" in told or "timeout" in told:
        return SilentSource("slow", "no contestó a tiempo")
    wrong = isinstance(error, ProgrammingError) or "no such" in told
    return SilentSource("wrong" if wrong else "down", kind)
