"""`python -m flows.serve`: Prefect's server without the V2 pages, which call an outside host, and mended.

Its own setting only changes which pages come first; V2 stays reachable at /v2 (Prefect 3.8.8, 3.9.1).
A bundle that is not there is not mounted: so its place is made to point nowhere before the server starts.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from flows.parent import outlived
from flows.server import STOP_SECONDS
from flows.server_mended import with_schedules, without_outside_pages


def main() -> None:
    """Start the server in this process."""
    outlived(_end)
    without_outside_pages()
    from prefect.cli import app

    with_schedules()

    sys.argv = ["prefect", "server", "start"]
    app()


def _end() -> None:
    """Stop the whole group: the command that was started, and the server that it started."""
    os.killpg(0, signal.SIGINT)
    time.sleep(STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
