"""The tables of the chain."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, String, Table, Text
from sqlalchemy.types import BigInteger, Integer

from pipeline.store.schema import Moment, metadata

_LONG = BigInteger().with_variant(Integer, "sqlite")

audit = Table(
    "audit",
    metadata,
    Column("seq", _LONG, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("did", String(40), nullable=False),
    Column("case_id", String(26)),
    Column("detail", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_case", "case_id"),
    Index("ix_audit_who", "who"),
    Index("ix_audit_at", "at"),
)
"""Only ever added to; a trigger refuses the rest, as it does in the two others."""

audit_tip = Table(
    "audit_tip",
    metadata,
    Column("seq", _LONG, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)
"""One row: the last of the chain. It only goes forward."""

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("seq", _LONG, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("events_seq", _LONG, nullable=False),
    Column("events", String(64), nullable=False),
    Column("before", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    Column("signature", Text),
)
"""The daily heads (`pipeline.audit.heads`): how far the chain went, and the events since the last."""
