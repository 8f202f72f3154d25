"""Commands on cases in a folder where no record was ever begun, as in the wrong one."""

import errno

import pytest
from click.testing import CliRunner

from desk.cli import main
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


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, 5), (errno.EROFS, 5), (errno.EINVAL, 1)])
def test_a_full_or_locked_disk_is_no_error_of_the_program(monkeypatch, capsys, number, code):
    """Whoever looks after the machine is told, by a code that says so; nothing of the error's text."""

    def fails(**_):
        raise OSError(number, "x", "/oficinas/Ana Prueba.pdf")

    monkeypatch.setattr(main, "gather", lambda: fails)
    with pytest.raises(SystemExit) as ended:
        main.main()

    assert ended.value.code == code
    assert "Prueba" not in capsys.readouterr().err
