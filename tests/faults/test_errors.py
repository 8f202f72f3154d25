"""F5: each system call of intake fails in its turn: a drop is refused or tried again, never half taken."""

import pytest

from tests.faults.rig.strikes import cuts, errors, spoilt_forces
from tests.faults.rig.trial import SCENES

pytestmark = pytest.mark.timeout(3600)  # many trials; how long they take says nothing

NOW = [
    ("package", "EIO", False, False),
    ("package", "EMFILE", True, False),
]
"""Scene, error, whether the journal's own calls are struck too, and whether every call of a row of like ones
or its edges; by day each of these meets its error. Disks that are really full: test_full_disks."""
AT_NIGHT = [
    pytest.param(*one, True, True, marks=pytest.mark.nightly)
    for one in (
        ("package", "EIO"),
        ("package", "ENOSPC"),
        ("folder", "ENOSPC"),
        ("folder", "EIO"),
        ("package", "EDQUOT"),
        ("folder", "EDQUOT"),
        ("folder", "EMFILE"),
    )
]


@pytest.mark.parametrize(("scene", "error", "journal", "every"), NOW + AT_NIGHT, indirect=["scene"])
def test_an_error_at_any_call_loses_and_doubles_nothing(scene, error, journal, every, tmp_path, report):
    """What is accepted is whole and forced; the rest lies where it was dropped, and is taken later."""
    verdict = errors(scene, tmp_path, error, journal=journal, every=every)

    report("F5", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 10
    assert verdict.findings == []


@pytest.mark.parametrize(
    "scene", ["package", pytest.param("folder", marks=pytest.mark.nightly)], indirect=True
)
def test_nothing_rests_on_a_force_that_failed(scene, tmp_path, report):
    """Linux may have dropped the pages: the current fails right after such a run, and all is there."""
    verdict = spoilt_forces(scene, tmp_path)

    report("F5", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 10
    assert verdict.findings == []


@pytest.mark.nightly
@pytest.mark.parametrize("heard", [False, True], ids=["unheard", "heard"])
@pytest.mark.parametrize("served_scene", SCENES, indirect=True)
def test_a_line_that_breaks_at_any_word_loses_and_doubles_nothing(served_scene, heard, tmp_path, report):
    """Whether PostgreSQL heard the last word or not, the drop is accepted once."""
    verdict = cuts(served_scene, tmp_path, heard=heard)

    report("F5", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 20
    assert verdict.findings == []
