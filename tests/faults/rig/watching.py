"""`ventanilla watch` as an office runs it, in processes of their own over one share and one record."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from pipeline.store import Store, open_store
from tests.faults.rig.office import ROOT

PATIENCE = 240.0
"""Seconds until a wait counts as for ever; never reached on a machine that works."""
ROWS = """
    SELECT s.seq, s.office, s.kind, s.name, s.found_in, s.sha256, s.placed_as, s.placed_at, s.cleared_at,
           s.received_at, c.number
    FROM submissions AS s JOIN cases AS c ON c.id = s.case_id ORDER BY s.seq
"""


class Memory(NamedTuple):
    """What a process holds now, and the most it ever held, in MiB."""

    now: float
    most: float


class Watching:
    """Some watchers over the folders in *home* and the record at *database*; they end with the block."""

    def __init__(
        self, home: Path, database: str, offices: tuple[str, ...], *, watchers: int = 1, **settings: object
    ) -> None:
        self.share = home / "share"
        self.database = database
        self.blobs = home / "store"
        self._offices = offices
        self.environment = environment(
            {
                "folders.root": self.share,
                "folders.offices": ",".join(offices),
                "folders.scan_seconds": 0.2,
                "folders.stability_seconds": 0.1,
                "storage.database": database,
                "storage.blobs": self.blobs,
                "storage.reserve": 0,
                "letters.help_phone": "956 000 000",
            }
            | settings
        )
        self._watchers = watchers
        self.patience = PATIENCE
        self.processes: list[subprocess.Popen[bytes]] = []
        self.store: Store = None  # type: ignore[assignment]  # opened with the block

    def __enter__(self) -> Self:
        self.store = open_store(self.database, self.blobs)
        for _ in range(self._watchers):
            self.start()
        self.until(lambda: all((self.share / office / "5_DEVUELTO").is_dir() for office in self._offices))
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(PATIENCE)
        self.store.close()

    def start(self, command: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        """Start one more watcher, under *command* if it is given."""
        line = [*command, sys.executable, "-m", "desk.cli", "watch"]
        process = subprocess.Popen(line, cwd=ROOT, env=self.environment)
        self.processes.append(process)
        return process

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until *done*; the watchers must live meanwhile."""
        end = time.monotonic() + self.patience
        while not done():
            ended = [process.returncode for process in self.processes if process.poll() is not None]
            assert not ended, f"a watcher ended with {ended}"
            assert time.monotonic() < end, "the watchers do not get there"
            time.sleep(0.05)

    def rows(self) -> list[dict[str, Any]]:
        """Return the journal's rows in their order."""
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(sa.text(ROWS)).mappings()]

    def count(self, table: str) -> int:
        """Return how many rows *table* has."""
        with self.store.read() as connection:
            return int(
                connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()
            )

    def memory(self) -> list[Memory]:
        """Return what each watcher holds."""
        return [memory(process.pid) for process in self.processes]


def memory(pid: int) -> Memory:
    """Return what a process holds, from proc(5)."""
    told = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    return Memory(*(int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")))


def environment(settings: Mapping[str, object]) -> dict[str, str]:
    """Return the environment that gives the program these *settings*, and nothing else of ours."""
    ours = {f"VENTANILLA_{name.replace('.', '__').upper()}": str(value) for name, value in settings.items()}
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **ours}
