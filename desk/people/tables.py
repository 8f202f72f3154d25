"""The tables of accounts and sessions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

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
    Column("queues", JSON, nullable=False),
    Column("procedures", JSON, nullable=False),
    Column("language", String(2), nullable=False),
    Column("shortcuts", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("locked_at", Moment),
    Column("last_at", Moment),
    Column("last_from", String(64)),
    Column("must_change", Boolean, nullable=False),
    Column("totp", String(200)),
    Column("totp_step", Integer),
    Column("recovery", JSON, nullable=False),
)
"""`password` is an argon2id digest, null where somebody else vouches. `offices`: codes, or `*` for all; so
`queues` and `procedures`. `totp` is the sealed secret of the one-time codes, `totp_step` the last one that
was used, `recovery` the digests of the codes left for who loses the device. `last_from` is an address.
"""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(26), ForeignKey("accounts.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("way", String(16), nullable=False),
    Column("owes", String(16), nullable=False),
    Column("address", String(64), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("before_at", Moment),
    Column("before_from", String(64)),
    Index("ix_sessions_account", "account_id"),
)
"""`id` is the digest of the token in the cookie: who reads the table cannot come in with it.

`way`: password, oidc or proxy. `owes` is the step that is left before somebody is in (code, password, totp),
empty for who is. `before_at` and `before_from` tell of the account's access before this one.
"""

tries = Table(
    "tries",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)
"""Failed tries to come in, by the digest of a login, an address or a known browser."""
