"""A test that failed beside others is looked at alone, and told; nothing else is let through."""

import json

import pytest

from tests.alone import FEW, failed, look_again

ONCE = "def test_once():\n    from pathlib import Path\n    assert Path('seen').exists()\n"


@pytest.fixture
def trial(tmp_path, monkeypatch):
    """A project with one test that fails unless a file is there, for a pytest without plug-ins to start."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "test_it.py").write_text(ONCE)
    return tmp_path


def test_what_passes_alone_is_told_as_unstable(trial, capfd):
    """The run goes on, the defect is named."""
    (trial / "seen").touch()
    assert look_again(["test_it.py::test_once"], trial) == 0
    assert "UNSTABLE test_it.py::test_once" in capfd.readouterr().out


def test_what_fails_alone_too_fails(trial, capfd):
    """A second failure is a failure."""
    assert look_again(["test_it.py::test_once"], trial) == 1
    assert "UNSTABLE" not in capfd.readouterr().out


def test_many_failures_fail_whatever_the_first_do_alone(trial, capfd):
    """The first are run again for what they say; a run that failed without naming a test has none."""
    (trial / "seen").touch()
    assert look_again(["test_it.py::test_once"] * (FEW + 1), trial) == 1
    assert "UNSTABLE" not in capfd.readouterr().out
    assert look_again([], trial) == 1


def test_the_failed_ones_are_those_that_pytest_kept(tmp_path):
    """None where it kept none."""
    assert failed(tmp_path) == []
    kept = tmp_path / "v" / "cache" / "lastfailed"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"b": True, "a": True}))
    assert failed(tmp_path) == ["a", "b"]
