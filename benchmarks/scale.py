"""The whole system at scale: what a case costs, how workers add up, what grows, and deaths at random.

    .venv/bin/python benchmarks/scale.py [--only cost,speed,record,deaths,board,targets]
        [--database sqlite|postgresql|both] [--cases 200] [--record 100000] [--digital 24] [--scanned 6]

PostgreSQL is a server of our own from Debian's packages, on a socket, and Prefect's on loopback; both are
stopped at the end, whatever ends it. CPU is what counts on a machine that others use too: seconds on the
wall are printed with its load. `--cases 10000` is the full run of deaths; its cases are one small paper
read once, whose reading every case gives under another name.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own
from benchmarks import scale_board, scale_cost, scale_deaths, scale_record, scale_targets  # noqa: E402
from benchmarks.scale_system import databases  # noqa: E402

PARTS = ("targets", "cost", "speed", "record", "deaths", "board")


def chosen() -> argparse.Namespace:
    """Return what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--only", default=",".join(PARTS))
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--cases", type=int, default=200, help="of the run of deaths")
    options.add_argument("--record", type=int, default=100_000, help="cases in the large record")
    options.add_argument("--digital", type=int, default=24)
    options.add_argument("--scanned", type=int, default=6)
    options.add_argument("--workers", type=int, default=2, help="of the run of deaths")
    told = options.parse_args()
    told.only = set(told.only.split(","))
    if unknown := told.only - {*PARTS}:
        options.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return told


def measure(kind: str, told: argparse.Namespace, home: Path) -> None:
    """Measure what is asked for on one kind of database."""
    many = {"digital": told.digital, "scanned": told.scanned}
    with databases(kind) as fresh:
        if "cost" in told.only or "speed" in told.only:
            found = {
                name: scale_cost.costs(fresh, home, max(count // 6, 1), count, scanned=name == "scanned")
                for name, count in many.items()
                if count
            }
            scale_cost.print_costs(kind, found)
            for name, cost in found.items() if "speed" in told.only else ():
                print(f"\nCases per second, {name} ({kind})")
                scanned = name == "scanned"
                scale_cost.speeds(fresh, home, many[name], cost.process / 1000, scanned=scanned)
        if "record" in told.only:
            scale_record.grown(fresh, home, kind, (1_000, told.record))
        if "deaths" in told.only:
            scale_deaths.survived(fresh, home, kind, told.cases, told.workers)
        if "board" in told.only:
            scale_board.board(fresh, home, kind, told.record)


def main() -> None:
    """Measure, on each database that is asked for."""
    told = chosen()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if "targets" in told.only:
        scale_targets.targets()
    kinds = ("sqlite", "postgresql") if told.database == "both" else (told.database,)
    for kind in kinds if told.only - {"targets"} else ():
        with tempfile.TemporaryDirectory(prefix="ventanilla-scale-", ignore_cleanup_errors=True) as home:
            measure(kind, told, Path(home))


if __name__ == "__main__":
    main()
