"""The table of what came after filing."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table
from sqlalchemy.types import BigInteger

from pipeline.store.schema import Moment, metadata

_NUMBERED = BigInteger().with_variant(Integer, "sqlite")

after_filing = Table(
    "after_filing",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("entered_on", String(10), nullable=False),
    Column("said", JSON, nullable=False),
    Column("submission", String(26), ForeignKey("submissions.id")),
    Column("other_case", String(26), ForeignKey("cases.id")),
    Column("left_office", String(32)),
    Column("who", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_after_filing_case", "case_id"),
    Index("ix_after_filing_left", "left_office"),
    sqlite_autoincrement=True,
)
"""Rows are only added; triggers refuse the rest. `kind` is a word of `pipeline.after_filing.record.Kind`.

`entered_on` is the day of entry (ISO), `who` an account, `at` when it was written down. `said` holds words,
those of a person among them. `submission` is the entry that holds the paper on which it was asked;
`other_case` the one that papers went to or came from; `left_office` the one that a case was moved out of.
"""
