"""The memory that reading a long scan takes: its peak in a fresh process, page after page.

.venv/bin/python -m benchmarks.scan_memory FILE     print pages, CPU seconds and the peak in MB
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks import scan_samples
from extractors.bounds import Bounds
from extractors.reader import read_file
from fixtures.damage import laid_out
from fixtures.wear import packed


class Peak(NamedTuple):
    """What a process took: megabytes at most, CPU seconds, and how many documents it found."""

    megabytes: float
    cpu: float
    documents: int
    code: str


def measured(pages: int, seed: int) -> Peak:
    """Return what a scan of so many pages takes, forms and certificates by turns, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder, "long.pdf")
        paper.write_bytes(_long(pages, seed))
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.scan_memory", str(paper)],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    return Peak(**json.loads(told))


def _long(pages: int, seed: int) -> bytes:
    """Return a scan of so many pages."""
    made = [scan_samples.typed(seed, 1), scan_samples.certificate(seed, 1), scan_samples.certificate(seed, 2)]
    pictures = [
        taken.picture
        for number, paper in enumerate(made)
        for taken in laid_out(paper.data, "degraded", f"long {seed} {number}", family="test")
    ]
    return packed.pdf([pictures[at % len(pictures)] for at in range(pages)])


def _read(path: Path) -> Peak:
    """Read a file in this process and return what it took."""
    reading = read_file(path.read_bytes(), path.name, Bounds())
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Peak(
        used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, len(reading.documents), reading.code or ""
    )


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]))._asdict()))
