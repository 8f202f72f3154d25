"""How long writers of one record wait for each other: workers, watchers and a desk on one PostgreSQL.

    .venv/bin/python -m benchmarks.writers [--seconds 20] [--postgres URL]

Each worker lends itself cases, renews, writes results and their effects as fast as it can, far faster than
papers are read; each watcher accepts; one process places cases in their trays, as every worker does. Printed
are the transactions of each kind a second, and how long they took, the longest of a hundred last.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from fixtures.postgresql import PostgreSQL
from pipeline.handed import Original, source
from pipeline.journal.entry import enter
from pipeline.journal.records import Drop, Part
from pipeline.store import Store, open_store
from pipeline.store.claims import claim, renew
from pipeline.store.outbox import Effect, once
from pipeline.store.results import Result, finish, release
from pipeline.trays.standing import Days
from pipeline.trays.tidy import tidy
from validators.calendar import Calendars
from validators.policy import Policy

Times = dict[str, list[float]]


def now() -> dt.datetime:
    """Return the moment."""
    return dt.datetime.now(dt.UTC)


class Watch:
    """Measures what is done, by its name."""

    def __init__(self) -> None:
        self.times: Times = defaultdict(list)

    def __call__(self, name: str, act: Callable[[], Any]) -> Any:
        """Do *act* and note how long it took."""
        began = time.perf_counter()
        found = act()
        self.times[name].append(time.perf_counter() - began)
        return found


def worker(store: Store, watch: Watch, number: int) -> None:
    """End one case, if there is any."""
    claimed = watch("claim", lambda: claim(store, f"m{number}:x:{number}:1", 90, now(), living=()))
    if claimed is None:
        time.sleep(0.05)
        return
    watch("renew", lambda: renew(store, claimed, 90, now()))
    effects = tuple(Effect(claimed.case.id, "publish", name, claimed.came[0]) for name in ("told", "letter"))
    result = Result(stage="routed", queue="review", report={"status": "routed"}, effects=effects)
    watch("finish", lambda: finish(store, claimed, result, now()))
    for effect in effects:
        watch("effect", partial(once, store, effect, lambda: None, now()))
    watch("release", lambda: release(store, claimed, now()))


def watcher(store: Store, watch: Watch, number: int) -> None:
    """Accept one drop."""
    sha256 = secrets.token_hex(32)
    whole = source("a.pdf", (Original("a.pdf", Path("a.pdf"), sha256, 9),), folder=False)
    drop = Drop(
        office=f"OFI{number:02}", found_in="1_ENTRADA", folder=False, stamp=sha256, source=whole,
        parts=(Part("a.pdf", sha256, 9),), id=secrets.token_hex(13).upper(),
    )  # fmt: skip
    watch("accept", lambda: enter(store, drop, now(), lambda: True))


def desk(store: Store, watch: Watch, number: int) -> None:
    """Place what moved in its trays."""
    del number
    days = Days(now().date(), Policy(), Calendars.shipped())
    if not watch("tidy", lambda: tidy(store, days)):
        time.sleep(0.02)


def run(
    kind: Callable[[Store, Watch, int], None],
    url: str,
    blobs: Path,
    number: int,
    seconds: float,
    together: Any,
    told: Any,
) -> None:
    """Do one kind of work for so many *seconds* from when all are there, and tell the times."""
    watch = Watch()
    with open_store(url, blobs) as store:
        together.wait(300)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            kind(store, watch, number)
    told.put(dict(watch.times))


def measured(url: str, blobs: Path, seconds: float) -> Mapping[str, list[float]]:
    """Have eight workers, five watchers and a desk at work for so long; return their times."""
    open_store(url, blobs).close()
    fresh = multiprocessing.get_context("spawn")
    told: Any = fresh.Queue()
    kinds = [worker] * 8 + [watcher] * 5 + [desk]
    together = fresh.Barrier(len(kinds))
    all_of_them = [
        fresh.Process(target=run, args=(kind, url, blobs, n, seconds, together, told))
        for n, kind in enumerate(kinds)
    ]
    for one in all_of_them:
        one.start()
    found: Times = defaultdict(list)
    for _ in all_of_them:
        for name, times in told.get(timeout=seconds + 400).items():
            found[name] += times
    for one in all_of_them:
        one.join()
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Waiting of writers for each other on PostgreSQL.")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--postgres", default="", help="address of an empty database; our own server without")
    options = parser.parse_args()
    server = None if options.postgres else PostgreSQL()
    try:
        url = options.postgres if server is None else server.url(server.fresh())
        with tempfile.TemporaryDirectory() as home:
            found = measured(url, Path(home), options.seconds)
    finally:
        if server is not None:
            server.remove()
    print(f"load {os.getloadavg()[0]:.1f}; per second over {options.seconds:.0f} s, milliseconds:")
    for name, times in sorted(found.items()):
        last = quantiles(times, n=100)[-1] if len(times) > 1 else times[0]
        rate = len(times) / options.seconds
        print(f"{name:8} {rate:8.1f}/s   median {median(times) * 1e3:7.1f}   p99 {last * 1e3:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
