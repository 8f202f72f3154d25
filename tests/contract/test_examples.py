"""The lawyer's worked examples (docs/law.md 4.3) as papers: drawn, packed, read, judged, routed."""

import json
import subprocess
import sys

import pytest

from fixtures.examples import EXAMPLES, build, expected


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """The queue of every example, by its number, through one call of `process`."""
    folder = tmp_path_factory.mktemp("examples")
    packages = {}
    for number in EXAMPLES:
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


@pytest.mark.parametrize("number", EXAMPLES)
def test_an_example_ends_where_the_lawyer_expects_it(told, number):
    """Not only the arithmetic: the same facts on paper lead to the same queue."""
    assert told[number] == expected(number)
