"""The table of the mails that are owed and were sent."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from pipeline.store.schema import Moment, metadata

digests = Table(
    "digests",
    metadata,
    Column("day", Date, primary_key=True),
    Column("receiver", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("not_before", Moment),
    Column("answered", String(40)),
    Column("sent_at", Moment),
)
"""One row for each day and receiver, whose address is kept as a digest only.

Whoever is about to send sets `not_before` ahead, so that no other does meanwhile; `sent_at` is set once the
mail server has taken the mail. `answered` tells how the last try went, null where it went well.
"""
