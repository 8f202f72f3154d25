"""What `doctor` makes of the sandbox."""

import pytest

from desk.cli.doctor import examine
from extractors.reading.apart import level
from pipeline.settings import Isolated, Settings


def checked(wanted):
    """Return the line about the sandbox."""
    settings = Settings(sandbox=Isolated(level=wanted))
    return next(check for check in examine(settings) if check.what == "aislamiento de la lectura")


def test_the_stronger_level_is_well():
    """Tried on this machine, as every check is."""
    assert checked("auto").well


@pytest.mark.parametrize(("wanted", "needed"), [("auto", False), ("bwrap", True)])
def test_without_bubblewrap_there_is_advice_and_a_fault_only_where_it_is_demanded(
    monkeypatch, wanted, needed
):
    """Reading goes on with limits; whoever demanded more is told that nothing is read."""
    monkeypatch.setattr(level, "tried", lambda: "absent")
    check = checked(wanted)
    assert (check.well, check.needed, check.remedy) == (False, needed, "apt-get install -y bubblewrap")
