"""Papers that nobody handed in but belong to a case: signed letters, proofs of a notice.

    with attaching(store, data) as kept, visit.acting(...) as connection:
        attach(connection, case, kept, "acuse de recibo.pdf", at)

They lie among the blobs, are hashed by `db check`, and go into every copy.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table
from sqlalchemy.engine import Connection

from pipeline.store.blobs import Kept
from pipeline.store.database import Store
from pipeline.store.schema import Moment, metadata

LONGEST_NAME = 255
attached = Table(
    "attached",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_attached_sha256", "sha256"),
)


@contextlib.contextmanager
def attaching(store: Store, data: bytes) -> Iterator[Kept]:
    """Give *data* kept among the blobs while its row is written; unmarked once that went well.

    Where the row is not written the mark stays, and the next sweep takes the bytes away.
    """
    with tempfile.TemporaryDirectory(prefix="ventanilla-") as folder:
        aside = Path(folder) / "papel"
        aside.write_bytes(data)
        kept = store.blobs.keep(aside)
    yield kept
    store.blobs.settle(kept)


def attach(connection: Connection, case: str, kept: Kept, name: str, at: dt.datetime) -> None:
    """Note that a paper is of *case*, in the transaction of what it is the proof of; twice is once."""
    its = (attached.c.case_id == case, attached.c.sha256 == kept.sha256)
    if connection.execute(sa.select(attached.c.bytes).where(*its)).first() is None:
        row = {"case_id": case, "sha256": kept.sha256, "bytes": kept.bytes, "at": at}
        connection.execute(sa.insert(attached).values(**row, name=name[:LONGEST_NAME]))


def attached_name(store: Store, case: str, sha256: str) -> str | None:
    """Return under which name a paper of that digest is attached to a case, None where none is."""
    query = sa.select(attached.c.name).where(attached.c.case_id == case, attached.c.sha256 == sha256)
    with store.read() as connection:
        return connection.execute(query).scalar_one_or_none()
