"""`python -m flows.pool_worker NAME LIMIT`: a standard Prefect worker of our pool that ends with its machine.

When its machine is gone its runs are asked to stop first, each drain after the case in hand: the worker
itself would kill them.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path

from flows.children import end_children
from flows.parent import outlived
from flows.scheduled.orders import POOL
from pipeline.logs.begin import begin
from pipeline.settings import load

_CONSOLES: list[list[logging.Handler]] = []
STOP_SECONDS = 60.0
"""How long runs have to end once the machine is gone: a case in hand takes seconds, rarely a minute."""


def main() -> None:
    """Start the worker in this process."""
    outlived(_end)
    # a shell starts what runs in the background with SIGINT ignored: the worker would never stop
    signal.signal(signal.SIGINT, signal.default_int_handler)
    name, limit = sys.argv[1:]
    from prefect.cli import app

    _log_as_all_do()
    sys.argv = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", name]
    sys.argv += ["--limit", limit, "--install-policy", "never"]
    app()


def _log_as_all_do() -> None:
    """Have Prefect set its logs up, then take its console away; what it sets up again keeps to that.

    What its worker prints besides (that it started, that the server is away) is for who starts it by hand.
    """
    from prefect.logging.configuration import setup_logging

    setup_logging()
    # a second set-up only changes levels of what it knows by name, as long as somebody holds it
    _CONSOLES.extend(logging.getLogger(name).handlers[:] for name in ("", "uvicorn", "prefect._internal"))
    begin(load().log, "pool")
    if not sys.stdout.isatty():
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process


def _end() -> None:
    """Let the runs end, then end the worker and whatever is left of its group."""
    end_children(os.getpid(), STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
