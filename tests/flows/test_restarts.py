"""A process that cannot live is started ever more rarely; one that lived is started again soon."""

from flows.restarts import Restarts


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


def pauses(restarts, clock, lives):
    """Return how long each of some deaths keeps the process from being started; it lives *lives* seconds."""
    found = []
    for life in lives:
        restarts.started()
        clock.seconds += life
        restarts.died()
        died = clock.seconds
        while not restarts.may():
            clock.seconds += 1
        found.append(clock.seconds - died)
    return found


def test_a_process_that_dies_young_again_and_again_is_started_ever_more_rarely():
    """Its port is taken, or the database is missing: logs and processor are not filled."""
    clock = Clock()

    assert pauses(Restarts(clock), clock, [1] * 7) == [2, 4, 8, 16, 32, 60, 60]


def test_a_process_that_lived_for_a_while_is_started_again_soon():
    """What it died of before says nothing of now."""
    clock = Clock()

    assert pauses(Restarts(clock), clock, [1, 1, 1, 61, 1]) == [2, 4, 8, 2, 4]


def test_a_process_may_be_started_at_first():
    """Nothing has died yet."""
    assert Restarts(Clock()).may()
