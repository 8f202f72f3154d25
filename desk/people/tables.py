"""The tables of accounts and sessions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, String, Table

from pipeline.store.schema import Moment, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("password", String(200)),
    Column("roles", JSON, nullable=False),
    Column("offices", JSON, nullable=False),
    Column("language", String(2), nullable=False),
    Column("shortcuts", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("locked_at", Moment),
    Column("last_at", Moment),
)
"""`password` is an argon2id digest, null where somebody else vouches. `offices`: codes, or `*` for all."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(26), ForeignKey("accounts.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
"""`id` is the digest of the token in the cookie: who reads the table cannot come in with it."""
