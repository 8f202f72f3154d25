"""The tables of trays and search: all but `let_ahead` is an index of the record and can be made anew."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text
from sqlalchemy.types import BigInteger

from pipeline.store.schema import Moment, metadata

standings = Table(
    "standings",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("entry", BigInteger, nullable=False),
    Column("number", String(64), nullable=False),
    Column("office", String(32), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("queue", String(16)),
    Column("procedure", String(32)),
    Column("tray", String(48), nullable=False),
    Column("reasons", String(200), nullable=False),
    Column("rules", String(200), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("filed_on", Date),
    Column("resolve_by", Date),
    Column("cure_by", Date),
    Column("provisional", Boolean, nullable=False),
    Column("calendars", String(120), nullable=False),
    Column("saturdays", Boolean, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("order_on", Date, nullable=False),
    Column("alarm", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("decided_by", String(64)),
    Column("silence", String(24)),
    Column("look_on", Date),
    Index("ix_standings_tray", "tray", "turn", "order_on", "entry", "office"),
    Index("ix_standings_count", "tray", "office", "procedure", "queue", "order_on", "received_on"),
    Index("ix_standings_entry", "entry"),
    Index("ix_standings_office", "office", "entry"),
    Index("ix_standings_received", "received_on", "entry"),
    *(
        Index(f"ix_standings_{name}", name, sqlite_where=text(sqlite), postgresql_where=text(postgresql))
        # what SQLite is asked is `alarm = 1`, and it takes no other words for the same
        for name, sqlite, postgresql in (
            ("look_on", "look_on IS NOT NULL", "look_on IS NOT NULL"),
            ("alarm", "alarm = 1", "alarm"),
            ("sample", "sample = 1", "sample"),
        )
    ),
)
"""How each case stands for the lists, in a row of its own: that of `cases` carries the whole report.

`entry` is the place in the journal of what was handed in first. `tray` is a name of `pipeline.trays.kinds`,
`reasons` its reasons by weight, `rules` those that speak, the first one first; words with blanks between.
`calendars` are those that count the days left: `ceuta|ceuta+madrid`. `turn` is 0 for one that was let go
ahead, else 1; `order_on` its legal day that comes next, or that of its entry where none can be counted.
`look_on` is the day from which it must be placed anew though nothing happens to it.
"""

moves = Table(
    "moves",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("case_id", String(26), nullable=False),
    sqlite_autoincrement=True,
)
"""The cases to be placed anew: triggers leave a mark for each change, whoever makes it."""

words = Table(
    "case_words",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("word", String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True),
    Column("entry", BigInteger, nullable=False),
    Index("ix_case_words_word", "word", "entry", "case_id"),
)
"""The words by which a case is found: folded names and numbers of the applicant, nothing else."""

let_ahead = Table(
    "let_ahead",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("why", String, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_by", String(64)),
    Column("ended_at", Moment),
    Index("ix_let_ahead_case", "case_id"),
)
"""The reasoned written orders by which a case goes ahead of its turn (Ley 39/2015, art. 71.2)."""
