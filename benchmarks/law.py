"""What a judgement costs, and how many cases a replay judges in a second.

    .venv/bin/python benchmarks/law.py [--rounds 20] [--cases 4000]

The judgements are those of all examples of the law (both procedures, with and without beneficiaries); the
replayed cases are the submissions of the demonstration, read once and then judged over and over, as they
would lie in the record. Without --cases 100000 the time of that many is computed from the rate.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).parents[1])  # the folder of this file holds a desk.py of its own
from desk.cli.process import ends  # noqa: E402 - after the path
from desk.demo.cases import STORIES  # noqa: E402
from pipeline.replay import Question, answers  # noqa: E402
from pipeline.report import case_report  # noqa: E402
from validators.assess import assess  # noqa: E402
from validators.calendar import Calendars  # noqa: E402
from validators.examples import examples  # noqa: E402
from validators.facts import Application  # noqa: E402
from validators.policy import Policy  # noqa: E402

ASSESS_MS, REPLAY_MINUTES, REPLAYED = 3.0, 5.0, 100_000
"""Targets: CPU of one judgement, and the time in which so many cases are judged again."""


def group(application: Application) -> str:
    """Return the kind of case that an example is."""
    if any(form.beneficiaries for form in application.asistencia):
        return "INSS, beneficiaries"
    return {"convenio_especial": "convenio especial", "asistencia_sanitaria": "INSS, holder"}.get(
        application.procedure, "unknown"
    )


def judged(rounds: int) -> dict[str, list[float]]:
    """Return the CPU milliseconds of every judgement, by kind of case."""
    policy, calendars = Policy(), Calendars.shipped()
    applications = [example.application for example in examples()]
    for application in applications:
        assess(application, policy, calendars)
    found: dict[str, list[float]] = {}
    for application in applications * rounds:
        begun = time.process_time_ns()
        assess(application, policy, calendars)
        found.setdefault(group(application), []).append((time.process_time_ns() - begun) / 1e6)
    return found


def read() -> list[str]:
    """Return the reports of the demonstration's submissions, each read from its papers."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [story.write(Path(folder)) for story in STORIES]
        return [json.dumps(case_report(case)) for case in ends(paths)]


class Replay(NamedTuple):
    """What judging some cases again took: seconds by the clock and of CPU, all processes together."""

    cases: int
    changed: int
    wall: float
    cpu: float


def replayed(reports: list[str], count: int) -> Replay:
    """Judge *count* reports again."""
    begun, cpu = time.perf_counter(), used()
    found = [answer.changed for answer in answers(islice(cycle(reports), count), Question(policy=Policy()))]
    return Replay(len(found), sum(found), time.perf_counter() - begun, used() - cpu)


def used() -> float:
    """Return the CPU seconds of this process and of those that it has ended."""
    return sum(os.times()[:4])


def verdict(value: float, target: float) -> str:
    """Say whether a target is met."""
    return f"{value:8.2f}  (target: at most {target:g})" + ("" if value <= target else "  MISSED")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--cases", type=int, default=4000)
    chosen = options.parse_args()
    console = Console()
    costs = judged(chosen.rounds)
    table = Table(title="CPU of one judgement, ms", title_justify="left")
    for column in ("", "judgements", "median", "p95", "most"):
        table.add_column(column, justify="right" if column else "left")
    every = [one for costs_of in costs.values() for one in costs_of]
    for name, found in (*sorted(costs.items()), ("all", every)):
        p95 = statistics.quantiles(found, n=20)[-1]
        told = (f"{len(found)}", f"{statistics.median(found):.2f}", f"{p95:.2f}", f"{max(found):.2f}")
        table.add_row(name, *told)
    console.print(table)
    p95 = statistics.quantiles(every, n=20)[-1]
    console.print(f"p95 of a judgement, ms            {verdict(p95, ASSESS_MS)}")
    reports = [one for one in read() if '"status": "routed"' in one]
    size = statistics.mean(len(one) for one in reports) / 1024
    done = replayed(reports, chosen.cases)
    each, cores = done.cpu / done.cases, os.cpu_count() or 1
    console.print(f"replay of {done.cases} cases of {size:.0f} KiB, {cores} cores")
    console.print(f"  changed under today's program   {verdict(done.changed, 0)}")
    console.print(f"  CPU of one case, ms             {each * 1000:8.2f}")
    console.print(f"  cases a second by the clock     {done.cases / done.wall:8.0f}")
    minutes = done.wall / done.cases * REPLAYED / 60
    console.print(f"  {REPLAYED} cases, minutes by the clock   {minutes:8.2f}")
    minutes = each * REPLAYED / 2 / 60
    console.print(f"  the same on 2 idle cores        {verdict(minutes, REPLAY_MINUTES)}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"  memory of this process, MiB     {most:8.0f}")


if __name__ == "__main__":
    main()
