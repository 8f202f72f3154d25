"""F7: folders that are read-only, forbidden or gone for a while: everything is taken once they are back."""

import json

import pytest

from tests.faults.rig.namespace import inside
from tests.faults.rig.trial import SCENES

AT_NIGHT = {"folder": pytest.mark.nightly}
"""A folder is barred as a package is: the same looks, and a move of more files."""


@pytest.mark.parametrize("name", [pytest.param(one, marks=AT_NIGHT.get(one, ())) for one in SCENES])
def test_a_folder_that_is_barred_for_a_while_costs_nothing_but_time(name, offices, tmp_path, report):
    """While drops wait, or after one was accepted and before it is moved; then all go on by themselves."""
    scene = SCENES[name](*offices(tmp_path / "office"))

    told = inside("barred", str(scene.office.home), json.dumps(scene.dropped))

    report("F7", trials=told["trials"], lost=told["lost"], doubled=told["doubled"])
    assert told["trials"] == 24
    assert told["findings"] == []
