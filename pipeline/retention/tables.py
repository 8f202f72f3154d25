"""The tables of retention: what is left of a case that was blocked, and the legal holds."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, String, Table, text

from pipeline.store.schema import Moment, metadata

_NOT_CLEANED, _NOT_PURGED = text("cleaned_at IS NULL"), text("purged_at IS NULL")
_ERASING, _HELD = text("erasing_at IS NOT NULL AND erased_at IS NULL"), text("ended_at IS NULL")

retained = Table(
    "retained",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id"), primary_key=True),
    Column("number", String(64), nullable=False),
    Column("office", String(32), nullable=False),
    Column("procedure", String(32), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("closed_on", Date, nullable=False),
    Column("papers", JSON, nullable=False),
    Column("packet", String(64), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("blocked_at", Moment, nullable=False),
    Column("blocked_by", String(64), nullable=False),
    Column("cleaned_at", Moment),
    Column("purged_at", Moment),
    Column("erasing_at", Moment),
    Column("erased_at", Moment),
    Column("erased_by", String(64)),
    Index("ix_retained_closed", "closed_on"),
    Index("ix_retained_uncleaned", "case_id", sqlite_where=_NOT_CLEANED, postgresql_where=_NOT_CLEANED),
    Index("ix_retained_unpurged", "case_id", sqlite_where=_NOT_PURGED, postgresql_where=_NOT_PURGED),
    Index("ix_retained_erasing", "case_id", sqlite_where=_ERASING, postgresql_where=_ERASING),
)
"""One row for each case that was blocked: no person's data. `papers` are the digests of its papers, `packet`
that of the file in which everything about it is, under a key that is not in the record.

`cleaned_at`: its papers that no live case has are out of the store; `purged_at`: the database was rewritten
since; `erasing_at`: its key is being destroyed, and was by `erased_at`. A trigger refuses to remove a row.
"""

retiring = Table("retiring", metadata, Column("case_id", String(26), primary_key=True))
"""The case whose rows may go, inside the one transaction that blocks it: triggers ask here. Empty between."""

holds = Table(
    "legal_holds",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("why", String(24), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_by", String(64)),
    Column("ended_at", Moment),
    Column("ended_for", String(80)),
    Index("ix_legal_holds_open", "case_id", sqlite_where=_HELD, postgresql_where=_HELD),
)
"""What keeps a case as it is: `why` is a word of `pipeline.retention.holds.WHYS`, `reference` the number of
the proceedings, `ended_for` why it ended. No names."""
