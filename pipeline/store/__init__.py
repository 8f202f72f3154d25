"""The record: journal, cases, events, effects owed, and the papers. It decides, not the engine.

with open_store(url, blobs) as store: ...
"""

from __future__ import annotations

from pipeline.store.database import Store, open_store

__all__ = ["Store", "open_store"]
