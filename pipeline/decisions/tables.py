"""The tables of decisions: rows are added, never changed and never removed; triggers refuse the rest."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from pipeline.store.schema import Moment, metadata

decisions = Table(
    "decisions",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("dated_on", Date, nullable=False),
    Column("final_at", Moment, nullable=False),
    Column("proposal", JSON, nullable=False),
    Column("reason", String(40)),
    Column("text", String, nullable=False),
    Column("seen", JSON, nullable=False),
    Column("letter", JSON, nullable=False),
    Column("confirm", Boolean, nullable=False),
    Column("sampled", Boolean, nullable=False),
    UniqueConstraint("case_id", "turn"),
)
"""`turn` counts the decisions on a case, whatever the clock says.

`proposal` is what the program proposed at that moment: queue, rules, version of the law and the program.

`reason` is a word of `pipeline.decisions.reasons`, `text` what the person wrote beside it, whole. `seen` are
the doubts that the person settled: rule, sentence, why. `letter` are the edits of the letter, as data.
"""

ends = Table(
    "decision_ends",
    metadata,
    Column("decision", String(26), ForeignKey("decisions.id"), primary_key=True),
    Column("how", String(16), primary_key=True),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", String, nullable=False),
    Column("paper", String(64)),
)
"""What became of a decision: `final`, with the digest of the letter as a PDF; else `undone` by a person,
`overtaken` by what came before it was told: an answer, or silence, `disagreed` with by the second person.
"""

looks = Table(
    "second_looks",
    metadata,
    Column("decision", String(26), ForeignKey("decisions.id"), primary_key=True),
    Column("purpose", String(16), primary_key=True),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("text", String, nullable=False),
)
"""What a second person would have decided: to `confirm`, or of the `sample`, which changes nothing."""
