"""Who goes first: cases near silence, those that nobody read for long, those that were let ahead."""

import datetime as dt
from functools import partial

import pytest
import sqlalchemy as sa

from pipeline.store import turn
from pipeline.store.cases import lines
from pipeline.store.claims import claim
from pipeline.store.results import Result, finish, release, requeue
from pipeline.trays import kinds, standing
from pipeline.trays.standing import Days
from pipeline.trays.tables import let_ahead
from pipeline.trays.tidy import tidy
from validators.calendar import Calendars

ROUTED = Result(stage="routed", queue="review", procedure="convenio_especial", report={"queue": "review"})


def later(office, seconds):
    return office.now() + dt.timedelta(seconds=seconds)


@pytest.fixture
def waiting(taken, pdf):
    """Return an office with two cases that wait to be judged anew, the second of them near silence."""
    taken.drop("b.pdf", pdf + b"%")
    taken.take()
    for number, resolve_by in (("000001", dt.date(2026, 6, 30)), ("000002", dt.date(2026, 3, 20))):
        claimed = claim(taken.store, "a", 60, taken.now())
        assert claimed.case.number.endswith(number)
        judged = Result(stage="routed", queue="cure", resolve_by=resolve_by)
        finish(taken.store, claimed, judged, taken.now())
        release(taken.store, claimed, taken.now())
    for number in ("000001", "000002"):
        assert requeue(taken.store, f"CEU01-2026-{number}", taken.now())
    return taken


@pytest.mark.parametrize(("until", "first"), [("2026-03-19", "000001"), ("2026-03-20", "000002")])
def test_a_case_near_silence_is_lent_before_older_ones(waiting, until, first):
    """From the day on that is asked for; the others go on in the order in which they came."""
    until = dt.date.fromisoformat(until)
    order = [claim(waiting.store, "a", 60, waiting.now(), urgent_until=until).case.number for _ in range(2)]

    assert order[0] == f"CEU01-2026-{first}"
    assert len(set(order)) == 2


@pytest.mark.parametrize(("days", "urgent"), [(41, False), (42, True)])
def test_a_case_that_was_never_read_is_urgent_when_its_shortest_time_may_be_over(taken, days, urgent):
    """No clock was ever set for it: thirty working days are never fewer than forty-two days."""
    until = taken.now().date() + dt.timedelta(days=days)

    lent = claim(taken.store, "a", 60, taken.now(), only_urgent=True, urgent_until=until)

    assert (lent is not None) == urgent


def test_who_asks_for_the_urgent_gets_no_other(waiting):
    """A worker kept for them takes the one near silence, and then has nothing to do."""
    ask = partial(claim, waiting.store, "a", 60, waiting.now(), only_urgent=True)

    assert ask().case.number == "CEU01-2026-000002"
    assert ask() is None


def test_a_case_that_was_let_ahead_is_urgent(taken, pdf):
    """Whoever ordered it did so because it cannot wait its turn."""
    taken.drop("b.pdf", pdf + b"%")
    taken.take()
    days = Days(taken.now().date(), taken.settings.policy, Calendars.shipped())
    case = lines(taken.store)[1].id
    with taken.store.write() as connection:
        told = {"id": "x", "case_id": case, "why": "", "by": "ana", "at": taken.now()}
        connection.execute(sa.insert(let_ahead).values(**told))
    tidy(taken.store, days)

    assert claim(taken.store, "a", 60, taken.now(), only_urgent=True).case.id == case
    assert claim(taken.store, "a", 60, taken.now()).case.number == "CEU01-2026-000001"


def test_the_urgent_are_told_by_the_words_of_the_trays():
    """Claims name them without loading the law."""
    assert (kinds.READING, kinds.WAITING) == turn.UNREAD_TRAYS
    assert standing.AHEAD == turn.LET_AHEAD
