"""The tables of calls back."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlalchemy.types import BigInteger

from pipeline.store.schema import Moment, metadata

_NUMBERED = BigInteger().with_variant(Integer, "sqlite")
_PENDING = text("not_before IS NOT NULL")

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("url", String(500), nullable=False),
    Column("offices", JSON, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("seen", _NUMBERED, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
"""`seen` is the last event of the journal that was looked at for this address; `secret` signs its calls."""

calls = Table(
    "calls",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("webhook", String(26), ForeignKey("webhooks.id"), nullable=False),
    Column("event", _NUMBERED, nullable=False),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("body", Text, nullable=False),
    Column("owed_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("tries", Integer, nullable=False),
    Column("answered", String(40)),
    Column("done_at", Moment),
    Column("given_up_at", Moment),
    UniqueConstraint("webhook", "event"),
    Index("ix_calls_pending", "not_before", sqlite_where=_PENDING, postgresql_where=_PENDING),
    sqlite_autoincrement=True,
)
"""What is owed, one row for each address and event. `not_before` is null once it is done or given up.

`answered` is the HTTP status of the last try, or a word of `pipeline.webhooks.send` for what went wrong.
"""
