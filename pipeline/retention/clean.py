"""What a blocked case leaves behind outside its rows: papers, pictures, and the bytes of rows on the disk.

Each step can be stopped and done again; what is done is noted in `retained`, so that the next run goes on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from pipeline.errors import EnvironmentFault
from pipeline.journal.port import Transaction
from pipeline.journal.rows import used
from pipeline.retention.belongings import LEAVE
from pipeline.retention.tables import retained
from pipeline.settings import Settings
from pipeline.store import Store


def clean(store: Store, settings: Settings, at: dt.datetime) -> int:
    """Remove the papers of blocked cases that no row has any more, and all pictures; return their count."""
    query = sa.select(retained.c.case_id, retained.c.papers).where(retained.c.cleaned_at.is_(None))
    with store.read() as connection:
        waiting = connection.execute(query).all()
    removed = 0
    if waiting:
        _pictures(settings)
    for case in waiting:
        removed += _papers(store, case.papers)
        with store.write() as connection:
            done = sa.update(retained).where(retained.c.case_id == case.case_id).values(cleaned_at=at)
            connection.execute(done)
    return removed


def _papers(store: Store, papers: Iterable[str]) -> int:
    """Remove papers, each only where no case has it, and nobody is about to hand it in."""
    removed = 0
    for sha256 in papers:
        with store.writing() as transaction:
            if not wanted(store, transaction, sha256):
                removed += remove(store, sha256)
                transaction.run("DELETE FROM quarantine WHERE sha256 = :sha256", sha256=sha256)
    return removed


def wanted(store: Store, transaction: Transaction, sha256: str) -> bool:
    """Tell whether some row has those bytes, or a mark says that one is about to."""
    return used(transaction, sha256) or store.blobs.marked(sha256)


def remove(store: Store, sha256: str) -> bool:
    """Remove bytes from the store; False where they were gone."""
    with contextlib.suppress(FileNotFoundError):
        store.blobs.remove(sha256)
        return True
    return False


def _pictures(settings: Settings) -> None:
    """Remove all that the desk drew and took out of packages: it is made again of what is live."""
    root = settings.desk.pictures or settings.storage.local.parent / "imagenes"
    for path in root.glob("??/*"):
        path.unlink(missing_ok=True)


def purge(store: Store, at: dt.datetime) -> bool:
    """Rewrite the database, so that no page of it holds what a removed row said; return whether it was.

    Raise EnvironmentFault where it cannot be now: the next run tries again.
    """
    query = sa.select(retained.c.case_id).where(retained.c.purged_at.is_(None)).limit(1)
    with store.read() as connection:
        if connection.execute(query).first() is None:
            return False
    if not _rewrite(store):
        return False
    with store.write() as connection:
        done = sa.update(retained).where(retained.c.purged_at.is_(None), retained.c.blocked_at <= at)
        connection.execute(done.values(purged_at=at))
    return True


def _rewrite(store: Store) -> bool:
    """Leave no room in the database to what was removed; False where a reader still holds an older state."""
    raw = store.engine.raw_connection()
    try:
        connection: Any = raw.driver_connection
        if store.engine.dialect.name == "sqlite":
            connection.execute("VACUUM")
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        # pages keep room for new rows: docs/retention.md says how they are written anew
        connection.autocommit = True
        connection.execute(f"VACUUM {', '.join(sorted(LEAVE | {'cases'}))}")
    except (sqlite3.Error, OSError) as error:
        raise _not_now(error) from error
    except Exception as error:
        # psycopg is there only where PostgreSQL is
        if type(error).__module__.partition(".")[0] != "psycopg":
            raise
        raise _not_now(error) from error
    finally:
        raw.invalidate()
        raw.close()
    return True


def _not_now(error: Exception) -> EnvironmentFault:
    """Return what is told of a database that could not be rewritten."""
    what = f"La base de datos no se ha podido reescribir ({type(error).__name__})"
    return EnvironmentFault(what, "Compruebe el espacio y repita `ventanilla retention run`.")
