"""F4: the current fails at any moment of a run; every disk that may be left is started again."""

from itertools import product

import pytest

from tests.faults.rig.strikes import losses
from tests.faults.rig.trial import SCENES

AT_NIGHT = {("package", "C"), ("folder", "T"), ("package", "D"), ("folder", "D")}
"""By day the dear models have one scene each."""
pytestmark = pytest.mark.timeout(3600)  # many trials; how long they take says nothing


@pytest.mark.parametrize(
    ("scene", "model"),
    [
        pytest.param(scene, model, marks=[pytest.mark.nightly] if (scene, model) in AT_NIGHT else [])
        for scene, model in product(SCENES, "ABCTD")
    ],
    indirect=["scene"],
)
def test_no_loss_of_power_loses_or_doubles_anything(scene, model, tmp_path, report):
    """Whatever was not forced to disk may be gone: nothing rests on it."""
    verdict = losses(scene, tmp_path, model)

    report("F4", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 5
    assert verdict.findings == []
