"""What is there once is counted once: papers with two faults, cases that end otherwise, cases unread."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from pipeline.figures.asked import Asked
from pipeline.figures.board import board
from pipeline.figures.compare import Pair
from pipeline.figures.stuck import late
from pipeline.store.schema import life
from tests.pipeline.figures.conftest import NOW, TODAY, moment, paper
from validators.calendar import Calendars

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
YESTERDAY = TODAY - dt.timedelta(days=3)
"""The working day before."""


def lived(record, case, kind, on):
    """Have something told of a case, and the case end by it."""
    row = {"case_id": case, "kind": kind, "happened_on": on.isoformat(), "detail": {}, "told_by": "ana"}
    with record.store.write() as connection:
        connection.execute(sa.insert(life).values(**row, recorded_at=NOW, same=kind))


@BOTH
def test_a_paper_with_two_faults_is_one_badly_scanned_paper(record):
    """It stands at each of its faults, and once among the papers of its office."""
    bad, good = paper("d1", flags=("blurred", "cut-off")), paper("d2", flags=("stamped",))
    record.came(papers=[bad, good])

    found = record.board()

    assert found.quality.bad_scans == {"blurred": Pair(1, 0), "cut-off": Pair(1, 0)}
    assert [one.bad_papers for one in found.offices] == [Pair(1, 0)]


@BOTH
def test_a_case_closed_without_an_answer_has_gone_out(record):
    """It is neither resolved nor open; without it, more would seem to have stayed than did."""
    record.came("2026-03-18", stage="closed", decided_at=moment("2026-03-20"))
    record.came("2026-03-18")

    found = record.board()

    assert (found.received.now, found.resolved.now, found.closed.now, found.open) == (2, 0, 1, 1)


@BOTH
def test_what_silence_answers_says_nothing_of_how_fast_people_decide(record):
    """Both are resolved; only the one that people answered counts for the pace."""
    silent, told = (record.came("2026-01-05", stage="resolved") for _ in range(2))
    lived(record, silent, "granted_by_silence", YESTERDAY)
    lived(record, told, "resolution_notified", YESTERDAY)

    found = record.board()

    assert found.resolved.now == 2
    assert found.quality.how == {"outside": Pair(1, 0), "silence": Pair(1, 0)}
    assert sum(found.forecast.pace) * 4 == 1
    assert sum(found.offices[0].forecast.pace) * 4 == 1


@BOTH
def test_a_case_that_nobody_begins_to_read_for_an_hour_is_stuck(record):
    """One of this minute is not: it is only its turn."""
    early = moment(TODAY, 7)
    record.came(stage="accepted", received_at=early)
    record.came(stage="accepted", received_at=moment(TODAY, 9) - dt.timedelta(minutes=59))

    found = record.board().stuck

    assert (found.unread.cases, found.unread.since) == (1, early)
    assert found.every == (found.unread,)


def test_a_holiday_ahead_is_not_today(record):
    """A last day with no working day before it stands with those of the week: nobody reads it as today's."""
    sunday = TODAY + dt.timedelta(days=6)
    record.came("2026-03-02", resolve_by=sunday)

    found = record.board(today=sunday - dt.timedelta(days=1))

    assert (found.due["today"], found.due["1-5"]) == (0, 1)


def test_cases_are_named_only_to_who_may_see_their_queue(record):
    """Figures count all; a case that has no queue yet is named to nobody of some queues."""
    seen = record.came("2026-01-05", queue="review", resolve_by="2026-02-05")
    record.came("2026-01-05", queue="approve", resolve_by="2026-02-05")
    record.came(stage="hold", queue=None, waits_for="executable-inside")
    asked = replace(Asked.lately(TODAY), queues=frozenset({"review"}))

    found = board(record.tidy().store, asked, Calendars.shipped(), NOW)
    with record.store.read() as connection:
        named = late(connection, asked)

    assert (found.open, found.stuck.halted[0].cases, found.stuck.aside) == (3, 1, ())
    assert [one.number[-4:] for one in named] == [seen[-4:]]
