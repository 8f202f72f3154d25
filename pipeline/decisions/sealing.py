"""Rows of decisions, of what became of them and of notices: written with a seal in an event of their case.

The database refuses to change them; the seal shows a letter that became another on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from pipeline.decisions.tables import decisions, ends, looks
from pipeline.journal.kept import unpacked
from pipeline.notices.tables import notices
from pipeline.store.events import of_live_cases, record
from pipeline.store.schema import Moment, events
from pipeline.store.seals import seal

NOTED = "desk-row"
"""The kind of the journal's event that seals a row."""
_TABLES: Mapping[str, sa.Table] = MappingProxyType(
    {table.name: table for table in (decisions, ends, looks, notices)}
)
_CALLED: Mapping[str, str] = MappingProxyType(
    {
        decisions.name: "La decisión",
        ends.name: "El fin de la decisión",
        looks.name: "La segunda mirada a la decisión",
        notices.name: "La notificación",
    }
)


def keep(connection: Connection, table: sa.Table, case: str, row: Mapping[str, Any]) -> None:
    """Add a *row* of a *case* to one of the tables, and seal it; its `at` is the moment of the event too."""
    connection.execute(sa.insert(table).values(**row))
    own = [column == row[column.name] for column in table.primary_key]
    written = connection.execute(_plain(table).where(*own)).one()
    record(
        connection, case, row["at"], NOTED, table=table.name, row=_key(table, written), seal=_sealed(written)
    )


def unsealed(connection: Connection) -> Iterator[str]:
    """Yield in words each row that is not as it was sealed, and each that is gone."""
    # read here, for the events of a damaged store are not all JSON
    seals: dict[tuple[str, str], str] = {}
    for told in _noted(connection):
        seals[told.get("table", ""), told.get("row", "")] = told.get("seal", "")
    for name, table in _TABLES.items():
        for row in connection.execute(_plain(table)):
            if seals.pop((name, _key(table, row)), None) != _sealed(row):
                yield f"{_CALLED[name]} {_key(table, row)} no es como se guardó"
    yield from (f"{_CALLED.get(name, name)} {key} ya no está" for name, key in sorted(seals))


def _noted(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """Yield what the events tell of the rows."""
    detail = sa.type_coerce(events.c.detail, sa.String)
    for (text,) in connection.execute(sa.select(detail).where(events.c.kind == NOTED, of_live_cases())):
        try:
            told = unpacked(text)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def _key(table: sa.Table, row: Row[Any]) -> str:
    """Return what names a row in its table."""
    return ".".join(str(row._mapping[column.name]) for column in table.primary_key)  # noqa: SLF001 - SQLAlchemy's public name


def _plain(table: sa.Table) -> sa.Select[Any]:
    """Return the query for rows as their columns hold them: a damaged one must not stop the others."""
    return sa.select(
        *(
            sa.type_coerce(column, sa.String).label(column.name) if _text(column) else column
            for column in table.c
        )
    )


def _text(column: sa.Column[Any]) -> bool:
    """Tell whether what a column holds is read as it stands."""
    return isinstance(column.type, sa.JSON | Moment | sa.Date)


def _sealed(row: Row[Any]) -> str:
    """Return the digest of all that a row holds; JSON by what it says, for databases write it differently."""
    return seal({name: _said(value) for name, value in row._mapping.items()})  # noqa: SLF001 - as above


def _said(value: Any) -> Any:
    """Return a value as it is sealed."""
    if not (isinstance(value, str) and value[:1] in {"{", "["}):
        return value
    try:
        return unpacked(value)
    except ValueError:
        return value
