"""The lawyer's worked examples (docs/law.md 4.3) as papers: drawn, packed, read, judged, routed."""

import json
import subprocess
import sys
from functools import cache

import pytest

from fixtures.examples import EXAMPLES, build, expected

BY_DAY = (1, 12, 17, 18, 20, 23, 24, 25, 26, 28, 30, 35, 37, 38, 39, 42, 43, 50, 58, 60)
"""The others are the papers of 1 and 23 (one entry), 20 (two entries), 12 and 30 (two towns) and 28 (stays
abroad) on other days, which tests/law counts by day; 36 is among the papers of test_submissions."""
ROUNDS = {"by day": BY_DAY, "at night": sorted({*EXAMPLES} - {*BY_DAY})}


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
