"""F9: somebody replaces, rewrites or deletes a file at the very moment it is being taken."""

import pytest

from tests.faults.rig.changes import MOMENTS, changed, deleted, emptied, replaced, rewritten


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("act", [replaced, rewritten, emptied, deleted])
def test_a_file_changed_while_it_is_taken_is_taken_old_or_new_never_mixed(
    act, moment, offices, tmp_path, report
):
    """What lies there in the end is accepted, once; what was accepted before it is whole."""
    office, _ = offices(tmp_path / "office")

    verdict = changed(office, act, moment)

    report("F9", trials=1, lost=len(verdict.lost), doubled=len(verdict.doubled))
    assert verdict.findings == []
