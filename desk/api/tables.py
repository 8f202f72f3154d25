"""The tables of keys, and of what was handed in with them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from pipeline.store.schema import Moment, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("name", String(48), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("start", String(12), nullable=False),
    Column("offices", JSON, nullable=False),
    Column("rights", JSON, nullable=False),
    Column("per_minute", Integer),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("last_at", Moment),
    Column("once", String(64), unique=True),
)
"""`digest` is all that is kept of a key; `start` its first letters, by which people tell it from another.

`once` is the word of the form with which it was made: a form that is sent twice makes one key.
"""

api_sent = Table(
    "api_sent",
    metadata,
    Column("key_id", String(26), ForeignKey("api_keys.id"), primary_key=True),
    Column("word", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("submission", String(26), ForeignKey("submissions.id")),
    Column("at", Moment, nullable=False),
)
"""The Idempotency-Keys: `word` with the digest of what was sent under it, and the row of the journal."""
