"""What the sandbox costs: CPU per document beside the plain library call, start, and a new reader.

.venv/bin/python benchmarks/sandbox.py [--count 10] [--rounds 3]

The plain call reads the same papers in this process with the same code: the difference is the sandbox.
CPU is that of this program, the keeper and the reader together. The limit is 15 ms per warm document.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own
from benchmarks.samples import digital_cases  # noqa: E402 - after the path
from extractors.bounds import Bounds  # noqa: E402
from extractors.reader import read_file  # noqa: E402
from extractors.reading.apart import level, processes  # noqa: E402
from extractors.reading.apart.confine import Level  # noqa: E402
from extractors.reading.apart.sandbox import Sandbox  # noqa: E402
from extractors.reading.files.sealed import sealed  # noqa: E402

LIMIT = 15.0
"""Milliseconds of CPU that the sandbox may add to a warm document."""


class Spent(NamedTuple):
    """CPU and wall seconds."""

    cpu: float
    wall: float


class Start(NamedTuple):
    """What a first file costs in a new child, the next one, and one whose reader was killed: wall seconds."""

    first: Spent
    second: Spent
    replaced: float


def burnt(pids: Sequence[int]) -> float:
    """Return the CPU seconds that the threads of *pids* have used; see proc(5), schedstat."""
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def tree(box: Sandbox) -> list[int]:
    """Return the processes of a sandbox."""
    child = box._child  # noqa: SLF001 - what is measured is inside
    return [] if child is None else [child.pid, *processes.below(child.pid)]


def spent(work: Callable[[], object], box: Sandbox | None = None) -> Spent:
    """Return what *work* takes, in the sandbox too."""
    before = tree(box) if box else []
    cpu, wall = time.process_time() + burnt(before), time.perf_counter()
    work()
    after = tree(box) if box else []
    return Spent(time.process_time() + burnt(after) - cpu, time.perf_counter() - wall)


def plain(papers: Sequence[Path], rounds: int) -> list[Spent]:
    """Return what each paper takes in this process, warm: the best of some rounds."""

    def read(paper: Path) -> Callable[[], object]:
        return lambda: read_file(paper.read_bytes(), "paper.pdf", Bounds())

    return best([[spent(read(paper)) for paper in papers] for _ in range(rounds + 1)][1:])


def sandboxed(papers: Sequence[Path], rounds: int, wanted: Level) -> list[Spent]:
    """Return the same in a sandbox."""
    with Sandbox(Bounds(), wanted) as box:

        def read(paper: Path) -> Callable[[], object]:
            return lambda: box.read(paper, "paper.pdf")

        return best([[spent(read(paper), box) for paper in papers] for _ in range(rounds + 1)][1:])


def best(rounds: Sequence[Sequence[Spent]]) -> list[Spent]:
    """Return the least of each paper: what else the machine does only ever adds."""
    return [Spent(min(s.cpu for s in one), min(s.wall for s in one)) for one in zip(*rounds, strict=True)]


def start(nothing: Path, wanted: Level) -> Start:
    """Return what a new child costs, by a file that is no paper and takes no reading."""
    with Sandbox(Bounds(), wanted) as box:
        first = spent(lambda: box.read(nothing, "a"), box)
        second = spent(lambda: box.read(nothing, "a"), box)
        os.kill(tree(box)[-1], signal.SIGKILL)
        wall = time.perf_counter()
        box.read(nothing, "a")
        return Start(first, second, time.perf_counter() - wall)


def print_costs(count: int, found: dict[str, list[Spent]], out: Console) -> None:
    """Print CPU and wall per document, and what is added to the plain call."""
    shown = Table(title=f"{count} digital papers, warm, milliseconds per document")
    for head in ("", "CPU", "wall", "CPU added", "worst added", f"within {LIMIT:.0f} ms"):
        shown.add_column(head, justify="right" if head else "left")
    bare = found["plain call"]
    for name, each in found.items():
        added = [1000 * (one.cpu - other.cpu) for one, other in zip(each, bare, strict=True)]
        mean = statistics.mean(added)
        shown.add_row(
            name,
            f"{1000 * statistics.mean(one.cpu for one in each):.1f}",
            f"{1000 * statistics.mean(one.wall for one in each):.1f}",
            f"{mean:.1f}",
            f"{max(added):.1f}",
            "yes" if mean <= LIMIT else "NO",
        )
    out.print(shown)


def print_starts(found: dict[str, Start], out: Console) -> None:
    """Print what the first, the second and a replaced reader take."""
    shown = Table(title="A file that is no paper: what is left is the sandbox, milliseconds")
    for head in ("", "first: CPU", "first: wall", "second: CPU", "second: wall", "reader killed: wall"):
        shown.add_column(head, justify="right" if head else "left")
    for name, one in found.items():
        figures = (one.first.cpu, one.first.wall, one.second.cpu, one.second.wall, one.replaced)
        shown.add_row(name, *(f"{1000 * figure:.2f}" for figure in figures))
    out.print(shown)


def print_handing(folder: Path, out: Console) -> None:
    """Print what it takes to copy a file into sealed memory, beside reading it."""
    shown = Table(title="Handing a file over, milliseconds of wall time")
    for head in ("MB", "sealed copy", "plain read"):
        shown.add_column(head, justify="right")
    for size in (1, 10, 100):
        paper = folder / f"{size}"
        paper.write_bytes(os.urandom(1 << 20) * size)

        def hand_over(paper: Path = paper) -> None:
            with sealed(paper):
                pass

        times = [min(spent(work).wall for _ in range(5)) for work in (hand_over, paper.read_bytes)]
        shown.add_row(str(size), *(f"{1000 * one:.2f}" for one in times))
    out.print(shown)


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=10, help="digital cases")
    options.add_argument("--rounds", type=int, default=3, help="of which the best counts for each paper")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    out = Console(width=None if sys.stdout.isatty() else 120)
    levels: tuple[Level, ...] = ("limits", "bwrap") if level.tried() == "works" else ("limits",)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = []
        for number, sample in enumerate(digital_cases(asked.seed, asked.count)):
            papers.append(folder / f"{number}.pdf")
            papers[-1].write_bytes(sample.paper.data)
        found = {"plain call": plain(papers, asked.rounds)}
        found |= {one: sandboxed(papers, asked.rounds, one) for one in levels}
        print_costs(len(papers), found, out)
        nothing = folder / "nothing"
        nothing.write_bytes(b"no paper")
        print_starts({one: start(nothing, one) for one in levels}, out)
        print_handing(folder, out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
