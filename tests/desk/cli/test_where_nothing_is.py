"""Commands on cases in a folder where no record was ever begun, as in the wrong one."""

import pytest
from click.testing import CliRunner

from desk.cli.main import gather
from pipeline.errors import EnvironmentFault

NUMBER = "CEU01-2026-000001"


@pytest.mark.parametrize(
    "asked",
    [
        ("queue", "list"),
        ("case", "list"),
        ("case", "life", NUMBER),
        ("case", "letter", NUMBER),
    ],
)
def test_who_asks_for_cases_begins_no_record(tmp_path, monkeypatch, asked):
    """An empty list from the wrong folder would say that there are no cases."""
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(gather(), asked)

    assert isinstance(made.exception, EnvironmentFault)
    assert list(tmp_path.iterdir()) == []
