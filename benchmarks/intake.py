"""Intake, measured beside the limit that the disk sets: files per second, CPU per file, start and memory.

    .venv/bin/python benchmarks/intake.py [--small 300] [--large 100] [--mixed 1000] [--home FOLDER]

The peers are what the same files cost when nothing is promised (a plain copy) and when no more is promised
than that the bytes stay (copy, fsync, rename, fsync of the folder). Without fsync the journal's commits
are still on the disk. Everything lies in --home, which should be on the disk that an office would use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from rich.console import Console
from rich.table import Table

from pipeline.complaints import Complaints
from pipeline.files import Files
from pipeline.intake.chosen import Folders, Storage
from pipeline.intake.counter import Means
from pipeline.intake.watcher import Watcher
from pipeline.journal.connect import open_journal
from pipeline.limits import Limits
from pipeline.store.blobs import papers_in

OFFICE = "CEU01"
SMALL, LARGE = 4 << 10, 1 << 20
ADDS_MS, START_MS, HOLDS_MIB = 15, 50, 300
"""Targets: CPU besides hashing and fsync for a file of 1 MB, start of the core, memory for mixed files."""


class Cost(NamedTuple):
    """What a number of files took."""

    files: int
    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        """Files per second."""
        return self.files / self.wall

    @property
    def each_ms(self) -> float:
        """CPU milliseconds per file."""
        return self.cpu / self.files * 1000


class Given(NamedTuple):
    """What the core asks of the settings."""

    folders: Folders
    storage: Storage
    limits: Limits


class Unforced(Files):
    """The disk of a program that promises nothing."""

    def force(self, file: IO[bytes]) -> None:
        """Leave it to the system."""
        file.flush()

    def force_folder(self, folder: Path) -> None:
        """Leave it to the system."""


def papers(folder: Path, count: int, size: int) -> list[Path]:
    """Write *count* different files that look whole, and bring them to the disk before anything is timed."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number in range(count):
        body = random.Random(number).randbytes(size)
        path = folder / f"{number:05}.pdf"
        path.write_bytes(b"%PDF-1.4\n%" + body + b"\n%%EOF\n")
        found.append(path)
    os.sync()
    return found


def timed(files: int, work: Callable[[], object]) -> Cost:
    """Return what *work* took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(files, time.perf_counter() - wall, time.process_time() - cpu)


def plain_copy(there: list[Path], to: Path) -> None:
    """Copy each file, and promise nothing."""
    for path in there:
        shutil.copyfile(path, to / path.name)


def forced_copy(there: list[Path], to: Path) -> None:
    """Copy each file so that it stays: fsync, rename, fsync of the folder."""
    files = Files()
    for path in there:
        part = to / f".{path.name}.part"
        with path.open("rb") as source, files.create(part) as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            files.force(copy)
        files.rename(part, to / path.name)
        files.force_folder(to)


def hashed(there: list[Path]) -> None:
    """Hash each file."""
    for path in there:
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


def taken(home: Path, disk: Files, fill: Callable[[Path], list[Path]]) -> Cost:
    """Let the core take all that *fill* drops; return what that took, the looks included."""
    folders = Folders(root=home / "share", offices=(OFFICE,), stability_seconds=0)
    storage = Storage(database=f"sqlite:///{home}/v.db", blobs=home / "blobs", reserve=0)
    journal = open_journal(storage.database, storage.blobs, disk)
    means = Means(
        chosen=Given(folders, storage, Limits()),
        journal=journal,
        blobs=papers_in(storage.blobs, disk),
        now=lambda: dt.datetime.now(dt.UTC),
        clock=time.monotonic,
        complaints=Complaints(time.monotonic),
    )
    watcher = Watcher(means)
    watcher.scan_once()
    count = len(fill(home / "share" / OFFICE / "1_ENTRADA"))

    def all_of_them() -> None:
        left = count
        while left:
            left -= len(watcher.scan_once().accepted)

    cost = timed(count, all_of_them)
    journal.close()
    return cost


def compared(home: Path, count: int, size: int) -> tuple[dict[str, Cost], Cost]:
    """Return what each way took for *count* files of *size* bytes, and what hashing them takes."""
    there = papers(home / "from", count, size)
    costs = {}
    for name, copy in (("plain copy", plain_copy), ("copy, fsync, rename, fsync", forced_copy)):
        to = home / name
        to.mkdir()
        costs[name] = timed(count, lambda copy=copy, to=to: copy(there, to))  # type: ignore[misc]  # bound now
        os.sync()
    hashing = timed(count, lambda: hashed(there))
    for name, disk in (("intake without fsync", Unforced()), ("intake", Files())):
        costs[name] = taken(home / name, disk, lambda drop: papers(drop, count, size))
        os.sync()
    shutil.rmtree(home)
    return costs, hashing


def shown(title: str, costs: dict[str, Cost], console: Console) -> None:
    """Print the ways side by side, as a part of what the disk allows."""
    limit = costs["copy, fsync, rename, fsync"]
    table = Table(title=title, title_justify="left")
    for column in ("", "files/s", "of the limit", "CPU ms a file", "times the limit"):
        table.add_column(column, justify="left" if not column else "right")
    for name, cost in costs.items():
        part, times = cost.rate / limit.rate, cost.each_ms / limit.each_ms
        table.add_row(name, f"{cost.rate:.0f}", f"{part:.0%}", f"{cost.each_ms:.2f}", f"{times:.1f}")
    console.print(table)


BEGINS = "import time; b = time.{0}(); {1}; print((time.{0}() - b) * 1000)"


def start(what: str, clock: str = "perf_counter", tries: int = 25) -> float:
    """Return the milliseconds that *what* takes in a new process by *clock*, the quickest of some."""
    line = [sys.executable, "-c", BEGINS.format(clock, what)]
    return min(float(subprocess.run(line, check=True, capture_output=True).stdout) for _ in range(tries))


def mixed(folder: Path, count: int) -> None:
    """Drop files from nothing to 8 MB, most of them small, and a folder for every fifty."""
    draw = random.Random(1)
    for number in range(count):
        size = int(10 ** draw.uniform(2, 6.9))
        into = folder / f"{number // 50}" if number % 50 == 0 else folder
        papers_of_one(into / f"{number:05}.pdf", draw.randbytes(min(size, 1 << 20)) * max(1, size >> 20))


def papers_of_one(path: Path, body: bytes) -> None:
    """Write one file that looks whole."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF-1.4\n%" + body + b"\n%%EOF\n")


