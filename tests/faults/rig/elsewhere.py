"""A worker of another machine: `python -m tests.faults.rig.elsewhere BLOBS URL LEASE MINUTES`.

Its name is of another boot, so nobody here can ask whether its process lives; its clock is MINUTES off. It
takes a case, says which, keeps it as a worker does, and when told to go on says whether its result was taken.
"""

from __future__ import annotations

import datetime as dt
import sys
import threading
from pathlib import Path

import time_machine

import pipeline.workers
from pipeline.store import open_store
from pipeline.store.claims import claim, renew
from pipeline.store.results import Result, finish

pipeline.workers._space = lambda: "otra-maquina"  # type: ignore[assignment]  # a plain function in place of a cached one


def main(blobs: Path, database: str, lease: float, minutes: float) -> None:
    """Hold a case until told to write its result."""
    there = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
    over = threading.Event()
    with time_machine.travel(there, tick=True), open_store(database, blobs) as store:
        claimed = claim(store, pipeline.workers.me(), lease, dt.datetime.now(dt.UTC), living=())
        assert claimed is not None

        def keep() -> None:
            """Renew the loan as the worker's keeper does."""
            while not over.wait(lease / 3):
                renew(store, claimed, lease, dt.datetime.now(dt.UTC))

        keeper = threading.Thread(target=keep)
        keeper.start()
        sys.stdout.write(f"{claimed.case.number}\n")
        sys.stdout.flush()
        sys.stdin.readline()
        result = Result(stage="routed", queue="refuse", report={"queue": "refuse"})
        taken = finish(store, claimed, result, dt.datetime.now(dt.UTC))
        over.set()
        keeper.join()
    sys.stdout.write(f"{taken}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
