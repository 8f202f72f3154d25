"""The table of searches: those that somebody keeps under a name, and the passing one behind an address."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table

from pipeline.store.schema import Moment, metadata

searches = Table(
    "searches",
    metadata,
    Column("id", String(43), primary_key=True),
    Column("account_id", String(26), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80)),
    Column("said", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("ix_searches_account", "account_id"),
)
"""`said` is what was asked for. One without a name is passing: it goes by itself."""
