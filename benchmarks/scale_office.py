"""Fifty offices and a million cases a year, calculated: machines, waits, storage, what fills up first.

    .venv/bin/python benchmarks/scale_office.py [--cases 1000000] [--offices 50] [--scanned 0.4]
        [--digital-seconds 1.0] [--scanned-seconds 8] [--engine-seconds 0.2]

Arrivals by hour, weekday and month; every minute of the busiest week is played: what came and was not yet
read waits, urgent cases before the others. Nothing is measured here: each figure that goes in is an option,
whose default docs/scale.md traces to the command that measured it or calls an assumption.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from typing import NamedTuple

MONTHS = (1.25, 1.05, 1.0, 1.0, 0.95, 0.95, 0.85, 0.55, 1.15, 1.15, 1.1, 1.0)
"""Shares of a year, 12 in all: January and the autumn are full, August is empty. An assumption."""
WEEKDAYS = (1.3, 1.05, 1.0, 0.95, 0.7)
"""Shares of a working week, five in all. An assumption."""
HOURS = {8: 0.05, 9: 0.16, 10: 0.20, 11: 0.20, 12: 0.17, 13: 0.12, 14: 0.05, 16: 0.02, 17: 0.02, 18: 0.01}
"""Shares of a day; offices scan what came over the counter while it is open. An assumption."""
WEEKS = 52
CORES_EACH = 2
OBJECTIVE_MINUTES = 30
"""A case should be read while the person may still be at the counter, in the busiest hour of the year."""
SPARE = 1
"""Machines more than are needed: one may fail or be brought up to date."""
MEBI, GIBI = 1 << 20, 1 << 30
SERVER_RUNS = 8.0
"""Flow runs a second that one Prefect server records: 85 to 125 ms of its CPU each, on a core of its own."""
ROUND_TRIPS_MS = 140 * 0.3
"""Milliseconds that a case holds the record: 140 statements at 0.3 ms on a server in the same room."""

LIST_SECONDS = 0.015 / 5
"""CPU seconds a second for an idle office: its list of the day, made anew every five seconds."""


class Load(NamedTuple):
    """What is asked of the system."""

    cases: int
    offices: int
    scanned: float
    digital_seconds: float
    scanned_seconds: float
    engine_seconds: float

    @property
    def seconds(self) -> float:
        """CPU seconds of a worker for one case, on average."""
        return (
            self.scanned * self.scanned_seconds
            + (1 - self.scanned) * self.digital_seconds
            + self.engine_seconds
        )

    @property
    def busiest_day(self) -> float:
        """Cases of a Monday in January."""
        return self.cases / WEEKS / 5 * max(MONTHS) * max(WEEKDAYS)

    @property
    def busiest_second(self) -> float:
        """Cases a second in the busiest hour of the year."""
        return self.busiest_day * max(HOURS.values()) / 3600


class Waits(NamedTuple):
    """What a week was like: minutes of waiting (middle, 95th of 100, longest), cores in use, cases left."""

    median: float
    p95: float
    longest: float
    used: float
    left: int


def arrivals(load: Load, chance: random.Random) -> Iterator[int]:
    """Yield how many cases come in each minute of the busiest week."""
    for weekday in range(5):
        day = load.cases / WEEKS / 5 * max(MONTHS) * WEEKDAYS[weekday]
        for minute in range(24 * 60):
            expected = day * HOURS.get(minute // 60, 0.0) / 60
            yield max(round(chance.gauss(expected, expected**0.5)), 0)


def played(load: Load, cores: int) -> Waits:
    """Play the busiest week with so many cores, first come first read."""
    chance, waiting, waits, busy = random.Random(1), list[int](), list[int](), 0.0
    left, minutes = 0.0, 0
    for minute, came in enumerate(arrivals(load, chance)):
        waiting += [minute] * came
        left, minutes = min(left, 0.0) + cores * 60.0, minutes + 1
        while waiting and left > 0:
            waits.append(minute - waiting.pop(0))
            needed = _needed(load, chance)
            left, busy = left - needed, busy + needed
    waits.sort()
    at = len(waits)
    return Waits(
        waits[at // 2], waits[int(at * 0.95)], waits[-1], busy / (minutes * 60 * cores), len(waiting)
    )


def _needed(load: Load, chance: random.Random) -> float:
    """Return the CPU seconds of one case: as long papers are few and dear, spread exponentially."""
    mean = load.scanned_seconds if chance.random() < load.scanned else load.digital_seconds
    return load.engine_seconds + mean * (0.5 + 0.5 * chance.expovariate(1.0))


def machines(load: Load) -> int:
    """Print the waits with more and more machines, and return how many meet the objective."""
    print(f"\n{'machines':>9}{'cores':>7}{'median':>9}{'p95':>7}{'longest':>9} min  in use over the week")
    number = max(int(load.busiest_second * load.seconds * 0.6 / CORES_EACH), 1)
    while True:
        one = played(load, number * CORES_EACH)
        waits = f"{one.median:>9.0f}{one.p95:>7.0f}{one.longest:>9.0f}"
        print(f"{number:>9}{number * CORES_EACH:>7}{waits}{one.used:>10.0%}")
        if one.longest <= OBJECTIVE_MINUTES and not one.left:
            return number
        number += max(number // 6, 1)


def storage(load: Load, options: argparse.Namespace) -> None:
    """Print what a year adds, and what stands once retention has come round."""
    papers = load.cases * (load.scanned * options.scanned_mb + (1 - load.scanned) * options.digital_mb) * MEBI
    kept = load.cases * options.kept_mb * MEBI
    record = load.cases * options.record_kb * 1024
    prefect = load.cases / 365 * options.prefect_days * options.prefect_kb * 1024
    print(f"\n{'':<44}{'a year':>10}{f'after {options.years} years':>18}")
    for what, size in (
        ("papers as they came", papers),
        ("receipts, letters, pictures", kept),
        ("record", record),
    ):
        print(f"  {what:<42}{size / GIBI:>7.0f} GiB{size * options.years / GIBI:>13.0f} GiB")
    print(f"  {'Prefect (forgets by itself)':<42}{prefect / GIBI:>7.1f} GiB{prefect / GIBI:>13.1f} GiB")


def ceilings(load: Load, number: int) -> None:
    """Print how full each part is in the busiest hour: the fullest is the first bottleneck."""
    rate = load.busiest_second
    parts = {
        "cores of workers": rate * load.seconds / (number * CORES_EACH),
        "Prefect server, one process": rate / SERVER_RUNS,
        "record, one writer at a time": rate * ROUND_TRIPS_MS / 1000,
        "one watcher for all offices": load.offices * LIST_SECONDS,
    }
    print(f"\nIn the busiest hour, {rate:.2f} cases a second:")
    for name, full in sorted(parts.items(), key=lambda one: -one[1]):
        print(f"  {name:<42}{full:>7.0%}")


def main() -> None:
    """Calculate and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--cases", type=int, default=1_000_000, help="a year")
    options.add_argument("--offices", type=int, default=50)
    options.add_argument("--scanned", type=float, default=0.4, help="share of cases on paper")
    options.add_argument("--digital-seconds", type=float, default=1.0, help="CPU of process")
    options.add_argument("--scanned-seconds", type=float, default=8.0, help="CPU of process")
    options.add_argument("--engine-seconds", type=float, default=0.2, help="CPU of all the rest")
    options.add_argument("--digital-mb", type=float, default=0.3)
    options.add_argument("--scanned-mb", type=float, default=3.0)
    options.add_argument("--kept-mb", type=float, default=0.3, help="what the program adds in files")
    options.add_argument("--record-kb", type=float, default=40.0, help="rows and indexes of a case")
    options.add_argument("--prefect-kb", type=float, default=40.0, help="run, states and events of a case")
    options.add_argument("--prefect-days", type=float, default=30.0)
    options.add_argument("--years", type=int, default=6, help="until retention takes as much as comes")
    told = options.parse_args()
    load = Load(*(getattr(told, name) for name in Load._fields))
    print(
        f"{load.cases} cases a year in {load.offices} offices: {load.busiest_day:.0f} on the busiest day,"
        f" {load.busiest_second:.2f} a second in its busiest hour; {load.seconds:.1f} CPU s each,"
        f" {load.cases * load.seconds / 3600:.0f} core hours a year"
    )
    number = machines(load)
    print(f"\n{number} machines of {CORES_EACH} cores for workers, and {SPARE} to spare")
    ceilings(load, number)
    storage(load, told)


if __name__ == "__main__":
    main()
