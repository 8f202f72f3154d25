"""F1: intake killed at every system call that changes the disk, then started again."""

import pytest

from tests.faults.rig.strikes import kills
from tests.faults.rig.trace import CHANGES
from tests.faults.rig.trial import SCENES

pytestmark = pytest.mark.timeout(3600)  # many trials; how long they take says nothing


@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.nightly)], ids=["edges", "all"]
)
@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_a_kill_at_any_call_loses_and_doubles_nothing(scene, every, tmp_path, report):
    """Every drop is accepted once, with its bytes, whichever call was the last."""
    verdict = kills(scene, tmp_path, every=every)

    report("F1", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 40
    assert verdict.findings == []


@pytest.mark.parametrize(
    ("served_scene", "only"),
    [
        ("package", ("rename", "fsync", "unlink")),
        pytest.param("package", CHANGES, marks=pytest.mark.nightly),
        pytest.param("folder", CHANGES, marks=pytest.mark.nightly),
    ],
    indirect=["served_scene"],
    ids=["package-files", "package", "folder"],
)
def test_a_kill_loses_and_doubles_nothing_on_a_server(served_scene, only, tmp_path, report):
    """A commit that was asked of PostgreSQL and never heard of is found out after the start."""
    verdict = kills(served_scene, tmp_path, only=only, every=True)

    report("F1", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 10
    assert verdict.findings == []
