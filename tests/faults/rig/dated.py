"""A child that works while its clock on the wall is set: `python -m tests.faults.rig.dated MOMENT BLOBS URL`.

It takes a case on loan as a worker does whose wall clock stands at MOMENT, says which, and goes on renewing
the loan until it is ended.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import time_machine

from pipeline.store import open_store
from pipeline.store.claims import claim, renew
from pipeline.workers import me

LEASE = 30.0


def main(there: dt.datetime, blobs: Path, database: str) -> None:
    """Hold a case."""
    with time_machine.travel(there, tick=True), open_store(database, blobs) as store:
        claimed = claim(store, me(), LEASE, dt.datetime.now(dt.UTC))
        assert claimed is not None
        sys.stdout.write(f"{claimed.case.number}\n")
        sys.stdout.flush()
        while renew(store, claimed, LEASE, dt.datetime.now(dt.UTC)):
            time.sleep(1)


if __name__ == "__main__":
    main(dt.datetime.fromisoformat(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
