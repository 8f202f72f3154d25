"""The tables of figures: an index of the record, that can be made anew (`pipeline.figures.anew`)."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from pipeline.store.schema import metadata

day_counts = Table(
    "day_counts",
    metadata,
    Column("what", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("office", String(32), primary_key=True),
    Column("procedure", String(32), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
    Index(
        "ix_day_counts_none",
        "number",
        sqlite_where=text("number = 0"),
        postgresql_where=text("number = 0"),
    ),
    sqlite_with_rowid=False,
)
"""How much of what fell on which day: `what` and `name` are those of `pipeline.figures.told`.

`procedure` is empty while nobody knows it. There are no more rows than days, offices and names make.
"""

case_counts = Table(
    "case_counts",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("office", String(32), nullable=False),
    Column("procedure", String(32), nullable=False),
    Column("counts", Text, nullable=False),
)
"""What each case adds to `day_counts`, so that it can be taken out again when the case moves.

`counts` is JSON: a list of day, what, name, number.
"""
