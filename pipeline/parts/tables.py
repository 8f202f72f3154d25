"""The table of signs of life."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from pipeline.store.schema import Moment, metadata

pulses = Table(
    "pulses",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("part", String(16), nullable=False),
    Column("machine", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("release", String(32), nullable=False),
)
"""One row for each process that works: `name` as `pipeline.workers.me` gives it, `part` what it does.

`part` is watch, worker or desk. A process that ends takes its row away; one that is killed leaves it, with
the moment at which it was last seen.
"""
