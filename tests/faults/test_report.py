"""The table of faults itself: what a proof tells arrives there, and a failed proof cannot hide."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
INNER = """
def test_that_holds(report):
    report("F98", trials=3, note="held")

def test_that_does_not(report):
    report("F99", trials=2, lost=1)
    assert False
"""


def test_every_line_that_a_proof_tells_is_written_with_how_it_ended(tmp_path):
    """A proof that fails has its line too."""
    rows = _run(tmp_path)

    assert [(r["fault"], r["trials"], r["lost"], r["outcome"]) for r in rows] == [
        ("F98", 3, 0, "passed"),
        ("F99", 2, 1, "failed"),
    ]


def _run(folder):
    tests = folder / "proof"
    tests.mkdir()
    (tests / "conftest.py").write_bytes((HERE / "conftest.py").read_bytes())
    (tests / "test_inner.py").write_text(INNER, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        str(tests),
    ]
    subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(tests)],
        check=False,
        capture_output=True,
        env={
            "PATH": "/usr/bin:/bin",
            "VENTANILLA_FAULTS": str(folder),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        timeout=60,
    )
    (lines,) = folder.glob("*.jsonl")
    return [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
