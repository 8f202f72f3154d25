"""`python -m flows.pool_worker NAME LIMIT`: a standard Prefect worker of our pool that ends with its machine.

Its runs are in its process group: asked to stop, the group is asked, so that each drain ends after the case
in hand while the worker waits for it.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from flows.parent import outlived
from flows.scheduled.orders import POOL

STOP_SECONDS = 60.0
"""How long runs have to end once the machine is gone: a case in hand takes seconds, rarely a minute."""


def main() -> None:
    """Start the worker in this process."""
    outlived(_end)
    name, limit = sys.argv[1:]
    from prefect.cli import app

    sys.argv = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", name]
    sys.argv += ["--limit", limit, "--install-policy", "never"]
    app()


def _end() -> None:
    """Ask the whole group to stop, the worker and its runs; then make it."""
    os.killpg(0, signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
