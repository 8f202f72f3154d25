"""The tables. Changes go through `migrations/`; `head` names the newest.

Moments are kept in UTC with microseconds, as text that sorts; the hour that people saw is kept as the
offset beside it. The journal's sequence, not the clock, gives the order.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import BigInteger

_NUMBERED = BigInteger().with_variant(Integer, "sqlite")
BLOCKED = "blocked"
"""The stage of a case that was blocked or erased (`pipeline.retention`): number and days are left."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment with its zone, kept as sortable UTC text."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Return the moment as it is kept."""
        del dialect
        return None if value is None else value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        """Return the moment, in UTC."""
        del dialect
        return None if value is None else dt.datetime.fromisoformat(str(value))


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _few(name: str, column: str, where: str) -> Index:
    """Return an index of the rows that are pending: few, whatever was ever handed in."""
    return Index(name, column, sqlite_where=text(where), postgresql_where=text(where))


numbers = Table(
    "numbers",
    metadata,
    Column("office", String(32), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("number", String(64), nullable=False, unique=True),
    Column("office", String(32), nullable=False, index=True),
    Column("source_name", String, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("linked_to", String(26), ForeignKey("cases.id")),
    Column("procedure", String(32)),
    Column("queue", String(16)),
    Column("filed_on", Date),
    Column("resolve_by", Date),
    Column("cure_by", Date),
    Column("report", JSON),
    Column("decided_at", Moment),
    Column("waits_for", String(40)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Moment),
    Column("lease_owner", String(128)),
    Column("lease_until", Moment),
    Column("updated_at", Moment, nullable=False),
    Column("silence_after", Date),
    Column("person", String(64)),
    Column("revision", Integer, nullable=False, default=0, server_default="0"),
    Index("ix_cases_office_sha256", "office", "source_sha256"),
    Index("ix_cases_stage_received", "stage", "received_at"),
    Index("ix_cases_office_updated", "office", "updated_at"),
    Index("ix_cases_office_stage", "office", "stage"),
    Index("ix_cases_person", "person"),
    _few("ix_cases_lent", "lease_owner", "lease_owner IS NOT NULL"),
    _few("ix_cases_silence", "silence_after", "silence_after IS NOT NULL"),
)
"""`stage`: accepted, waiting (by itself), hold (for a person), routed, returned, resolved; closed,
without a decision, where it became part of another or was taken back (`after_filing` says which); blocked:
what was known of it is away (`pipeline.retention`), and nobody finds or lists it.

`waits_for`, of one that waits or is held, is a word of `pipeline.waiting.WAITS`; null: it failed too often.
`silence_after` is the day after which somebody looks whether silence has answered; null: it no longer can.
`person` is the number of the applicant's identity document, to find what the same person had before.
`revision` counts the results and the acts of people: who changes a case says which one was looked at.
"""

submissions = Table(
    "submissions",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("id", String(26), nullable=False, unique=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False, index=True),
    Column("office", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String, nullable=False),
    Column("folder", Boolean, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("said", JSON, nullable=False),
    Column("found_in", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("placed_as", String(128), nullable=False),
    Column("placed_at", Moment),
    Column("cleared_at", Moment),
    _few("ix_submissions_unplaced", "office", "placed_at IS NULL"),
    _few("ix_submissions_uncleared", "office", "cleared_at IS NULL"),
    sqlite_autoincrement=True,
)
"""The journal: a row is the acceptance. `kind`: new, answer, duplicate. What became of it: its case's stage.

`found_in` is the folder it was dropped in, below the office's; `stamp` tells that very file or folder from
another of the same name; `placed_as` its name in 2_EN_CURSO.
"""

drops = Table(
    "drops",
    metadata,
    Column("office", String(32), primary_key=True),
    Column("found_in", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("why", String(16), nullable=False),
    Column("looks", String(64), nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("still_seconds", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)
"""What lies in a drop folder and is not accepted; the row goes in the transaction that accepts it.

`state`: waiting, deferred, hold. `why` is a key of the list that clerks see. `looks` tells whether it is as
it was, `still_seconds` for how long it was seen so, `tries` how often it could not be taken.
"""

originals = Table(
    "originals",
    metadata,
    Column("submission", String(26), ForeignKey("submissions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("bytes", BigInteger, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("case_id", String(26), ForeignKey("cases.id"), index=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_events_kind_at", "kind", "at"),
    sqlite_autoincrement=True,
)
"""Only ever added to; a trigger refuses the rest."""

life = Table(
    "life",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("happened_on", String(10), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("told_by", String(64), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("same", String(64), nullable=False),
    UniqueConstraint("case_id", "same"),
    sqlite_autoincrement=True,
)
"""What happened to a case in the law's eyes (`validators.life.events`); triggers refuse to change or remove.

`same` is the digest of what a row says: told twice it stands once. `told_by` is an account, or the program.
"""

outbox = Table(
    "outbox",
    metadata,
    Column("seq", _NUMBERED, primary_key=True, autoincrement=True),
    Column("case_id", String(26), ForeignKey("cases.id"), nullable=False, index=True),
    Column("step", String(40), nullable=False),
    Column("effect", String(80), nullable=False),
    Column("input", String(64), nullable=False),
    Column("rules", String(40), nullable=False),
    Column("owed_at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("case_id", "step", "effect", "input", "rules"),
    _few("ix_outbox_owed", "case_id", "done_at IS NULL"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("found_at", Moment, nullable=False),
)
"""The digests of originals and members that an antivirus found harmful; `name` is what it calls it."""

handling = Table(
    "handling",
    metadata,
    Column("case_id", String(26), ForeignKey("cases.id"), primary_key=True),
    Column("held_by", String(64)),
    Column("held_until", Moment),
    Column("held_since", Moment),
    Column("assigned_to", String(64)),
    Column("assigned_by", String(64)),
    Column("level", Integer, nullable=False, default=1, server_default="1"),
    Column("on_hold_until", Date),
    Column("on_hold_why", String(40)),
    Column("note", String),
    Column("noted_by", String(64)),
    Column("awaits", String(16)),
    Column("awaits_until", Date),
    Column("decision", String(26)),
    Column("kind", String(16)),
    Column("final_at", Moment),
    _few("ix_handling_held", "held_by", "held_by IS NOT NULL"),
    _few("ix_handling_assigned", "assigned_to", "assigned_to IS NOT NULL"),
    _few("ix_handling_on_hold", "on_hold_until", "on_hold_until IS NOT NULL"),
    _few("ix_handling_level", "level", "level > 1"),
    _few("ix_handling_final", "final_at", "final_at IS NOT NULL"),
    Index("ix_handling_awaits", "awaits", "awaits_until"),
)
"""How a case stands at the desk; a case without a row is nobody's and to be decided.

`held_by` has it in hand until `held_until`: nobody else may change it meanwhile. `level` 2 is a supervisor's.
`on_hold_until` is a day: put aside until then for `on_hold_why`, a word of `pipeline.decisions.reasons`.
`awaits` tells what comes next: null, somebody decides; `second`, another person confirms; `notice`, what was
decided (`decision`, `kind`) is to be notified; `answer`, the person has until `awaits_until` to cure or be
heard, and once that day has passed *desistimiento* is proposed; `register`, another body was asked; `done`.
`final_at` is the moment until which the decision can be undone, null once it is final.
"""
