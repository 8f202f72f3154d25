"""The table of notices: rows are added, never changed and never removed; triggers refuse the rest."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table

from pipeline.store.schema import Moment, metadata

notices = Table(
    "notices",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("decision", String(26), ForeignKey("decisions.id")),
    Column("act", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("step", String(16), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("hour", String(5)),
    Column("suspends", Boolean),
    Column("proof", String(64)),
    Column("proof_name", String(255)),
    Column("registry", String(64)),
    Column("annuls", String(26), ForeignKey("notices.id")),
    Column("text", String, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_notices_case", "case_id"),
)
"""One step of telling an act. `act`: requirement, hearing, resolution. `way`: paper, electronic, in_person,
publication. `step` is a word of `pipeline.notices.steps`. `proof` is the digest of a file, `registry` the
number under which a registry keeps it. `annuls` names a row that was recorded wrongly.
"""
