"""Many cases to the end while workers are killed at random: each once, none left, memory flat.

The papers are those of one small digital application, read once; every case gives that reading under a
person of its own. All else is as it is: intake, record, flow runs, receipts, folders.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from benchmarks.scale_cost import PORT
from benchmarks.scale_system import System, resident
from benchmarks.scale_worker import person
from extractors import wire
from extractors.bounds import Bounds
from extractors.reading.apart.sandbox import Sandbox
from fixtures.scenarios import submission

BETWEEN = (3, 20)
"""Cases that end between two deaths."""
SAMPLE_SECONDS = 5.0
BATCH = 500
TWICE = """
    SELECT count(*) FROM (SELECT case_id, kind, CAST(detail AS TEXT) AS told FROM events
    WHERE kind LIKE 'done-%' GROUP BY case_id, kind, CAST(detail AS TEXT) HAVING count(*) > 1) AS twice
"""


class Memory(NamedTuple):
    """MiB at a moment: the server, and the largest of the workers."""

    second: float
    server: float
    worker: float


def survived(fresh: Callable[[Path], str], home: Path, kind: str, many: int, workers: int) -> None:
    """Work on *many* cases with *workers* that are killed at random, and print what came of it."""
    place = home / "deaths"
    place.mkdir()
    readings, papers = _read_once(place)
    line = ("benchmarks.scale_worker", str(readings))
    with System(place, fresh(place), port=PORT) as system:
        for start in range(0, many, BATCH):
            system.hand_in({f"{n}.zip": _package(papers, n) for n in range(start, min(start + BATCH, many))})
        began = time.monotonic()
        deaths, seen = _worked(system, line, workers)
        took = time.monotonic() - began
        _settled(system)
        print(f"\n{many} cases, {workers} workers, {deaths} killed at random ({kind}); one reading for all")
        print(f"  {took:.0f} s, {many / took:.2f} cases/s; stages {system.stages()}")
        print(f"  {_wrong(system, many) or 'each case once, none left, no effect twice or owed'}")
        print(f"  {_engine(system)}")
        _print_memory(seen)


def _read_once(place: Path) -> tuple[Path, dict[str, bytes]]:
    """Read the papers of one application; return where their readings are kept, and the papers."""
    one = submission(1, "complete")
    kept = {}
    with Sandbox(Bounds()) as sandbox, tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(one.package())) as package:
            papers = {name: package.read(name) for name in package.namelist()}
        for name, data in papers.items():
            path = Path(folder) / "paper.pdf"
            path.write_bytes(data)
            kept[name] = wire.packed(sandbox.read(path, name))
    number = next(
        field["value"]
        for reading in kept.values()
        for document in reading["documents"]
        for name, field in document["fields"].items()
        if name.endswith("id_number") and str(field["value"])[:1] in "XYZ0123456789"
    )
    readings = place / "readings.json"
    readings.write_text(json.dumps({"person": number, "papers": kept}))
    return readings, papers


def _package(papers: dict[str, bytes], number: int) -> bytes:
    """Return the application with other bytes and another person."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in papers.items():
            package.writestr(name, data + f"\n% {person(number)}\n".encode())
    return out.getvalue()


def _worked(system: System, line: tuple[str, ...], workers: int) -> tuple[int, list[Memory]]:
    """Keep *workers* alive until nothing waits, killing one now and then; return deaths and memory."""
    chance, deaths, seen = random.Random(7), 0, list[Memory]()
    running = [system.start(line) for _ in range(workers)]
    began = sampled = time.monotonic()
    left = _unread(system)
    due = left - chance.randint(*BETWEEN)
    try:
        while left:
            if left <= due:
                chance.choice(running).kill()
                deaths, due = deaths + 1, left - chance.randint(*BETWEEN)
            running = [one if one.poll() is None else system.start(line) for one in running]
            if (now := time.monotonic()) >= sampled + SAMPLE_SECONDS:
                sampled, largest = now, max(resident(one.pid) for one in running)
                seen.append(Memory(now - began, resident(system.pid), largest))
            time.sleep(0.2)
            left = _unread(system)
    finally:
        _ended(running)
    return deaths, seen


def _unread(system: System) -> int:
    """Return how many cases are still to be read."""
    return system.stages().get("accepted", 0)


def _ended(running: list[subprocess.Popen[bytes]]) -> None:
    """Let the workers finish what they hold."""
    for one in running:
        one.terminate()
    for one in running:
        one.wait(120)


def _settled(system: System) -> None:
    """Let one more worker give back what the dead held, publish it, and tell the engine all."""
    for _ in range(3):
        system.start().wait(600)
    system.hand_in({})


def _wrong(system: System, many: int) -> str:
    """Return what is lost, left or doubled, in words; nothing if nothing is."""
    asked = {
        "cases": ("SELECT count(*) FROM cases", many),
        "ended": ("SELECT count(*) FROM cases WHERE stage IN ('routed', 'returned')", many),
        "lent": ("SELECT count(*) FROM cases WHERE lease_owner IS NOT NULL", 0),
        "owed": ("SELECT count(*) FROM outbox WHERE done_at IS NULL", 0),
        "twice": (TWICE, 0),
    }
    with system.store.read() as connection:
        found = {name: connection.execute(sa.text(query)).scalar_one() for name, (query, _) in asked.items()}
    return ", ".join(
        f"{name}: {found[name]} and not {wanted}"
        for name, (_, wanted) in asked.items()
        if found[name] != wanted
    )


def _engine(system: System) -> str:
    """Return what Prefect shows: runs by state, and how many names they have."""
    import httpx

    address, secret = system.environment["PREFECT_API_URL"], system.server.secret if system.server else ""
    states: dict[str, int] = {}
    names, offset = set(), 0
    user, _, word = secret.rpartition(":")
    with httpx.Client(auth=(user, word), timeout=60) as client:
        token = client.get(f"{address}/csrf-token", params={"client": "scale"}).json().get("token", "")
        head = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "scale"}
        while page := client.post(
            f"{address}/flow_runs/filter", json={"limit": 200, "offset": offset}, headers=head
        ).json():
            offset += len(page)
            for run in page:
                states[run["state_name"]] = states.get(run["state_name"], 0) + 1
                names.add(run["name"])
    return f"Prefect shows {offset} runs of {len(names)} names: {states}"


def _print_memory(seen: list[Memory]) -> None:
    """Print the memory at five moments and the most that was held."""
    if not seen:
        return
    for at in sorted({0, len(seen) // 4, len(seen) // 2, 3 * len(seen) // 4, len(seen) - 1}):
        one = seen[at]
        print(f"  after {one.second:>6.0f} s: server {one.server:.0f}, worker {one.worker:.0f} MiB")
    print(f"  most: server {max(s.server for s in seen):.0f}, worker {max(s.worker for s in seen):.0f} MiB")
