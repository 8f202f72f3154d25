"""A whole system for a measurement: record, folders, engine and workers as processes, all on loopback.

    with postgres() as fresh, System(home, fresh(), port=8182) as system:
        system.hand_in(packages)
        used = system.work(workers=2)

What is started is stopped, also after Ctrl-C: leaving the blocks ends it, and so does the death of this
process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import sqlalchemy as sa

from flows.server import Server
from pipeline.settings import Settings, load
from pipeline.store import Store, open_store
from pipeline.store.schema import cases
from pipeline.watch import Watcher

ROOT = Path(__file__).parents[1]
TICK = os.sysconf("SC_CLK_TCK")
OFFICE = "CEU01"
LATE_SECONDS = 4.0
"""How long the server goes on writing down what it was told."""
LOOKS = 20
"""A look takes many packages; so many more and something is wrong."""
IDLE_CPU = 0.03
"""Cores that an idle Prefect server takes."""


class Used(NamedTuple):
    """CPU seconds of each part, and the seconds on the wall until the last worker ended."""

    workers: float
    server: float
    database: float
    wall: float


class System:
    """One record at *url* with an office's folders in *home*; `port` 0 leaves the engine out."""

    def __init__(self, home: Path, url: str, *, port: int = 0) -> None:
        self.home, self.url = home, url
        told = {
            "folders.root": home / "oficinas",
            "folders.offices": f"{OFFICE},MEL01",
            "folders.stability_seconds": 0.0,
            "folders.folder_seconds": 0.0,
            "storage.database": url,
            "storage.blobs": home / "blobs",
            "storage.reserve": 0,
            "letters.help_phone": "956 000 000",
        }
        self.settings: Settings = load(told, environ={}, folder=home)
        self._told = {f"VENTANILLA_{key.replace('.', '__').upper()}": str(one) for key, one in told.items()}
        self.server = Server(home / "prefect", port) if port else None
        self.store: Store

    def __enter__(self) -> Self:
        self.store = open_store(self.url, self.settings.storage.blobs)
        if self.server is not None:
            self.server.start()
            self.server.wait()
        self.seconds = 0.0
        self._watcher = Watcher(self.settings, self.store, clock=lambda: self.seconds)
        self._watcher.scan_once()
        return self

    def __exit__(self, *_: object) -> None:
        if self.server is not None:
            self.server.stop()
        self.store.close()

    def hand_in(self, packages: Mapping[str, bytes]) -> float:
        """Drop *packages* by file name and let them be accepted; return the CPU seconds of that."""
        folder = self.settings.folders.root / OFFICE / "1_ENTRADA"
        for name, data in packages.items():
            (folder / name).write_bytes(data)
        began, taken, looks = time.process_time(), 0, 0
        while taken < len(packages):
            self.seconds, looks = self.seconds + 5, looks + 1
            taken += len(self._watcher.scan_once().accepted)
            if looks > LOOKS + len(packages):
                raise SystemExit(f"only {taken} of {len(packages)} packages were accepted")
        return time.process_time() - began

    @property
    def environment(self) -> dict[str, str]:
        """What a worker of this system is told."""
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("VENTANILLA_", "PREFECT_"))}
        engine = self.server.environment if self.server else {"PREFECT_HOME": str(self.home / "prefect")}
        return mine | self._told | dict(engine)

    def start(self, line: Sequence[str] = ("desk.cli", "worker", "--until-idle")) -> subprocess.Popen[bytes]:
        """Start one worker, as a process that ends with this one."""
        command = ["setpriv", "--pdeathsig=TERM", sys.executable, "-m", *line]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def work(self, workers: int = 1) -> Used:
        """Let *workers* work until nothing waits; return what that took."""
        server, database, began = self.server_cpu(), postgres_cpu(self.url), time.monotonic()
        own = sum(_waited(one) for one in [self.start() for _ in range(workers)])
        wall = time.monotonic() - began
        if self.server is not None:
            time.sleep(LATE_SECONDS)
        spent = max(self.server_cpu() - server - IDLE_CPU * (wall + LATE_SECONDS), 0.0)
        return Used(own, spent, postgres_cpu(self.url) - database, wall)

    def server_cpu(self) -> float:
        """Return the CPU seconds that the Prefect server has used."""
        return cpu(self.pid) if self.pid else 0.0

    @property
    def pid(self) -> int:
        """The process of the Prefect server, 0 if there is none."""
        process = self.server._process if self.server else None  # noqa: SLF001 - nobody else needs it
        return process.pid if process else 0

    def stages(self) -> dict[str, int]:
        """Return how many cases stand at each stage."""
        query = sa.select(cases.c.stage, sa.func.count()).group_by(cases.c.stage)
        with self.store.read() as connection:
            return dict(connection.execute(query).tuples().all())


def _waited(process: subprocess.Popen[bytes]) -> float:
    """Wait for a worker; return the CPU seconds of it and of all that it started."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a worker ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def cpu(pid: int) -> float:
    """Return the CPU seconds that a process and its ended children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(field) for field in fields[11:15]) / TICK


def resident(pid: int) -> float:
    """Return what a process holds in memory, in MiB; 0 if it is gone."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS")), 0.0)


def postgres_cpu(url: str) -> float:
    """Return the CPU seconds of the database server, its sessions included; 0 for SQLite."""
    if "?host=" not in url:
        return 0.0
    leader = int(Path(url.partition("?host=")[2], "data", "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    return cpu(leader) + sum(_living(int(child)) for child in children)


def _living(pid: int) -> float:
    """Return the CPU of a session that may end meanwhile."""
    try:
        return cpu(pid)
    except OSError:
        return 0.0


@contextmanager
def databases(kind: str) -> Iterator[Callable[[Path], str]]:
    """Give a function that makes an empty database of *kind* for a home; the server goes with the block."""
    if kind == "sqlite":
        yield lambda home: f"sqlite:///{home}/v.db"
        return
    from fixtures.postgresql import PostgreSQL

    server = PostgreSQL()
    try:
        yield lambda _: server.url(server.fresh())
    finally:
        server.remove()
