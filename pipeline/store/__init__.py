"""The record: journal, cases, events, effects owed, and the papers. It decides, not the engine.

with open_store(url, blobs) as store: ...

What the counter needs of this package (`blobs`, `head`, `names`, `presence`, `trouble`) imports nothing but
the standard library, so the rest is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.store.database import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    """Return `Store` or `open_store`, for which SQLAlchemy is loaded."""
    if name not in __all__:
        raise AttributeError(name)
    # half of what a start may cost, and the counter on a small machine needs none of it
    from pipeline.store import database  # noqa: PLC0415

    return getattr(database, name)
