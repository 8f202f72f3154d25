"""The lawyer's worked examples (docs/law.md 4.3) as papers: drawn, packed, read, judged, routed."""

import json
import subprocess
import sys
from functools import cache

import pytest

from fixtures.examples import EXAMPLES, build, expected

AT_NIGHT = frozenset(
    {2, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 19, 22, 29, 31, 34, 44, 45, 46, 47, 51, 57, 59}
)
"""The papers of 1, 3, 4, 23, 33 (one entry), 12 and 30 (two towns) and 28 (stays abroad) on other days,
which tests/law counts by day."""
ROUNDS = {"by day": sorted({*EXAMPLES} - AT_NIGHT), "at night": sorted(AT_NIGHT)}


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """The queues of the examples of a round, by number: each round is one call of `process`, made once."""
    return cache(lambda when: _processed(ROUNDS[when], tmp_path_factory.mktemp("examples")))


def _processed(numbers, folder):
    """Return the queues of the examples of these numbers."""
    packages = {}
    for number in numbers:
        (folder / str(number)).mkdir()
        packages[number] = build(number, folder / str(number))
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "process", "--json", *map(str, packages.values())],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    return {
        number: case["queue"] for number, case in zip(packages, json.loads(done.stdout)["cases"], strict=True)
    }


@pytest.mark.parametrize(
    ("when", "number"),
    [
        *(("by day", number) for number in ROUNDS["by day"]),
        *(pytest.param("at night", number, marks=pytest.mark.nightly) for number in ROUNDS["at night"]),
    ],
)
def test_an_example_ends_where_the_lawyer_expects_it(told, when, number):
    """Not only the arithmetic: the same facts on paper lead to the same queue."""
    assert told(when)[number] == expected(number)
