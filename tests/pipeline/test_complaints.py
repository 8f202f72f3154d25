"""What goes wrong for a whole night fills no disk, and nobody waits for the morning to hear of it."""

import pytest

from pipeline.complaints import MOST, SECONDS, Complaints


@pytest.fixture
def clock():
    """Return a clock that the test moves: its only item is what it shows."""
    return [0.0]


@pytest.fixture
def complaints(clock):
    return Complaints(clock=lambda: clock[0])


def test_the_same_is_said_at_once_and_then_once_a_minute(complaints, clock, caplog):
    """However often it goes wrong meanwhile."""
    for clock[0] in (0.0, 1.0, SECONDS - 1, SECONDS, SECONDS + 1):
        complaints.warn("office CEU01: folders not made: OSError")

    assert caplog.messages == ["office CEU01: folders not made: OSError"] * 2


def test_what_somebody_must_mend_is_said_among_however_many_warnings(complaints, caplog):
    """A share that is away makes one for each of ten thousand drops."""
    for number in range(10 * MOST):
        complaints.warn(f"submission {number}: not moved: OSError")
    complaints.error("disk full")

    assert len(caplog.messages) == MOST + 1
    assert caplog.messages[-1] == "disk full"
