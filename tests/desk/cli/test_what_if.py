"""`ventanilla rules what-if`: one date changed, and the verdict worked out anew."""

import json
from pathlib import Path

import pytest

from tests.command import ventanilla

GAP = Path(__file__).parents[3] / "fixtures" / "submissions" / "gap_013.zip"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A case with a gap of thirteen days between two towns, as `process --json` printed it."""
    folder = tmp_path_factory.mktemp("what-if")
    (folder / "gap.json").write_text(ventanilla("process", "--json", GAP, cwd=folder).stdout)
    return folder


def test_a_baja_on_the_day_of_the_alta_closes_the_gap(printed):
    """The queue changes, the rule of the gap is silent, the timeline has no gap."""
    done = ventanilla("rules", "what-if", "gap.json", "d5.periods.0.to=2025-10-28", cwd=printed)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Propuesta: REVISAR -> APROBAR\n")
    assert "CE-RES-05\n  antes  [revisar] Hueco de 13 días" in done.stdout
    assert "  ahora  nada\n" in done.stdout
    assert "Hueco" not in done.stdout.split("Residencia, con el cambio")[1]


def test_one_day_off_is_still_a_gap_to_look_at(printed):
    """Two days between baja and alta are more than the day that counts as adjacent."""
    done = ventanilla("rules", "what-if", "gap.json", "d5.periods.0.to=2025-10-26", cwd=printed)

    assert done.stdout.startswith("Propuesta: REVISAR (la misma)\n")
    assert "  ahora  [revisar] Hueco de 2 días" in done.stdout


def test_a_later_filing_is_judged_by_its_own_day(printed):
    """After a year in the second town the chain is whole, and the certificate has grown old."""
    done = ventanilla("rules", "what-if", "gap.json", "filed_on=2026-10-29", "--json", cwd=printed)

    told = json.loads(done.stdout)
    assert (told["before"]["queue"], told["after"]["queue"]) == ("review", "cure")
    assert told["after"]["residence"]["window"] == ["2025-10-29", "2026-10-29"]


def test_nothing_is_changed_in_what_was_given(printed):
    """A question leaves no trace."""
    before = (printed / "gap.json").read_bytes()
    ventanilla("rules", "what-if", "gap.json", "filed_on=2026-10-29", cwd=printed)
    assert (printed / "gap.json").read_bytes() == before


@pytest.mark.parametrize(
    "change", ["d5.periods.0.to=28/10/2025", "d55.issued_on=2026-01-01", "filed_on=2026-02-31", "d5"]
)
def test_a_change_that_cannot_be_meant_is_an_error_of_usage(printed, change):
    """It says what is wrong and how to write it, in two lines."""
    done = ventanilla("rules", "what-if", "gap.json", change, cwd=printed)

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
