"""The table of faults: runs every proof that what was accepted is never lost, and prints what it found.

    .venv/bin/python benchmarks/faults.py [--nightly] [--write] [--told FOLDER]

`--nightly` runs the long trials too; `--write` puts the table into docs/reliability.md; `--told` runs
nothing, and prints what earlier runs with VENTANILLA_FAULTS=FOLDER told. Exit code 1 if a proof failed.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- faults: printed by benchmarks/faults.py -->", "<!-- /faults -->"
FAULTS = {
    "F1": "killed at every call that changes a disk",
    "F2": "killed at every step of the flow",
    "F3": "random kills and restarts",
    "F4": "power lost at any moment",
    "F5": "a call fails: disk full, I/O, quota, too many files",
    "F6": "disk really full",
    "F7": "folder read-only, forbidden, gone, back",
    "F8": "file still being written",
    "F9": "file replaced or deleted while it is read",
    "F10": "the same file many times; a storm of files",
    "F11": "clocks that jump",
    "F12": "database locked or damaged",
    "F13": "engine down, slow, wiped",
    "F14": "slow share",
    "F15": "a parser that crashes, hangs, floods",
    "F16": "broken and hostile papers",
    "F19": "backup, restore, upgrade",
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--nightly", action="store_true", help="the long trials too")
    options.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    options.add_argument("--workers", default="2")
    options.add_argument("--told", type=Path, help="print what earlier runs told in this folder")
    asked = options.parse_args()
    which = "nightly or not nightly" if asked.nightly else "not nightly"
    rows = told(asked.told) if asked.told else proved(asked.workers, which)
    lines = list(table(rows))
    print("\n".join(lines))
    if asked.write:
        write(
            lines, "the long trials of `make nightly` included" if asked.nightly else "as `make test` runs it"
        )
    return int(any(row["outcome"] == "failed" for row in rows))


def proved(workers: str, which: str) -> list[dict[str, Any]]:
    """Run the proofs and return what each of them told."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "tests/faults", "-q", "-n", workers, "--dist=loadfile"]
        done = subprocess.run(
            [*command, "-m", which, "--timeout=7200"],
            cwd=ROOT,
            env=os.environ | {"VENTANILLA_FAULTS": folder},
            check=False,
            stdout=sys.stderr,
        )
        rows = told(Path(folder))
    if done.returncode not in {0, 1}:
        sys.exit(f"pytest ended with {done.returncode}")
    return rows


def told(folder: Path) -> list[dict[str, Any]]:
    """Return what proofs told in *folder*."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def table(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the table, faults in their order, each followed by its negative controls."""
    yield "| fault | what happens | trials | lost | doubled | outcome |"
    yield "|---|---|---:|---:|---:|---|"
    named = [row for row in rows if row["fault"]]
    for fault in sorted({row["fault"] for row in named}, key=lambda word: (len(word), word)):
        mine = [row for row in named if row["fault"] == fault]
        if proofs := [row for row in mine if not row["control"]]:
            yield line(fault, FAULTS.get(fault, ""), proofs, "held")
        for note in sorted({row["note"] for row in mine if row["control"]}):
            control = [row for row in mine if row["control"] and row["note"] == note]
            yield line(f"{fault} control", f"{note} (must lose)", control, "caught")
    silent = [row for row in rows if not row["fault"] and row["outcome"] == "failed"]
    yield from (f"| | `{row['test']}` | | | | **failed** |" for row in silent)


def line(fault: str, what: str, rows: list[dict[str, Any]], good: str) -> str:
    """Return one line: sums over all tests of the fault, and how they ended."""
    trials, lost, doubled = (sum(row[key] for row in rows) for key in ("trials", "lost", "doubled"))
    failed = sorted({row["test"] for row in rows if row["outcome"] == "failed"})
    notes = "; ".join(sorted({row["note"] for row in rows if row["note"] and not row["control"]}))
    outcome = f"**failed**: {', '.join(failed)}" if failed else good
    return f"| {fault} | {what} | {trials} | {lost} | {doubled} | {outcome}{f': {notes}' if notes else ''} |"


def write(lines: list[str], how: str) -> None:
    """Put the table into the page, between its marks."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    body = "\n".join([f"Printed on {today}, {how}.", "", *lines])
    PAGE.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
