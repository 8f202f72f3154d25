"""The table of corrections."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table
from sqlalchemy.types import BigInteger

from pipeline.store.schema import Moment, metadata

_NUMBERED = BigInteger().with_variant(Integer, "sqlite")

corrections = Table(
    "corrections",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("what", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("pages", JSON, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("field", String(120), nullable=False),
    Column("path", JSON, nullable=False),
    Column("said", JSON, nullable=False),
    Column("undoes", _NUMBERED),
    Column("who", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_corrections_case", "case_id"),
    sqlite_autoincrement=True,
)
"""What people set right; triggers refuse to change or remove. A paper is `sha256`, `pages` and `kind`.

`said` holds the value, what stood there before, the place on the page and why. `who` is an account.
"""
