"""A turn ends after its time or when nothing comes, but not while nobody would start the next."""

import pytest

from flows.turn import ENDLESS, LONGEST_SECONDS, Turn


@pytest.fixture
def now():
    """A clock that is set by hand."""
    return [1000.0]


def begun(turn, now):
    return turn.begun(lambda: now[0])


@pytest.mark.parametrize(("seconds", "over"), [(59.0, False), (60.0, True)])
def test_a_turn_ends_when_its_time_is_up(now, seconds, over):
    """Not a second before."""
    clock = begun(Turn(seconds=60.0), now)
    now[0] += seconds

    assert clock.over(engine_there=lambda: True) is over


@pytest.mark.parametrize(("idle", "over"), [(9.0, False), (10.0, True)])
def test_idleness_counts_from_the_first_look_that_found_nothing(now, idle, over):
    """A long case is no idleness, and one that was found begins it anew."""
    clock = begun(Turn(idle_seconds=10.0), now)
    clock.found(something=False)
    now[0] += 9
    clock.found(something=True)
    now[0] += 500
    clock.found(something=False)
    now[0] += idle
    clock.found(something=False)

    assert clock.over(engine_there=lambda: True) is over


@pytest.mark.parametrize(("spent", "over"), [(LONGEST_SECONDS - 1, False), (LONGEST_SECONDS, True)])
def test_a_turn_goes_on_while_the_engine_is_away(now, spent, over):
    """Nobody would start the next one; after the longest time it ends all the same."""
    clock = begun(Turn(seconds=60.0), now)
    now[0] += spent

    assert clock.over(engine_there=lambda: False) is over


def test_a_worker_of_one_machine_has_no_turn(now):
    """Neither time nor idleness ends it."""
    clock = begun(ENDLESS, now)
    clock.found(something=False)
    now[0] += 10 * LONGEST_SECONDS

    assert not clock.over(engine_there=lambda: True)
