"""The table of the chain."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table
from sqlalchemy.types import BigInteger, Integer

from pipeline.store.schema import Moment, metadata

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("who", String(64), nullable=False),
    Column("did", String(40), nullable=False),
    Column("case_id", String(26)),
    Column("detail", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_audit_case", "case_id"),
)
