"""The journal at an address: SQLite with the standard library, any other over SQLAlchemy on demand."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from pipeline.files import Files
from pipeline.journal.port import Journal
from pipeline.journal.sqlite import Sqlite
from pipeline.store.bucket import Bucket
from pipeline.store.head import HEAD

_SQLITE = ("sqlite:///", "sqlite+pysqlite:///")
_TABLE = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
_VERSION = "SELECT version_num FROM alembic_version"


class OpenJournal(Journal, Protocol):
    """A journal that must be closed."""

    def close(self) -> None:
        """Let go of the database."""
        ...


def open_journal(url: str, blobs: Path | Bucket, files: Files) -> OpenJournal:
    """Return the journal at *url*, made or brought up to date first where it must be.

    Raise EnvironmentFault if it cannot be opened, or is missing beside the papers in *blobs*.
    """
    path = sqlite_file(url)
    if path is not None and _up_to_date(path):
        return Sqlite(path)
    # a quarter of a second of imports that only another database, or one behind the program, needs
    from pipeline.store import open_store  # noqa: PLC0415

    store = open_store(url, blobs, files=files)
    if path is None:
        return store
    store.close()
    return Sqlite(path)


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for any other."""
    lead = next((lead for lead in _SQLITE if url.startswith(lead)), None)
    name = "" if lead is None else url.removeprefix(lead).partition("?")[0]
    return Path(unquote(name)).absolute() if name and name != ":memory:" else None


def _up_to_date(path: Path) -> bool:
    """Tell whether the file is there and stands at HEAD."""
    if not path.is_file():
        return False
    journal = Sqlite(path)
    try:
        with journal.reading() as transaction:
            known = transaction.all(_TABLE)
            return bool(known) and [row["version_num"] for row in transaction.all(_VERSION)] == [HEAD]
    finally:
        journal.close()
