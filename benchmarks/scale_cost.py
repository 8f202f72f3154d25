"""What the full system costs beside `process` alone, where it goes, and how it grows with workers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.scale_system import ROOT, System, Used
from fixtures.scenarios import SCENARIOS, submission

TARGET_MS = 200
SHARE = 0.9
PORT = 8182


class Cost(NamedTuple):
    """CPU milliseconds of one case: `process` alone, and each part of the full system."""

    process: float
    accept: float
    plain: float
    worker: float
    server: float
    database: float

    @property
    def more(self) -> float:
        """What the full system takes more than `process`."""
        return self.accept + self.worker + self.server + self.database - self.process


def packages(many: int, seed: int, *, scanned: bool = False) -> dict[str, bytes]:
    """Return *many* different applications by file name, the scenarios in turn."""
    names, made = list(SCENARIOS), {}
    for number in range(many):
        one = submission(seed * 10_000 + number, names[number % len(names)])
        if scanned:
            one = one.scanned(Random(f"{seed} {number}"))
        made[f"{seed}_{number:05d}.zip"] = one.package()
    return made


def process_cpu(papers: Mapping[str, bytes]) -> float:
    """Return the CPU seconds of `ventanilla process` on *papers*, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in papers]
        for path, data in zip(paths, papers.values(), strict=True):
            path.write_bytes(data)
        line = [sys.executable, "-m", "desk.cli", "process", "--json", *map(str, paths)]
        started = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, env=_ours())
        _, _, used = os.wait4(started.pid, 0)
        started.returncode = 0
    return used.ru_utime + used.ru_stime


def _ours() -> dict[str, str]:
    """Return an environment in which the program is told nothing."""
    return {key: one for key, one in os.environ.items() if not key.startswith("VENTANILLA_")}


def costs(fresh: Callable[[Path], str], home: Path, few: int, many: int, *, scanned: bool) -> Cost:
    """Return the cost of one case: that of *many* less that of *few*, so that no start counts."""
    first, rest = packages(few, 1, scanned=scanned), packages(many, 2, scanned=scanned)
    alone = process_cpu(first | rest) - process_cpu(first)
    parts = {}
    for name, port in (("plain", 0), ("engine", PORT)):
        place = home / f"{name}{scanned:d}"
        place.mkdir()
        with System(place, fresh(place), port=port) as system:
            system.hand_in(first)
            begun = system.work()
            accept = system.hand_in(rest)
            parts[name] = _less(system.work(), begun, few, many), accept / many
    (plain, _), (used, accept) = parts["plain"], parts["engine"]
    return Cost(
        *(
            1000 * one
            for one in (alone / many, accept, plain.workers, used.workers, used.server, used.database)
        )
    )


def _less(whole: Used, begun: Used, few: int, many: int) -> Used:
    """Return the parts of one case: a start and *many* cases, less a start and *few*."""
    at = max(many - few, 1)
    spent = (whole.workers - begun.workers) / at
    return Used(spent, whole.server / many, whole.database / many, whole.wall / many)


def print_costs(database: str, told: Mapping[str, Cost]) -> None:
    """Print where the CPU of a case goes, beside the target."""
    print(f"\nCPU of a case, ms ({database})")
    head = ("process", "accepted", "worker", "no engine", "Prefect", "database", "more", "target")
    print(f"  {'':<12}" + "".join(f"{word:>11}" for word in head))
    for kind, cost in told.items():
        row = (
            cost.process,
            cost.accept,
            cost.worker,
            cost.plain,
            cost.server,
            cost.database,
            cost.more,
            TARGET_MS,
        )
        print(f"  {kind:<12}" + "".join(f"{one:>11.0f}" for one in row), flush=True)


def speeds(fresh: Callable[[Path], str], home: Path, many: int, alone: float, *, scanned: bool) -> None:
    """Print cases per second with 1, 2 and 4 workers, beside the ideal; *alone*: CPU seconds of `process`."""
    ideal = 2 / (alone + TARGET_MS / 1000)
    print(
        f"  workers    cases/s   cores used   (ideal on 2 cores {ideal:.2f}, target {SHARE * ideal:.2f};"
        f" load {os.getloadavg()[0]:.1f})"
    )
    for workers in (1, 2, 4):
        place = home / f"w{workers}{scanned:d}"
        place.mkdir()
        with System(place, fresh(place), port=PORT) as system:
            system.hand_in(packages(workers * 2, 3, scanned=scanned))
            start = system.work(workers)
            system.hand_in(packages(many, 4, scanned=scanned))
            used = system.work(workers)
        wall = max(used.wall - start.wall, 0.001)
        rate = max(many - workers * 2, 1) / wall
        busy = (used.workers + used.server + used.database) / used.wall
        print(f"  {workers:>7}{rate:>11.2f}{busy:>13.2f}", flush=True)
