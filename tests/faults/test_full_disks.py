"""F6: a disk that is really full: what lay in the drop folder stays there, and goes on when it is freed."""

import json

import pytest

from tests.faults.rig.namespace import inside
from tests.faults.rig.trial import SCENES

SPARES = (0, 1 << 16, 1 << 20)
"""Bytes left: nothing, less than a paper, less than the package of the scene."""


@pytest.mark.parametrize("which", ["store", "database", "share"])
@pytest.mark.parametrize("spare", SPARES)
def test_a_full_disk_keeps_drops_where_they_are_until_it_is_freed(which, spare, offices, tmp_path, report):
    """Nothing is taken in part; with room again, everything is taken, once."""
    scene = SCENES["package"](*offices(tmp_path / "office"))

    told = inside("full", str(scene.office.home), which, str(spare), json.dumps(scene.dropped))

    report("F6", trials=1, lost=told["lost"], doubled=told["doubled"])
    assert told["findings"] == []


@pytest.mark.parametrize("which", ["store", "database"])
def test_a_disk_with_nothing_left_takes_nothing(which, offices, tmp_path):
    """Better to refuse than to lose: all drops still lie there."""
    scene = SCENES["package"](*offices(tmp_path / "office"))

    told = inside("full", str(scene.office.home), which, "0", json.dumps(scene.dropped))

    assert told["waiting"] == [drop.place for drop in scene.dropped]


def test_drops_that_found_no_room_are_noted_to_wait(offices, tmp_path):
    """The office's list says of each that it could not be taken yet."""
    scene = SCENES["package"](*offices(tmp_path / "office"))

    told = inside("full", str(scene.office.home), "store", "0", json.dumps(scene.dropped))

    assert told["noted"] == ["no-room"] * len(scene.dropped)
