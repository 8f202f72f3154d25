"""F6: a disk that is really full: what lay in the drop folder stays there, and goes on when it is freed."""

import json
from functools import cache

import pytest

from tests.faults.rig.namespace import inside
from tests.faults.rig.trial import SCENES

SPARES = (0, 1 << 16, 1 << 20)
"""Bytes left: nothing, less than a paper, less than the package of the scene."""


@pytest.fixture(scope="module")
def full(offices, tmp_path_factory):
    """Return a function that tells what came of a disk with so many bytes left, and the drops; made once."""

    @cache
    def told(which, spare):
        scene = SCENES["package"](*offices(tmp_path_factory.mktemp("full") / "office"))
        home = str(scene.office.home)
        return inside("full", home, which, str(spare), json.dumps(scene.dropped)), scene.dropped

    return told


@pytest.mark.parametrize("which", ["store", "database", "share"])
@pytest.mark.parametrize("spare", SPARES)
def test_a_full_disk_keeps_drops_where_they_are_until_it_is_freed(which, spare, full, report):
    """Nothing is taken in part; with room again, everything is taken, once."""
    told, _ = full(which, spare)

    report("F6", trials=1, lost=told["lost"], doubled=told["doubled"])
    assert told["findings"] == []


@pytest.mark.parametrize("which", ["store", "database"])
def test_a_disk_with_nothing_left_takes_nothing(which, full):
    """Better to refuse than to lose: all drops still lie there."""
    told, dropped = full(which, 0)

    assert told["waiting"] == [drop.place for drop in dropped]


def test_drops_that_found_no_room_are_noted_to_wait(full):
    """The office's list says of each that it could not be taken yet."""
    told, dropped = full("store", 0)

    assert told["noted"] == ["no-room"] * len(dropped)
