"""What clerks and administrators are told about the sandbox."""

import pytest

from pipeline import isolation
from pipeline.isolation import isolation as told


@pytest.fixture
def trial(monkeypatch):
    """Return a function that lets bubblewrap do as is said."""
    return lambda came: monkeypatch.setattr(isolation.level, "tried", lambda: came)


def test_where_bubblewrap_works_there_is_nothing_to_mend(trial):
    """The stronger level is named."""
    trial("works")
    assert told("auto") == (True, "dentro de bubblewrap, sin red y sin ver los archivos de la máquina", "")


def test_where_it_is_missing_the_command_is_named(trial):
    """The remedy can be copied."""
    trial("absent")
    assert told("auto").remedy == "apt-get install -y bubblewrap"


def test_limits_that_were_asked_for_are_told_as_such(trial):
    """Nobody looks for a fault in a machine that does as its settings say."""
    trial("works")
    assert (told("limits").strong, "sandbox.level" in told("limits").seen) == (False, True)


@pytest.mark.parametrize(
    ("place", "value", "word"),
    [
        ("_APPARMOR", "1", "apparmor_restrict"),
        ("_DEBIAN", "0", "unprivileged_userns_clone"),
        ("_DEBIAN", "1", "0.8"),
    ],
)
def test_who_forbids_it_is_named_where_the_system_says_so(trial, tmp_path, monkeypatch, place, value, word):
    """Each way in which a system forbids it has its own remedy; without a sign, the general one."""
    trial("refused")
    for name in ("_APPARMOR", "_DEBIAN"):
        monkeypatch.setattr(isolation, name, tmp_path / name)
    (tmp_path / place).write_text(f"{value}\n")
    assert word in told("auto").remedy
