"""F8: files still being written, in eight ways that have misled watchers; time is the test's own."""

import pytest

from tests.faults.rig.check import Verdict, at_rest, rows
from tests.faults.rig.clocked import watched
from tests.faults.rig.office import Dropped, digests
from tests.faults.rig.writers import PATTERNS

FEW, MANY = range(3), range(3, 20)


@pytest.mark.parametrize("times", [FEW, pytest.param(MANY, marks=pytest.mark.nightly)], ids=["few", "many"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_file_is_taken_whole_and_soon_after_its_last_change(pattern, times, offices, tmp_path, report):
    """Never in part, once, and no later than it must lie still and two looks more."""
    office, _ = offices(tmp_path / "office")
    verdict = Verdict()
    for n in times:
        verdict.add(_written(office, pattern, n), f"{pattern.__name__} {n}")

    report("F8", trials=verdict.trials, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.findings == []


def _written(office, pattern, n):
    """Let one program write its file while the folder is watched; return what was found."""
    path = office.path / "1_ENTRADA" / f"{pattern.__name__} {n}.pdf"
    writing = pattern(path, n)
    before = rows(office)
    with watched(office) as clocked:
        folders = clocked.folders
        still = folders.folder_seconds if len(writing.files) > 1 else folders.stability_seconds
        latest = writing.ended + still + 2 * folders.scan_seconds
        taken = clocked.until(latest + 60, writing.events)
    place = f"1_ENTRADA/{path.stem if len(writing.files) > 1 else path.name}"
    journal = rows(office)
    found = at_rest(office, [Dropped(place, digests(writing.files), "new")], before, journal)
    if len(taken) != 1 or not writing.ended <= taken[0] <= latest:
        found.broken.append(f"written until {writing.ended}, to be taken until {latest}, taken at {taken}")
    found.broken += clocked.broken
    return found
