"""Waiting for what another thread or process does, for as long as a busy machine may need."""

import time

PATIENCE = 120.0


def until(true, what="", seconds=PATIENCE):
    """Wait until *true* says so, and return what it said; fail with *what* if it never does."""
    end = time.monotonic() + seconds
    while not (said := true()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return said
