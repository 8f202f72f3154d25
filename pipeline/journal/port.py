"""What the journal asks of a database: plain SQL with `:name` for values, inside transactions that hold.

`sqlite.py` answers with the standard library alone, `pipeline.store` over SQLAlchemy for PostgreSQL and for
the rest of the program; so every statement of the journal is written once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Value = str | int | float | None
Row = Mapping[str, Any]
"""One row by the names of its columns. What is JSON or true-or-false is read with `kept`."""


class Transaction(Protocol):
    """A transaction that is open. Databases in trouble are told as EnvironmentFault."""

    def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return the rows that the query *sql* finds."""
        ...

    def run(self, sql: str, **values: Value) -> int:
        """Carry out a statement; return how many rows it changed."""
        ...

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Carry out a statement once for each of *values*."""
        ...


class Journal(Protocol):
    """A database that holds the journal."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Give a transaction that holds the writer's lock from its beginning, on the disk at its end."""
        ...

    def reading(self) -> AbstractContextManager[Transaction]:
        """Give a transaction that sees one state and changes nothing."""
        ...


def one(rows: Sequence[T]) -> T | None:
    """Return the first of *rows*, None if there is none."""
    return rows[0] if rows else None
