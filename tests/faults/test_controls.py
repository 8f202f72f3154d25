"""The negative controls: with the order of work spoilt, the same proofs must find losses."""

import pytest

from pipeline.intake import accept
from pipeline.store import blobs
from tests.faults.rig.changes import changed, emptied
from tests.faults.rig.strikes import errors, kills, losses
from tests.faults.rig.trace import FORCES

pytestmark = pytest.mark.timeout(3600)  # many trials; how long they take says nothing


@pytest.mark.parametrize("scene", ["package"], indirect=True)
def test_a_core_that_forces_nothing_loses_at_a_loss_of_power(scene, tmp_path, report):
    """Rows are on the disk before the bytes that they promise."""
    verdict = losses(scene, tmp_path, "B", "unforced")

    found = verdict.losing
    report("F4", trials=verdict.trials, lost=found, note="nothing is forced to disk", control=True)
    assert found > 0


@pytest.mark.parametrize("scene", ["package"], indirect=True)
def test_a_core_that_deletes_before_its_commit_loses_at_a_kill(scene, tmp_path, report):
    """The bytes may be kept, but no row knows of them, and nothing lies in the drop folder."""
    verdict = kills(scene, tmp_path, "deleted-first", only=(*FORCES, "rename", "unlink"))

    found = verdict.losing
    report("F1", trials=verdict.trials, lost=found, note="the original goes before the commit", control=True)
    assert found > 0


@pytest.mark.parametrize("scene", ["package"], indirect=True)
def test_a_core_that_forces_a_copy_again_is_found_out(scene, tmp_path, report):
    """The second call may succeed on pages that the first has thrown away."""
    verdict = errors(scene, tmp_path, "EIO", "stubborn", only=FORCES)

    found = [one for one in verdict.broken if "a copy that is not on the disk" in one]
    report("F5", trials=verdict.trials, lost=len(found), note="a failed force is tried again", control=True)
    assert found != []


def test_a_core_that_does_not_look_at_the_source_again_keeps_a_mix(offices, tmp_path, monkeypatch, report):
    """Half of the old file and half of the new one, under a digest of their own."""
    monkeypatch.setattr(blobs, "_state", lambda *_: ("", 0))
    monkeypatch.setattr(accept, "_same", lambda *_: True)

    verdict = changed(offices(tmp_path / "office")[0], emptied, "write")

    found = len(verdict.findings)
    report("F9", trials=1, lost=found, note="the source is not looked at again", control=True)
    assert found > 0
