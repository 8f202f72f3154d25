"""F4: the current fails at any moment of a run; every disk that may be left is started again."""

import pytest

from tests.faults.rig.strikes import losses
from tests.faults.rig.trial import SCENES

pytestmark = pytest.mark.timeout(3600)  # many trials; how long they take says nothing


@pytest.mark.parametrize("model", ["A", "B", "C", "T", pytest.param("D", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_no_loss_of_power_loses_or_doubles_anything(scene, model, tmp_path, report):
    """Whatever was not forced to disk may be gone: nothing rests on it."""
    verdict = losses(scene, tmp_path, model)

    report("F4", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.trials > 5
    assert verdict.findings == []
