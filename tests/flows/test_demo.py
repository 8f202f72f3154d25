"""The demonstration is the whole system at work: it must end by itself, right, and leave nothing running."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.flows, pytest.mark.timeout(280)]


def test_the_demonstration_shows_every_queue_and_ends_by_itself(tmp_path):
    """Every story where it should be, nobody left behind, and the papers where it says."""
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "demo"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=270,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert {"APROBAR", "SUBSANAR", "REVISAR", "DERIVAR", "DENEGAR", "DEVUELTO"} <= {
        word.strip(",:") for word in done.stdout.split()
    }
    assert "Traceback" not in done.stderr
    assert [p for p in _commands() if str(tmp_path) in p] == []


def _commands():
    """The command lines and environments of all processes that can be looked at."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            yield (place / "environ").read_text(errors="ignore") + (place / "cmdline").read_text(
                errors="ignore"
            )
        except OSError:
            continue
