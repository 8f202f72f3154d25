"""Reading pictures of paper, measured: right, wrong and sure, CPU and memory, beside what people would use.

.venv/bin/python benchmarks/scan.py                                 everything, some pages of each class
.venv/bin/python benchmarks/scan.py --only forms --pages 4          forms alone, four pages of each class
.venv/bin/python benchmarks/scan.py --only forms fax --worst 20     forms by fax, and their worst values
.venv/bin/python benchmarks/scan.py --only memory                   a scan of 300 pages

All papers are of the family that proves: no face, layout or damage that a reader was tuned on.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own
from benchmarks import scan_memory, scan_tables  # noqa: E402 - after the path
from benchmarks.scan_judged import Fault  # noqa: E402
from benchmarks.scan_runs import SORTS, Outcome, Task, run  # noqa: E402
from fixtures.damage import CLASSES  # noqa: E402

HOWS = (*CLASSES, "digital")
_LESS = {"hands": 2, "cards": 2}
"""Sorts of which a part of the pages suffices by default."""


def tasks(asked: argparse.Namespace) -> Iterator[Task]:
    """Yield the slices to measure."""
    sorts = [name for name in SORTS if not set(asked.only) & set(SORTS) or name in asked.only]
    hows = [name for name in HOWS if not set(asked.only) & set(HOWS) or name in asked.only]
    for sort in sorts if set(asked.only) != {"memory"} else ():
        for how in (how for how in hows if (sort, how) != ("hands", "digital")):  # text is no handwriting
            pages = max(1, asked.pages // _LESS.get(sort, 1))
            peers = asked.peers if sort in {"forms", "certificates"} and how != "digital" else 0
            yield Task(sort, how, pages, asked.seed, peers, asked.ocrmypdf, asked.keep)


def measured(asked: argparse.Namespace, out: Console) -> tuple[list[Outcome], scan_memory.Peak | None]:
    """Measure all slices, some at a time, each in a process of its own."""
    wanted = not asked.only or "memory" in asked.only
    with ProcessPoolExecutor(
        asked.jobs, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        peak: Future[scan_memory.Peak] | None = (
            pool.submit(scan_memory.measured, asked.long, asked.seed) if wanted else None
        )
        running = [pool.submit(run, task) for task in tasks(asked)]
        outcomes = []
        for one in running:
            outcomes.append(one.result())
            task = outcomes[-1].task
            out.print(f"{task.sort} {task.how}: {outcomes[-1].pages} pages read", style="dim")
        return outcomes, peak.result() if peak else None


def worst(outcomes: Sequence[Outcome], count: int, out: Console) -> None:
    """Print the worst values of each slice: wrong and sure first, then wrong, then missing or held back."""
    for one in outcomes:
        out.print(f"\n{one.task.sort} {one.task.how}", style="bold")
        for fault in sorted(one.faults, key=_badness, reverse=True)[:count]:
            out.print(
                f"{fault.sure:5.2f}  {fault.paper}  {fault.name}  {fault.truth!r} != {fault.read!r}",
                markup=False, highlight=False, emoji=False,
            )  # fmt: skip


def _badness(fault: Fault) -> tuple[bool, float]:
    """Return how bad a fault is: a wrong value counts by its certainty, a right one held back less."""
    return fault.truth != fault.read and fault.read is not None, fault.sure


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--only", nargs="*", default=[], choices=[*SORTS, *HOWS, "memory"], metavar="WHAT")
    options.add_argument("--pages", type=int, default=24, help="pages of each sort and class, at least")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--peers", type=int, default=2, help="papers of each slice that peers read as well")
    options.add_argument("--ocrmypdf", default="ocrmypdf", help="the program, if it is not on the path")
    options.add_argument("--long", type=int, default=300, help="pages of the long scan")
    options.add_argument("--jobs", type=int, default=2, help="processes at a time")
    options.add_argument("--worst", type=int, default=0, help="print so many of the worst values of a slice")
    options.add_argument("--keep", default="", help="folder for the papers with faults, and faults.json")
    asked = options.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if asked.keep:
        Path(asked.keep).mkdir(parents=True, exist_ok=True)
    out = Console(width=None if sys.stdout.isatty() else 200)
    outcomes, peak = measured(asked, out)
    scan_tables.show(outcomes, out)
    if peak:
        scan_tables.show_peak(peak, asked.long, out)
    worst(outcomes, asked.worst, out) if asked.worst else None
    if asked.keep:
        faults = [fault._asdict() for one in outcomes for fault in one.faults]
        Path(asked.keep, "faults.json").write_text(json.dumps(faults, ensure_ascii=False, indent=0), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
