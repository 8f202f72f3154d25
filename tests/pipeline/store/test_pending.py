"""What is looked for every second is found without reading all that was ever handed in."""

import datetime as dt
from functools import partial

import pytest
import sqlalchemy as sa

from pipeline.journal.rows import leftover, unplaced, unpublished_duplicates
from pipeline.life.sweep import Silences
from pipeline.settings import Settings
from pipeline.store.cases import lines
from pipeline.store.claims import claim, claim_unread
from pipeline.store.lost import Lookout, give_back
from validators.calendar import Calendars

AT = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
ASKED = {
    "originals to move": unplaced,
    "second receipts": unpublished_duplicates,
    "originals to remove": leftover,
    "the next case": partial(claim, worker="w", lease_seconds=60, at=AT),
    "the next urgent case": partial(claim, worker="w", lease_seconds=60, at=AT, only_urgent=True),
    "receipts owed": partial(claim_unread, worker="w", lease_seconds=60, at=AT, before=AT, but=()),
    "who holds cases": Lookout(lease_seconds=60).look,
    "loans that ran out": partial(give_back, at=AT, losses=3),
    "today's list": partial(lines, office="CEU01", since=AT),
    "silence that is due": lambda store: Silences(store, Settings(), Calendars.shipped())(AT),
    "what is held": partial(lines, office="CEU01", stage="hold"),
}
GROWS = {"cases", "submissions", "events", "outbox", "originals", "life", "s", "c", "b", "o", "standings"}
"""The tables that keep all that ever came, and what statements call them."""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_nothing_asked_every_second_reads_a_whole_table(office, ask):
    """SQLite tells how it would look: never through all rows of a table that only grows."""
    asked = []

    @sa.event.listens_for(office.store.engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, *rest):
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    ask(office.store)
    sa.event.remove(office.store.engine, "before_cursor_execute", note)
    with office.store.read() as connection:
        plan = [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    assert plan
    through = [step.split() for step in plan if step.startswith("SCAN") and " USING " not in step]
    assert [step for step in through if step[1] in GROWS] == []