TAKES = """
import sys
from pipeline.intake.__main__ import main
code = main(sys.argv[1:])
told = open("/proc/self/status").read()
print(int(told.partition("VmHWM:")[2].split()[0]) / 1024)
sys.exit(code)
"""
"""Not getrusage(2): its figure begins with what the process that forked held."""


def held(home: Path, count: int) -> float:
    """Return the most MiB that a process of the core ever held while it took *count* mixed files."""
    line = [sys.executable, "-c", TAKES, "--root", str(home / "share"), "--office", OFFICE]
    line += ["--database", f"sqlite:///{home}/v.db", "--blobs", str(home / "blobs"), "--reserve", "0"]
    line += ["--stability", "0", "--folder", "0", "--until-idle"]
    subprocess.run(line, check=True, capture_output=True)
    mixed(home / "share" / OFFICE / "1_ENTRADA", count)
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    kept = sum(1 for _ in (home / "blobs").glob("??/*.sha256"))
    assert kept == count, f"{kept} of {count} were taken: {done.stderr}"
    return float(done.stdout)


def verdict(value: float, target: float) -> str:
    """Say whether a target is met."""
    return f"{value:6.1f}  (target: at most {target})" + ("" if value <= target else "  MISSED")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--small", type=int, default=300)
    options.add_argument("--large", type=int, default=100)
    options.add_argument("--mixed", type=int, default=1000)
    options.add_argument("--home", type=Path, default=None)
    chosen = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(dir=chosen.home) as folder:
        home = Path(folder)
        small, _ = compared(home / "small", chosen.small, SMALL)
        large, hashing = compared(home / "large", chosen.large, LARGE)
        shown(f"{chosen.small} files of 4 KiB", small, console)
        shown(f"{chosen.large} files of 1 MiB", large, console)
        adds = large["intake without fsync"].each_ms - hashing.each_ms
        console.print(f"CPU besides hashing and fsync, 1 MiB, ms  {verdict(adds, ADDS_MS)}")
        core = "import pipeline.intake.__main__"
        console.print(f"start of the core, ms                     {verdict(start(core), START_MS)}")
        console.print(f"  CPU of that, ms                         {start(core, 'process_time'):6.1f}")
        console.print(f"  beside it: import logging, sqlite3, ms  {start('import logging, sqlite3'):6.1f}")
        most = held(home / "mixed", chosen.mixed)
        console.print(f"memory, {chosen.mixed} mixed files, MiB          {verdict(most, HOLDS_MIB)}")


if __name__ == "__main__":
    main()
