"""F14: a share on which every call takes a fifth of a second: late, and nothing worse."""

import pytest

from tests.faults.rig.office import command
from tests.faults.rig.trace import traced
from tests.faults.rig.trial import SCENES, judged

DELAY = 200_000
"""Microseconds, as strace counts."""
SHARE = ("openat", "newfstatat", "getdents64", "read", "rename", "fsync", "unlink", "mkdir", "close")


@pytest.mark.nightly
@pytest.mark.parametrize("trial", range(2))
@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_a_slow_share_makes_intake_late_and_nothing_worse(scene, trial, tmp_path, report):
    """Slowness is not loss: no call is given up, nothing is taken twice."""
    office = scene.again(tmp_path / "office")
    paths = [path for place in (office.share, office.path) for path in (place, *place.rglob("*"))]
    slow = ["-e", f"inject={','.join(SHARE)}:delay_enter={DELAY}"]

    done, calls = traced(
        command(office), tmp_path / "log", *slow, *(f"-P{path}" for path in paths), calls=SHARE
    )

    verdict = judged(office, scene.dropped, (done.stdout, done.stderr))
    report("F14", trials=1, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert len(calls) > 20
    assert done.returncode == 0
    assert verdict.findings == []
