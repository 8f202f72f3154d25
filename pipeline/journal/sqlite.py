"""The journal in a SQLite file, with the standard library alone: commits are on the disk when they return."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from pipeline.journal.port import Row, Transaction, Value
from pipeline.store.presence import Opened, check_same, opened
from pipeline.store.trouble import told

BUSY_SECONDS = 60.0
_READS, _WRITES = "BEGIN", "BEGIN IMMEDIATE"


class Statements:
    """A `Transaction` on a connection of our own."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return the rows that the query *sql* finds."""
        return [dict(row) for row in self._raw.execute(sql, values)]

    def run(self, sql: str, **values: Value) -> int:
        """Carry out a statement; return how many rows it changed."""
        return self._raw.execute(sql, values).rowcount

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Carry out a statement once for each of *values*."""
        self._raw.executemany(sql, values)


class Sqlite:
    """A journal in the file at *path*, which must be there. One thread uses it; errors as `port` says."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        self._path = path.absolute()
        self._busy_seconds = busy_seconds
        self._raw: sqlite3.Connection | None = None
        self._opened: Opened | None = None

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give a transaction that holds the writer's lock, on the disk at its end."""
        with self._transaction(_WRITES) as transaction:
            yield transaction
        self._still_there()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a transaction that sees one state."""
        with self._transaction(_READS) as transaction:
            yield transaction

    def close(self) -> None:
        """Let go of the file."""
        if self._raw is not None:
            with suppress(sqlite3.Error):
                self._raw.close()
        self._raw = None

    def _still_there(self) -> None:
        """Raise EnvironmentFault if the files that are open were taken away or replaced."""
        if self._raw is not None and self._opened is not None:
            check_same(self._opened)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Transaction]:
        """Begin, commit at the end; after any failure the connection is given up, and with it the change."""
        # a row in a file that is gone must not have its original moved
        self._still_there()
        try:
            raw = self._connection()
            raw.execute(begin)
            yield Statements(raw)
            raw.execute("COMMIT")
        except sqlite3.Error as error:
            self.close()
            fault = told(error, operational=isinstance(error, sqlite3.OperationalError))
            if fault is None:
                raise
            raise fault from error
        except BaseException:
            self.close()
            raise

    def _connection(self) -> sqlite3.Connection:
        """Return the connection, opened with what makes its commits survive a power cut."""
        if self._raw is None:
            where = f"file:{quote(str(self._path))}?mode=rw"
            raw = self._raw = sqlite3.connect(where, uri=True, isolation_level=None)
            raw.row_factory = sqlite3.Row
            for pragma in (
                f"busy_timeout = {int(self._busy_seconds * 1000)}",
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "schema_version",
            ):
                raw.execute(f"PRAGMA {pragma}").fetchall()
            self._opened = opened(self._path)
        return self._raw
