"""An office whose cases are read at once, and papers of two people."""

import pytest

from tests.pipeline.after_filing.counters import Counter


@pytest.fixture
def counter(office, sandbox):
    """Return an office in which what is handed in is read at once."""
    return Counter(office, sandbox)


@pytest.fixture
def two(pdf):
    """Return two different papers."""
    return ("ana.pdf", pdf), ("luis.pdf", pdf + b"\n%luis\n")
