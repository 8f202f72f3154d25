"""Who works on what, and what is written when the work is done."""

import datetime as dt

import pytest
import sqlalchemy as sa

from pipeline.store.cases import lines
from pipeline.store.claims import claim, renew
from pipeline.store.events import history
from pipeline.store.lost import NOBODY, give_back
from pipeline.store.outbox import Effect, once, owe
from pipeline.store.results import Result, fail, finish, release, requeue
from pipeline.store.schema import outbox

ROUTED = Result(stage="routed", queue="review", procedure="convenio_especial", report={"queue": "review"})


def later(office, seconds):
    return office.now() + dt.timedelta(seconds=seconds)


def test_a_case_is_lent_to_one_worker_only(taken):
    """A second worker finds nothing."""
    assert claim(taken.store, "a", 60, taken.now()).case.number == "CEU01-2026-000001"
    assert claim(taken.store, "b", 60, taken.now()) is None


@pytest.mark.parametrize(("seconds", "lent"), [(60, False), (61, True)])
def test_a_dead_workers_case_comes_back(taken, seconds, lent):
    """To the second when the loan runs out."""
    claim(taken.store, "a", 60, taken.now())

    assert (claim(taken.store, "b", 60, later(taken, seconds)) is not None) == lent


def test_a_renewed_loan_lasts(taken):
    """A long reading keeps its case."""
    claimed = claim(taken.store, "a", 60, taken.now())

    assert renew(taken.store, claimed, 60, later(taken, 50))
    assert claim(taken.store, "b", 60, later(taken, 100)) is None


def test_who_lost_the_case_writes_nothing(taken):
    """The result of a worker given up for dead comes too late."""
    first = claim(taken.store, "a", 60, taken.now())
    claim(taken.store, "b", 60, later(taken, 100))

    assert not finish(taken.store, first, ROUTED, later(taken, 101))
    assert not renew(taken.store, first, 60, later(taken, 101))


def test_an_observer_takes_nothing_by_its_own_clock(taken):
    """Its clock may be minutes ahead: whoever began since its last look is no dead worker."""
    claim(taken.store, "a", 60, taken.now())
    hasty = later(taken, 600)

    assert claim(taken.store, "b", 60, hasty, living=()) is None
    assert give_back(taken.store, hasty, losses=3, owners=NOBODY) == ()


def test_a_finished_case_is_not_lent_again(taken):
    """Its row says where it stands."""
    claimed = claim(taken.store, "a", 60, taken.now())
    assert finish(taken.store, claimed, ROUTED, taken.now())
    release(taken.store, claimed, taken.now())

    assert claim(taken.store, "a", 60, taken.now()) is None
    assert [(line.stage, line.queue) for line in lines(taken.store)] == [("routed", "review")]


def test_a_case_with_effects_owed_is_lent_until_they_are_done(taken):
    """A worker that died between result and publication leaves no case without its receipt."""
    claimed = claim(taken.store, "a", 60, taken.now())
    effect = Effect(claimed.case.id, "publish", "told", claimed.came[0])
    finish(taken.store, claimed, Result(stage="routed", queue="review", effects=(effect,)), taken.now())

    again = claim(taken.store, "b", 60, later(taken, 61))
    assert again.case.id == claimed.case.id
    assert once(taken.store, effect, lambda: None, taken.now())
    release(taken.store, again, taken.now())
    assert claim(taken.store, "c", 60, later(taken, 200)) is None


def test_an_effect_is_done_once(taken):
    """However often it is asked for, and never unless it is owed; a failure leaves it owed."""
    case = lines(taken.store)[0].id
    effect, done = Effect(case, "publish", "told", "x"), []

    assert not once(taken.store, effect, lambda: done.append(0), taken.now())
    with taken.store.write() as connection:
        owe(connection, (effect,), taken.now())
    with pytest.raises(ZeroDivisionError):
        once(taken.store, effect, lambda: 1 / 0, taken.now())
    assert once(taken.store, effect, lambda: done.append(1), taken.now())
    assert not once(taken.store, effect, lambda: done.append(2), taken.now())
    assert done == [1]


def test_effects_of_an_older_result_are_no_longer_owed(taken):
    """A case judged anew owes what the new judgement asks for."""
    claimed = claim(taken.store, "a", 60, taken.now())
    for rules in ("2025", "2026"):
        effect = Effect(claimed.case.id, "publish", "told", claimed.came[0], rules)
        finish(taken.store, claimed, Result(stage="routed", queue="cure", effects=(effect,)), taken.now())

    with taken.store.read() as connection:
        assert connection.execute(sa.select(outbox.c.rules)).scalars().all() == ["2026"]


def test_an_answer_that_comes_during_the_work_is_not_lost(taken, pdf):
    """The result without it is not written, and the case waits again."""
    claimed = claim(taken.store, "a", 60, taken.now())
    taken.drop("b.pdf", pdf + b"\n", "4_SUBSANAR/CEU01-2026-000001")
    taken.take()

    assert not finish(taken.store, claimed, ROUTED, taken.now())
    release(taken.store, claimed, taken.now())
    assert len(claim(taken.store, "a", 60, taken.now()).case.originals) == 2


def test_a_case_that_fails_waits_longer_each_time_and_then_for_a_person(taken):
    """It is never tried for ever, and never dropped."""
    for seconds in (0, 10, 30):
        claimed = claim(taken.store, "a", 60, later(taken, seconds))
        fail(taken.store, claimed, "MemoryError", later(taken, seconds), attempts=3, wait=10)

    assert [line.stage for line in lines(taken.store)] == ["hold"]
    assert claim(taken.store, "a", 60, later(taken, 9999)) is None
    assert [e.kind for e in history(taken.store, claimed.case.id)][-3:] == ["failed", "failed", "held"]

    assert requeue(taken.store, "CEU01-2026-000001", taken.now())
    assert claim(taken.store, "a", 60, later(taken, 9999)) is not None


def test_a_lost_share_holds_no_case(taken):
    """It is not the case's fault, however long it takes."""
    for seconds in range(0, 1000, 100):
        claimed = claim(taken.store, "a", 60, later(taken, seconds))
        fail(taken.store, claimed, "EnvironmentFault", later(taken, seconds), attempts=3, wait=10)

    assert [line.stage for line in lines(taken.store)] == ["accepted"]


def test_the_sweeper_gives_back_what_the_dead_held(taken):
    """And says so in the case's history."""
    claimed = claim(taken.store, "a", 60, taken.now())

    assert give_back(taken.store, later(taken, 61), losses=3) == (claimed.case.id,)
    assert history(taken.store, claimed.case.id)[-1].kind == "given-back"


def test_a_received_case_is_told_with_the_office_s_hour(taken):
    """The moment is kept in UTC and told with the offset of the wall clock."""
    at = claim(taken.store, "a", 60, taken.now()).case.received_at

    assert (at.hour, at.utcoffset()) == (9, dt.timedelta(hours=1))
