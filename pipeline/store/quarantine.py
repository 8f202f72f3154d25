"""The bytes that an antivirus found harmful: they stay in the store, and nothing parses or gives them out.

A registered filing is never thrown away, so nothing is deleted; a newer signature that finds nothing frees
what an older one held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from pipeline.store.database import Store
from pipeline.store.schema import quarantine


class StoreQuarantine:
    """The quarantine of a store, as the screening of cases uses it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def holds(self, sha256: str) -> bool:
        """Tell whether those bytes are in it."""
        return held(self._store, [sha256])

    def put(self, sha256: str, name: str) -> None:
        """Put them in under the antivirus's *name* for the malware; what is in it stays as it is."""
        with self._store.write() as connection:
            there = sa.select(quarantine.c.sha256).where(quarantine.c.sha256 == sha256)
            if connection.execute(there).first() is None:
                row = {"sha256": sha256, "name": name[:200], "found_at": dt.datetime.now(dt.UTC)}
                connection.execute(sa.insert(quarantine).values(**row))

    def free(self, sha256: str) -> None:
        """Take them out."""
        with self._store.write() as connection:
            connection.execute(sa.delete(quarantine).where(quarantine.c.sha256 == sha256))


def held(store: Store, digests: Iterable[str]) -> bool:
    """Tell whether any of those bytes is in the quarantine."""
    query = sa.select(quarantine.c.sha256).where(quarantine.c.sha256.in_(list(digests))).limit(1)
    with store.read() as connection:
        return connection.execute(query).first() is not None
