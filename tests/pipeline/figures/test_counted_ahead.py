"""Days left, the forecast, what is stuck, sums put right: each case of a small record told in the test."""

import datetime as dt

import sqlalchemy as sa

from pipeline.figures import told
from pipeline.figures.anew import count_anew, mend
from pipeline.figures.asked import Asked, Span
from pipeline.figures.stuck import late
from pipeline.figures.tables import case_counts, day_counts
from pipeline.measures.counted import figures
from pipeline.store.schema import handling
from tests.pipeline.figures.conftest import NOW, TODAY, moment, paper
from tests.pipeline.figures.telling import BOTH, WEEK_AGO
from validators.calendar import Calendars


@BOTH
def test_the_days_left_are_working_days_of_the_calendar(record):
    """Of Monday 23 March: late, today, five working days, six, ten, eleven, and no day at all."""
    for day in ("2026-03-20", "2026-03-23", "2026-03-30", "2026-03-31", "2026-04-10", "2026-04-13", None):
        record.came(WEEK_AGO, resolve_by=day)

    found = record.board()

    # 2 and 3 April 2026 are Maundy Thursday and Good Friday: the latter is a holiday of the whole State
    assert found.due == {
        "late": 1,
        "today": 1,
        "1-5": 1,
        "6-10": 1,
        "11-20": 2,
        "21+": 0,
        "uncounted": 1,
    }


@BOTH
def test_the_forecast_of_the_board_goes_by_what_was_resolved(record):
    """One was resolved on each of four Mondays: of three due today one more is answered."""
    for weeks in range(1, 5):
        record.decided(record.came("2026-02-20"), on=TODAY - dt.timedelta(weeks=weeks))
    for _ in range(3):
        record.came(WEEK_AGO, resolve_by=TODAY)
    record.decided(record.came(WEEK_AGO, queue="cure", resolve_by=TODAY), "require", awaits="answer")

    found = record.board().forecast

    assert (found.breaches, found.first, found.enough) == (2, TODAY, 3)


@BOTH
def test_whoever_watches_machines_is_told_the_same_forecast_as_managers(record):
    """Four weeks ago to the day counts, silence does not, for the board and for the measures."""
    for weeks in range(1, 5):
        record.decided(record.came("2026-02-20"), on=TODAY - dt.timedelta(weeks=weeks))
    for _ in range(3):
        record.came(WEEK_AGO, resolve_by=TODAY)
    record.came(WEEK_AGO, office="MEL01", resolve_by=TODAY)

    offices = record.board().offices
    with record.store.read() as connection:
        told_ = list(figures(connection, Calendars.shipped(), NOW))

    expected = {one.labels: one.value for one in told_ if one.name == "breaches_expected"}
    assert expected == {(one.code,): one.forecast.breaches for one in offices}
    assert expected == {("CEU01",): 2, ("MEL01",): 1}
    laid = {one.labels: one.value for one in told_ if one.name == "cases_open"}
    assert laid == {("CEU01", "approve"): 3, ("MEL01", "approve"): 1}


@BOTH
def test_what_is_stuck_is_told_with_why_and_since_when(record):
    """Two wait for the antivirus, one is held; one is in a hand since this morning; one is late."""
    record.came("2026-03-20", stage="waiting", waits_for="antivirus-down")
    record.came("2026-03-19", stage="waiting", waits_for="antivirus-down")
    held = record.came("2026-03-21", stage="hold")
    busy = record.came("2026-03-18", resolve_by="2026-03-20")
    record.came(stage="accepted", attempts=2)
    with record.store.write() as connection:
        until = NOW + dt.timedelta(hours=1)
        row = {"case_id": busy, "level": 1, "held_by": "ana", "held_since": NOW, "held_until": until}
        connection.execute(sa.insert(handling).values(**row))

    found = record.board(today=TODAY).stuck
    with record.store.read() as connection:
        passed = late(connection, Asked.lately(TODAY))

    assert [(one.stage, one.why, one.cases, one.since) for one in found.halted] == [
        ("waiting", "antivirus-down", 2, moment("2026-03-19")),
        ("hold", None, 1, moment("2026-03-21")),
    ]
    assert found.failed == 1
    assert [one.number[-6:] for one in found.aside] == ["000002", "000001", held[-6:]]
    assert [(one.number[-6:], one.since) for one in found.in_hand] == [(busy[-6:], NOW)]
    assert [(one.number[-6:], one.since) for one in passed] == [(busy[-6:], dt.date(2026, 3, 20))]


def test_an_account_of_no_office_sees_no_figure(record):
    """Not even that there are offices."""
    record.came(stage="hold")

    found = record.board(offices=frozenset())

    assert (found.open, found.offices, found.stuck.halted, found.received.now) == (0, (), (), 0)


def test_a_span_and_the_one_before_have_as_many_days():
    """They touch, and share none."""
    asked = Asked.lately(TODAY, 28)

    assert asked.span == Span(dt.date(2026, 2, 24), TODAY)
    assert asked.span.before == Span(dt.date(2026, 1, 27), dt.date(2026, 2, 23))
    assert asked.span.before.days == asked.span.days == 28


@BOTH
def test_a_sum_that_went_wrong_is_put_right_and_the_others_stay(record):
    """Whoever changed it: a row too many, one too few, one with another number."""
    for _ in range(2):
        record.decided(record.came(WEEK_AGO, papers=[paper(municipality=0.5)]))
    record.tidy()
    right = _sums(record)
    wrong = {"what": "received", "day": TODAY, "office": "XXX01", "procedure": "", "name": "", "number": 9}
    with record.store.write() as connection:
        connection.execute(sa.insert(day_counts).values(**wrong))
        connection.execute(sa.delete(day_counts).where(day_counts.c.what == told.RESOLVED))
        more = sa.update(day_counts).where(day_counts.c.what == told.READ)
        connection.execute(more.values(number=day_counts.c.number + 1))

    assert (mend(record.store), mend(record.store)) == (3, 0)
    assert _sums(record) == right


@BOTH
def test_what_was_counted_otherwise_is_counted_anew(record):
    """Each case that has its papers is marked once, and placed as any other."""
    record.came(papers=[paper(municipality=0.5)])
    record.tidy()
    right = _sums(record)
    with record.store.write() as connection:
        for table in (case_counts, day_counts):
            connection.execute(sa.delete(table))

    assert (count_anew(record.store), count_anew(record.store)) == (1, 0)
    record.tidy()
    assert _sums(record) == right


def _sums(record):
    """Return all sums."""
    with record.store.read() as connection:
        return sorted(tuple(row) for row in connection.execute(sa.select(day_counts)))
