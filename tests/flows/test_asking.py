"""How many drains are asked for, and when none is: by what waits and how the last ones ended."""

import datetime as dt
from uuid import uuid4

import pytest


def ended(kind, ago, message=None):
    """A run that ended so many seconds ago."""
    from prefect.client.schemas import FlowRun, State

    at = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC) - dt.timedelta(seconds=ago)
    state = State(type=kind, message=message)
    return FlowRun(flow_id=uuid4(), state=state, state_type=kind, end_time=at)


@pytest.mark.parametrize(
    ("newest", "pause"),
    [
        ([], None),
        ([("COMPLETED", None)], None),
        ([("CRASHED", None)], 5),
        ([("CRASHED", None), ("FAILED", None), ("COMPLETED", None), ("CRASHED", None)], 10),
        ([("CRASHED", "the worker was lost")], None),
        ([("FAILED", None)] * 10, 300),
    ],
)
def test_after_drains_that_failed_nothing_is_asked_for_a_while(newest, pause):
    """Twice as long for each of the last that failed; a machine that died says nothing against the next."""
    from flows.asking import _not_before

    noon = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    runs = [ended(kind, 0, message) for kind, message in newest]
    until_then = _not_before(runs)

    assert until_then == (
        noon + dt.timedelta(seconds=pause) if pause else dt.datetime.min.replace(tzinfo=dt.UTC)
    )


@pytest.mark.parametrize(("waiting", "drains"), [(0, 0), (1, 1), (10, 1), (11, 2), (31, 3), (900, 3)])
def test_drains_are_as_many_as_the_waiting_need(waiting, drains):
    """One for each ten that wait, up to the limit; none where none waits."""
    from flows.asking import wanted
    from pipeline.pool_chosen import Pool

    assert wanted(waiting, Pool(drains=3, cases=10)) == drains
