"""The table of targets of the engine: each figure beside what it should be, on a new server of our own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scale_cost import PORT, packages
from benchmarks.scale_system import ROOT, System, cpu
from flows.server import Server

RUNS = 40


def targets() -> None:
    """Print every target with what was measured."""
    print(f"{'what':<56}{'measured':>12}{'target':>12}   (load {os.getloadavg()[0]:.1f})")
    row("process: start to its first case, CPU s", _process_start(), "<= 0.5")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        row("server ready, new database, s", _ready(Path(home)), "")
        row("server ready, existing database, s", _ready(Path(home)), "<= 8")
        with Server(Path(home), PORT) as server:
            server.wait()
            os.environ.update({**server.environment, "PREFECT_LOGGING_LEVEL": "ERROR"})
            _runs(server)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        row("file dropped to accepted, s", _accepted(Path(home)), "<= 3")


def row(what: str, measured: float, target: str) -> None:
    """Print one line."""
    print(f"{what:<56}{measured:>12.2f}{target:>12}", flush=True)


def _process_start() -> float:
    """Return the CPU seconds of a whole `process` on a file that is none: it has loaded all to begin."""
    with tempfile.TemporaryDirectory() as folder:
        nothing = Path(folder, "nada.txt")
        nothing.write_text("nada")
        line = [sys.executable, "-m", "desk.cli", "process", str(nothing)]
        began = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(began.pid, 0)
        began.returncode = 0
    return used.ru_utime + used.ru_stime


def _ready(home: Path) -> float:
    """Return the seconds until a server answers."""
    began = time.monotonic()
    with Server(home, PORT) as server:
        server.wait()
        return time.monotonic() - began


def _runs(server: Server) -> None:
    """Print what runs cost, seen by client and server."""
    from flows.case import End, quiet_heartbeat, report_afterwards, run, visible

    def nothing(case: str) -> End:
        del case
        return End("review", "convenio_especial")

    shown, pid = visible(nothing), server._process.pid if server._process else 0  # noqa: SLF001 - as the others
    with quiet_heartbeat():
        run(shown, "warm", "CEU01")
        began, used, served = time.monotonic(), time.process_time(), cpu(pid)
        for number in range(RUNS):
            run(shown, f"case{number:05d}", "CEU01")
        wall, used = time.monotonic() - began, time.process_time() - used
        time.sleep(4)
        spent = used + cpu(pid) - served - 0.03 * (wall + 4)
        row("Prefect's cost of a case, CPU ms", spent / RUNS * 1000, "<= 200")
        row("no-op cases with a run each, per s (one client)", RUNS / wall, ">= 4.5")
        began = time.monotonic()
        for number in range(RUNS):
            report_afterwards(f"late{number:05d}", "CEU01", nothing(""))
        row("finished cases reported by one call, per s", RUNS / (time.monotonic() - began), ">= 12")


def _accepted(home: Path) -> float:
    """Return the seconds from a drop to its acceptance, by a watcher with the settings as they are."""
    from pipeline.watch import Watcher

    with System(home, f"sqlite:///{home}/v.db") as system:
        watcher = Watcher(system.settings, system.store)
        folder = system.settings.folders.root / "CEU01" / "1_ENTRADA"
        began = time.monotonic()
        for name, data in packages(1, 5).items():
            (folder / name).write_bytes(data)
        while not watcher.scan_once().accepted:
            time.sleep(system.settings.folders.scan_seconds)
        return time.monotonic() - began
