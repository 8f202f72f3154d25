"""The journal's plain SQL carried out over a connection of SQLAlchemy (`pipeline.journal.port`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from pipeline.journal.port import Row, Value


class Statements:
    """A `Transaction` of the journal inside the transaction of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Return the rows that the query *sql* finds."""
        return [dict(row) for row in self._connection.execute(sa.text(sql), values).mappings()]

    def run(self, sql: str, **values: Value) -> int:
        """Carry out a statement; return how many rows it changed."""
        return self._connection.execute(sa.text(sql), values).rowcount

    def many(self, sql: str, values: Sequence[Mapping[str, Value]]) -> None:
        """Carry out a statement once for each of *values*."""
        self._connection.execute(sa.text(sql), list(values))
